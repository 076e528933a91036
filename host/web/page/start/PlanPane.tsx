import type { CheckFinding, CheckedPlan } from "../../api"
import { Problem } from "../parts/Problem"
import { FindingCount, Findings } from "./Findings"
import { PlanText } from "./PlanText"
import type { CheckState } from "./useChecked"

/** What the protocol as it stands would do, what is wrong with it, and the button that starts it. */
export function PlanPane(props: {
  /** Undefined while there is no protocol. */
  check: CheckState | undefined
  findings: readonly CheckFinding[]
  countId: string
  /** What to do before it can be started. */
  next: string | undefined
  onStart: () => void
}) {
  const { check, findings, countId, next, onStart } = props
  return (
    <section class="start-plan" aria-labelledby="start-plan">
      <h2 id="start-plan">What it will do</h2>
      <div class="start-told">
        {check?.error !== undefined && <Problem error={check.error} onAgain={check.again} />}
        {check?.checked === undefined ? (
          <p class="quiet-text">
            What the protocol does to this cell, how long it takes and what is wrong with it stands
            here as you write.
          </p>
        ) : (
          <Told countId={countId} findings={findings} plan={check.checked.plan} />
        )}
      </div>
      <div class="start-button">
        <button type="button" class="primary" disabled={next !== undefined} onClick={onStart}>
          Start …
        </button>
        <p class="quiet-text">{next}</p>
      </div>
    </section>
  )
}

function Told(props: {
  countId: string
  findings: readonly CheckFinding[]
  plan: CheckedPlan | undefined
}) {
  const { countId, findings, plan } = props
  return (
    <>
      <FindingCount id={countId} findings={findings} />
      <Findings findings={findings} />
      {plan && <PlanText plan={plan} />}
    </>
  )
}
