import type { Happened } from "../../api"
import { useNow } from "../clock"
import { memo } from "../memo"
import { clockTime } from "../words"

/** What has happened, the latest first. */
export const Events = memo(({ lines }: { lines: readonly Happened[] }) => {
  // The date appears once a line is of yesterday.
  const today = useNow((now_s) => new Date(now_s * 1000).toDateString())
  if (lines.length === 0) return <p class="quiet-text">Nothing since the server began.</p>
  return (
    <ol class="events" data-today={today}>
      {[...lines].reverse().map((line) => (
        <li key={`${line.unix_s} ${line.kind} ${line.text}`} class={`event-${line.kind}`}>
          <time dateTime={new Date(line.unix_s * 1000).toISOString()}>
            {clockTime(line.unix_s)}
          </time>
          <span>{line.text}</span>
        </li>
      ))}
    </ol>
  )
})
