import { useMemo } from "preact/hooks"
import { memo } from "../memo"
import { Icon } from "../parts/Icon"
import {
  countItems,
  FLEET_STANDINGS,
  type FleetCounts,
  grouped,
  type HostGroup,
  hostName,
  type Item,
} from "./items"

/** Every host as a bar of how its channels stand; one of them alone is seen when it is pressed. */
export function HostChips(props: {
  items: readonly Item[]
  only: string
  onOnly: (host: string) => void
}) {
  const { items, only, onOnly } = props
  const groups = useMemo(() => grouped(items), [items])
  if (groups.length < 2) return null
  const isOneLab = new Set(groups.map(({ host }) => host.lab)).size === 1
  return (
    <fieldset class="host-chips">
      <legend class="unseen">Hosts</legend>
      {groups.map((group) => {
        const name = hostName(group.host)
        return (
          <button
            key={name}
            type="button"
            aria-pressed={name === only}
            class={group.host.isThere ? "" : "is-away"}
            onClick={() => onOnly(name === only ? "" : name)}
          >
            <span>
              {!group.host.isThere && <Icon standing="away" />}
              {isOneLab ? group.host.host : name}
            </span>
            <Summary group={group} />
          </button>
        )
      })}
    </fieldset>
  )
}

function Summary({ group: { items, host } }: { group: HostGroup }) {
  const counts = countItems(items)
  const needs = counts.fault + counts.waiting
  return (
    <>
      {host.isThere && needs > 0 && (
        <span class={counts.fault > 0 ? "is-fault" : "is-waiting"}>{needs}</span>
      )}
      <StackedBar counts={counts} all={items.length} />
    </>
  )
}

const StackedBar = memo(({ counts, all }: { counts: FleetCounts; all: number }) => {
  let from = 0
  const words = FLEET_STANDINGS.filter((one) => counts[one] > 0).map(
    (one) => `${counts[one]} ${one}`,
  )
  return (
    <svg
      class="stack"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-label={words.join(", ")}
    >
      {FLEET_STANDINGS.map((standing) => {
        const width = (100 * counts[standing]) / Math.max(1, all)
        const x = from
        from += width
        return (
          width > 0 && (
            <rect key={standing} class={`fill-${standing}`} x={x} y="0" width={width} height="6" />
          )
        )
      })}
    </svg>
  )
})
