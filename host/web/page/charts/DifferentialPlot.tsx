import { useMemo } from "preact/hooks"
import type { DifferentialCapacities, TestPage } from "../../api"
import { CycleField } from "./CycleField"
import type { Line } from "./lines"
import { ofAge } from "./looks"
import { differentialPath } from "./paths"
import { type Palette, usePalette } from "./theme"
import { reading, VOLT } from "./units"
import { useCycleChoice } from "./useCycleChoice"
import { useLatest } from "./useLatest"
import { valueAxis } from "./valueAxis"
import { Waiting } from "./Waiting"
import { XyChart } from "./XyChart"

const PER_VOLT = { text: "mAh\u00a0V⁻¹", perSi: 1e3, places: 4 }
const xAxis = valueAxis("Voltage", VOLT)
const yAxis = valueAxis("dQ/dV", PER_VOLT)

/** dQ/dV of half and full cells over the voltage, the discharge mirrored as papers draw it. */
export function DifferentialPlot(props: { test: TestPage; name: string; turn: number }) {
  const { test, name, turn } = props
  const palette = usePalette()
  const chosen = useCycleChoice("2, −2")
  const { value, error, isLoading } = useLatest<DifferentialCapacities>(
    test.id,
    differentialPath(test.id, chosen.cycles),
    turn,
  )
  const lines = useMemo(() => value && differentialLines(value, palette), [value, palette])
  if (value === undefined || lines === undefined)
    return <Waiting what="Working out dQ/dV" error={error} />
  return (
    <XyChart
      title="Differential capacity"
      of={name}
      palette={palette}
      lines={lines}
      items={lines.filter(({ name }, i) => lines.findIndex((each) => each.name === name) === i)}
      xAxis={xAxis}
      yAxis={yAxis}
      least={{ x: 0.005, y: 1e-6 }}
      hasZero
      hover="nearest"
      isLoading={isLoading}
      error={error}
      reading={([point], shown, view) => {
        if (point === undefined) return ""
        const { name, xs, ys } = shown[point.line]
        return [
          name,
          reading(xs[point.index], VOLT, view.x),
          reading(ys[point.index] ?? 0, PER_VOLT, view.y),
        ].join("  ·  ")
      }}
      controls={<CycleField chosen={chosen} />}
      note={<p>{value.definition} Discharge is drawn downwards.</p>}
    />
  )
}

function differentialLines({ cycles }: DifferentialCapacities, { ages }: Palette): Line[] {
  const numbers = [...new Set(cycles.map(({ cycle }) => cycle))].sort((a, b) => a - b)
  return cycles.map(({ cycle, way, voltage_V, dQdV_Ah_per_V }) => ({
    name: `cycle\u00a0${cycle}`,
    xs: voltage_V,
    ys: way === "discharge" ? dQdV_Ah_per_V.map((value) => -value) : dQdV_Ah_per_V,
    ...ofAge(numbers.indexOf(cycle), numbers.length, ages),
  }))
}
