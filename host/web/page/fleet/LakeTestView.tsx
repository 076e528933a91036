import type { Cycles, TestPage } from "../../api"
import { endedText } from "../actionText"
import { useAnswer } from "../answer"
import { CyclePlots } from "../charts/CyclePlots"
import { CycleTable } from "../charts/CycleTable"
import { cyclesPath } from "../charts/paths"
import { Actions, useActions } from "../parts/Actions"
import { StateBadge } from "../parts/Badge"
import { Loading } from "../parts/Loading"
import { Problem } from "../parts/Problem"
import "../views/tests.css"
import { FleetTrace } from "./FleetTrace"
import "./fleet.css"

/** A test as the dataset has it. */
export function LakeTestView({ id }: { id: string }) {
  const { value: test, error, again } = useAnswer<TestPage>(`/api/tests/${encodeURIComponent(id)}`)
  const cycles = useAnswer<Cycles>(cyclesPath(id))
  const actions = useActions(`/api/tests/${encodeURIComponent(id)}/actions`, undefined)
  if (error !== undefined) return <Problem error={error} onAgain={again} />
  if (test === undefined) return <Loading what="Reading the dataset" />
  const ended = test.state === "stopped" && endedText(actions, actions[0]?.test)
  return (
    <article>
      <header class="test-head">
        <h1>{test.cell}</h1>
        <StateBadge state={test.state} />
        <p class="quiet-text">
          {[test.id, test.reason, test.isSimulated && "simulated"].filter(Boolean).join(" · ")}
        </p>
        {ended && <p>{ended}</p>}
      </header>
      <div class="test-plots">
        <FleetTrace id={id} name={test.cell} />
        {cycles.error !== undefined && <Problem error={cycles.error} onAgain={cycles.again} />}
        {cycles.value && (
          <>
            <div class="chart-grid">
              <CyclePlots cycles={cycles.value} name={test.cell} />
            </div>
            <CycleTable cycles={cycles.value} />
          </>
        )}
      </div>
      <div class="test-facts">
        <Facts title="Cell" facts={test.cellFacts} />
        <Facts title="Where it comes from" facts={test.instrument} />
      </div>
      <Actions lines={actions} />
    </article>
  )
}

function Facts({ title, facts }: { title: string; facts: TestPage["cellFacts"] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl class="facts">
        {facts.map(([term, value]) => (
          <>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  )
}
