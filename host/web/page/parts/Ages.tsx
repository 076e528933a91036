import type { ComponentChildren } from "preact"
import type { LiveBoard, LiveChannel } from "../../api"
import { useNow } from "../clock"
import { standingOf } from "../standing"
import { ago } from "../words"
import { Icon } from "./Icon"

/** A channel that runs is read each second; after this long its reading counts as old, s. */
const OLD_s = 15

/** When a channel that runs was last read, if that is long ago; else what it is given to show. */
export function ReadingAge(props: { channel: LiveChannel; children?: ComponentChildren }) {
  const { channel, children } = props
  const { reading_unix_s } = channel
  const runs = standingOf(channel) === "running"
  const text = useNow((now_s) =>
    runs && now_s - reading_unix_s > OLD_s ? `read ${ago(now_s - reading_unix_s)}` : "",
  )
  return text === "" ? children : <span class="is-waiting">{text}</span>
}

/** Of a board that is away: nothing to worry about, but what is shown of it is old. */
export function BoardAge({ board }: { board: Pick<LiveBoard, "heard_unix_s"> }) {
  const age = useNow((now_s) => ago(now_s - board.heard_unix_s))
  return (
    <span class="badge is-away">
      <Icon standing="away" />
      last heard {age}; its tests go on
    </span>
  )
}
