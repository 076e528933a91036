import { useEffect } from "preact/hooks"
import type { ActionLine } from "../../api"
import { actionText } from "../actionText"
import { useAnswer } from "../answer"
import { clockTime } from "../words"

/** A state is seen to change some time before whoever changed it has noted that, ms. */
const NOTED_ms = 3_000

/**
 * Who told a channel or a test what.
 * @param path of the server
 * @param turn asked again when it changes, and soon after
 */
export function useActions(path: string, turn: unknown): readonly ActionLine[] {
  const { value = [], again } = useAnswer<ActionLine[]>(path)
  useEffect(() => {
    again()
    const timer = setTimeout(again, NOTED_ms)
    return () => clearTimeout(timer)
  }, [turn, again])
  return value
}

/** The latest first; nothing when nobody told it anything. */
export function Actions({ lines }: { lines: readonly ActionLine[] }) {
  if (lines.length === 0) return null
  return (
    <section class="channel-history">
      <h2>Who did what</h2>
      <ol class="events">
        {lines.map((line) => (
          <li key={`${line.unix_s} ${line.action} ${line.by}`}>
            <span>{line.unix_s === undefined ? "" : clockTime(line.unix_s)}</span>
            <span>{actionText(line)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
