import type { CheckedPlan } from "../../api"

/** What a protocol does to the cell, step by step, and for how long. */
export function PlanText({ plan }: { plan: CheckedPlan }) {
  const { lines, frame, durationText, cycles, logText } = plan
  return (
    <>
      <table class="plan">
        <caption class="unseen">Steps, and how long each takes</caption>
        <tbody>
          {lines.map(({ number, depth, text, takes }, i) => (
            <tr key={i} class={number === undefined ? "plan-loop" : undefined}>
              <td>{number}</td>
              <td style={{ paddingLeft: `${depth * 1.1}em` }}>{text}</td>
              <td>{takes?.replace(/(\d) /g, "$1\u00a0")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <b>{durationText}</b>
        {cycles !== undefined && cycles > 1 && ` ${cycles} cycles.`}
      </p>
      <ul class="plan-frame">
        {[...frame, logText].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  )
}
