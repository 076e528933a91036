import type { ComponentChildren } from "preact"
import type { Cycles, LiveChannel, TestPage } from "../../api"
import { useAnswer } from "../answer"
import { CyclePlots } from "../charts/CyclePlots"
import { CycleTable } from "../charts/CycleTable"
import "../charts/charts.css"
import { DifferentialPlot } from "../charts/DifferentialPlot"
import { OverlayPlot } from "../charts/OverlayPlot"
import { cyclesPath } from "../charts/paths"
import { TracePlot } from "../charts/TracePlot"
import { useLatest } from "../charts/useLatest"
import { useTurn } from "../charts/useTurn"
import { WhenSeen } from "../charts/WhenSeen"
import { Waiting } from "../charts/Waiting"

/**
 * All plots of a test, and the table of its cycles; each is asked for when it comes into view.
 * @param test what is known of it: asked for unless given; null while who draws this has asked already
 */
export function TestPlots(props: { id: string; live?: LiveChannel; test?: TestPage | null }) {
  const { id, live } = props
  const own = live?.test?.id === id ? live : undefined
  const { turn, slow } = useTurn(own)
  const path = `/api/tests/${encodeURIComponent(id)}`
  const { value } = useAnswer<TestPage>(props.test === undefined ? path : undefined)
  const test = props.test ?? value
  const name = test === undefined ? id : `${test.cell} (${id})`
  const isDifferential = test?.cellType === "half" || test?.cellType === "full"
  return (
    <div class="test-plots">
      <TracePlot id={id} name={name} turn={turn} live={own} />
      {test && (
        <div class="chart-grid">
          <WhenSeen height={460}>
            {() => <OverlayPlot test={test} name={name} turn={slow} />}
          </WhenSeen>
          <WhenSeen height={460}>
            {() => (
              <OverCycles id={id} name={name} turn={slow}>
                {isDifferential && (
                  <WhenSeen height={460}>
                    {() => <DifferentialPlot test={test} name={name} turn={slow} />}
                  </WhenSeen>
                )}
              </OverCycles>
            )}
          </WhenSeen>
        </div>
      )}
    </div>
  )
}

/** What each cycle came to, in charts and as a table. @param children stand between them */
function OverCycles(props: {
  id: string
  name: string
  turn: number
  children: ComponentChildren
}) {
  const { id, name, turn, children } = props
  const { value, error } = useLatest<Cycles>(id, cyclesPath(id), turn)
  if (value === undefined) return <Waiting what="Working out the cycles" error={error} />
  return (
    <>
      <CyclePlots cycles={value} name={name} />
      {children}
      <section class="chart is-wide">
        <h3>Table of cycles</h3>
        <CycleTable cycles={value} />
      </section>
    </>
  )
}
