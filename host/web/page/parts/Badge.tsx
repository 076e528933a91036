import { Icon } from "./Icon"
import { type Standing, standingOf } from "../standing"

/** How a channel or a test stands: icon, word and colour. */
export function Badge(props: { standing: Standing; children: string }) {
  return (
    <span class={`badge is-${props.standing}`}>
      <Icon standing={props.standing} />
      {props.children}
    </span>
  )
}

/** Of a stored test's state: waiting, running, paused, fault, finished or stopped. */
export function StateBadge({ state }: { state: string }) {
  return (
    <Badge standing={standingOf({ state, waitsForPerson: state === "waiting" })}>{state}</Badge>
  )
}
