import { useMemo, useState } from "preact/hooks"
import type { Overlay, TestPage } from "../../api"
import { type Abscissa, abscissae } from "./abscissa"
import { CycleField } from "./CycleField"
import { FIRST_AND_LAST } from "./cycleChoice"
import { extentOf, type Line } from "./lines"
import { ofAge } from "./looks"
import { overlayPath } from "./paths"
import { type Palette, usePalette } from "./theme"
import { timeText } from "./timeAxis"
import { reading, voltageUnit } from "./units"
import { useCycleChoice } from "./useCycleChoice"
import { useLatest } from "./useLatest"
import { valueAxis } from "./valueAxis"
import { Waiting } from "./Waiting"
import { XyChart } from "./XyChart"

/** A few cycles over each other: voltage over the time since each began, or over its charge. */
export function OverlayPlot(props: { test: TestPage; name: string; turn: number }) {
  const { test, name, turn } = props
  const palette = usePalette()
  const chosen = useCycleChoice(FIRST_AND_LAST)
  const all = useMemo(() => abscissae(test), [test])
  const [key, setKey] = useState<Abscissa["key"]>("time")
  const by = all.find((each) => each.key === key) ?? all[0]
  const { value, error, isLoading } = useLatest<Overlay>(
    test.id,
    overlayPath(test.id, chosen.cycles),
    turn,
  )
  const lines = useMemo(() => value && overlayLines(value, by, palette), [value, by, palette])
  const unit = voltageUnit(extentOf(lines ?? []) ?? { from: 0, to: 0 })
  const yAxis = useMemo(() => valueAxis("Voltage", unit), [unit])
  if (lines === undefined) return <Waiting what="Reading cycles" error={error} />
  return (
    <XyChart
      key={by.key}
      title="Cycles overlaid"
      of={name}
      palette={palette}
      lines={lines}
      xAxis={by.axis}
      yAxis={yAxis}
      least={{ x: by.perAh === undefined ? 1 : 1e-6, y: 0.001 }}
      hover="nearest"
      isLoading={isLoading}
      error={error}
      reading={([point], shown, view) => {
        if (point === undefined) return ""
        const { name, xs, ys } = shown[point.line]
        const x = xs[point.index]
        const at = by.perAh === undefined ? timeText(x, view.x) : reading(x, by.unit, view.x)
        return [name, at, reading(ys[point.index] ?? 0, unit, view.y)].join("  ·  ")
      }}
      controls={
        <>
          <CycleField chosen={chosen} />
          <label>
            Against{" "}
            <select
              value={by.key}
              onChange={(event) => setKey(event.currentTarget.value as Abscissa["key"])}
            >
              {all.map((each) => (
                <option key={each.key} value={each.key}>
                  {each.text}
                </option>
              ))}
            </select>
          </label>
        </>
      }
    />
  )
}

function overlayLines({ cycles }: Overlay, { perAh }: Abscissa, { ages }: Palette): Line[] {
  return [...cycles]
    .sort((a, b) => a.cycle - b.cycle)
    .map(({ cycle, time_s, voltage_V, charge_Ah }, n) => ({
      name: `cycle\u00a0${cycle}`,
      xs:
        perAh === undefined
          ? sinceCurrent(time_s, charge_Ah)
          : charge_Ah.map((charge) => charge * perAh),
      ys: voltage_V,
      ...ofAge(n, cycles.length, ages),
    }))
}

/** Time since the current began to flow: a rest before that would put cycles beside each other. */
function sinceCurrent(time_s: readonly number[], charge_Ah: readonly number[]): number[] {
  const began_s = time_s[Math.max(0, charge_Ah.findIndex((charge) => charge !== 0) - 1)] ?? 0
  return time_s.map((time) => time - began_s)
}
