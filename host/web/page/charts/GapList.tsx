import type { TraceGap } from "../../api"
import { counted } from "../words"
import { type Range, within } from "./range"

/** What is seen to both sides of a gap at least, s. */
const AROUND_S = 600

/** Where the test did not go on, or its records are missing, in words; each can be looked at. */
export function GapList(props: {
  gaps: readonly TraceGap[]
  /** Test time of the last reading. */
  end_s: number
  onLook: (range: Range) => void
}) {
  const { gaps, end_s, onLook } = props
  if (gaps.length === 0) return null
  const look = ({ time_s, resumed_s = time_s }: TraceGap) => {
    const around_s = Math.max(AROUND_S, resumed_s - time_s)
    const range = { from: time_s - around_s, to: resumed_s + around_s }
    onLook(within(range, { from: 0, to: end_s }))
  }
  return (
    <details>
      <summary>{counted(gaps.length, "gap")} here</summary>
      <ul class="gaps">
        {gaps.map((gap) => (
          <li key={`${gap.kind} ${gap.time_s}`}>
            {gap.text}{" "}
            <button type="button" class="as-link" onClick={() => look(gap)}>
              Look at it
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
