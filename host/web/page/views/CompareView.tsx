import { useMemo, useState } from "preact/hooks"
import type { TestPage } from "../../api"
import { CompareCycles } from "../charts/CompareCycles"
import { CompareTraces } from "../charts/CompareTraces"
import "../charts/charts.css"
import { type ComparedTest, comparedTests } from "../charts/comparedTest"
import { Swatch } from "../charts/Legend"
import { usePalette } from "../charts/theme"
import { useLatestOfEach } from "../charts/useLatestOfEach"
import { WhenSeen } from "../charts/WhenSeen"
import { StateBadge } from "../parts/Badge"
import { Empty } from "../parts/Empty"
import { Loading } from "../parts/Loading"
import { href } from "../router"
import { duration } from "../words"
import { MOST_COMPARED } from "./TestsView"
import { cellTypeText } from "./TestTable"
import "./tests.css"

/** Several tests in the same charts, one look each. */
export function CompareView({ ids }: { ids: string[] }) {
  const asked = useMemo(() => [...new Set(ids)].slice(0, MOST_COMPARED), [ids])
  const { values } = useLatestOfEach<TestPage>(
    asked.map((id) => `/api/tests/${encodeURIComponent(id)}`),
  )
  const palette = usePalette()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const found = useMemo(() => values?.filter((each) => each !== undefined), [values])
  const tests = useMemo(() => comparedTests(found ?? [], palette), [found, palette])
  if (found === undefined) return <Loading what="Looking the tests up" />
  const unknown = asked.filter((id) => !found.some((test) => test.id === id))
  if (found.length === 0)
    return (
      <Empty title="None of these tests is here">
        <p>
          There is no {unknown.join(", no ")}. <a href="#/tests">Choose among all tests.</a>
        </p>
      </Empty>
    )
  const toggle = (name: string) => {
    const next = new Set(hidden)
    if (!next.delete(name)) next.add(name)
    setHidden(next)
  }
  const shown = { tests, hidden, onToggle: toggle }
  return (
    <article>
      <h1>Compare {tests.length === 1 ? "one test" : `${tests.length} tests`}</h1>
      {unknown.length > 0 && <p class="field-problem">Not here: {unknown.join(", ")}.</p>}
      {ids.length > MOST_COMPARED && (
        <p class="field-problem">The first {MOST_COMPARED} are shown: more cannot be told apart.</p>
      )}
      <Compared tests={tests} pages={found} />
      <div class="test-plots">
        <CompareTraces {...shown} />
        <div class="chart-grid">
          <WhenSeen height={460}>{() => <CompareCycles {...shown} />}</WhenSeen>
        </div>
      </div>
    </article>
  )
}

function Compared({ tests, pages }: { tests: readonly ComparedTest[]; pages: TestPage[] }) {
  const ids = tests.map(({ id }) => id)
  return (
    <ul class="compared">
      {tests.map((test, i) => {
        const { id, state, cellType, last } = pages[i]
        const others = ids.filter((other) => other !== id)
        return (
          <li key={id}>
            <Swatch {...test} />
            <a href={href({ view: "test", id })}>{test.name}</a>
            <StateBadge state={state} />
            <span class="quiet-text">
              {[id, cellType && cellTypeText(cellType), last && duration(last.time_s)]
                .filter(Boolean)
                .join(" · ")}
            </span>
            {others.length > 0 && (
              <a
                class="leave-out"
                href={href({ view: "compare", ids: others })}
                aria-label={`Leave ${test.name} out`}
              >
                ×
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}
