import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"
import type { TestLine } from "../../api"
import { useAnswer } from "../answer"
import { Empty } from "../parts/Empty"
import { Loading } from "../parts/Loading"
import { Problem } from "../parts/Problem"
import { href } from "../router"
import { counted } from "../words"
import { TestFilters } from "./TestFilters"
import { TestTable } from "./TestTable"
import { filtered, NO_FILTER } from "./testFilter"
import "./tests.css"

/** As many lines a browser draws at once without a pause. */
const SHOWN = 200
/** As many can be told apart in one plot. */
export const MOST_COMPARED = 8

/** What was filtered and ticked stays while the visitor looks at a test and comes back. */
let kept = { filter: NO_FILTER, ticked: new Set<string>() as ReadonlySet<string> }

/** All stored tests, the latest first. @param empty what there is to say when there is none */
export function TestsView({ empty = <NoTests /> }: { empty?: ComponentChildren }) {
  const { value: tests, error, again } = useAnswer<TestLine[]>("/api/tests")
  const [state, setState] = useState(kept)
  const [isAll, setAll] = useState(false)
  const change = (news: Partial<typeof kept>) => {
    kept = { ...state, ...news }
    setState(kept)
  }
  const tick = (id: string) => {
    const ticked = new Set(state.ticked)
    if (!ticked.delete(id)) ticked.add(id)
    change({ ticked })
  }
  if (error !== undefined) return <Problem error={error} onAgain={again} />
  if (tests === undefined) return <Loading what="Reading the list of tests" />
  if (tests.length === 0) return <>{empty}</>
  const found = filtered(tests, state.filter)
  const shown = isAll ? found : found.slice(0, SHOWN)
  const ticked = tests.filter(({ id }) => state.ticked.has(id)).map(({ id }) => id)
  return (
    <>
      <h1>Tests</h1>
      <TestFilters tests={tests} filter={state.filter} onFilter={(filter) => change({ filter })} />
      <p class="quiet-text" role="status">
        {found.length === tests.length
          ? `${counted(tests.length, "test")}, the latest first.`
          : `${found.length} of ${counted(tests.length, "test")}.`}{" "}
        Tick two or more to compare them.
      </p>
      {found.length === 0 ? (
        <Empty title="No test is like that">
          <button type="button" onClick={() => change({ filter: NO_FILTER })}>
            Show all tests
          </button>
        </Empty>
      ) : (
        <TestTable tests={shown} ticked={state.ticked} most={MOST_COMPARED} onTick={tick} />
      )}
      {shown.length < found.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {found.length}
        </button>
      )}
      {ticked.length > 0 && (
        <CompareBar ids={ticked} onClear={() => change({ ticked: new Set() })} />
      )}
    </>
  )
}

function NoTests() {
  return (
    <Empty title="No test is stored yet">
      <p>
        A test appears here when it is started, and stays when it has ended.{" "}
        <a href={href({ view: "start" })}>Start a test</a>, or fetch what boards have kept of older
        ones: <code>coincell download</code>.
      </p>
    </Empty>
  )
}

function CompareBar({ ids, onClear }: { ids: string[]; onClear: () => void }) {
  return (
    <div class="compare-bar" role="status">
      <span>
        {ids.length === 1 ? "1 test ticked: tick another" : `${ids.length} tests ticked`}
        {ids.length >= MOST_COMPARED ? ", as many as can be compared" : ""}
      </span>
      <button type="button" class="quiet" onClick={onClear}>
        Clear
      </button>
      {ids.length > 1 && (
        <a class="button primary" href={href({ view: "compare", ids })}>
          Compare {ids.length}
        </a>
      )}
    </div>
  )
}
