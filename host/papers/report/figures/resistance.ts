import { areaResistance } from "../../../analysis/areaResistance"
import { pulseResistances } from "../../../analysis/resistance"
import type { RunResult } from "../../paper"
import type { Series } from "../../../report/figures/layers"
import { figureSvg } from "../../../report/figures/panel"

const WIDTH = 700
/** Into a pulse: what is ohmic and charge transfer has answered by then. */
const READ_AT_s = 1

/**
 * Resistance against time: R_DC of the pulses where there are any, else overpotential ÷ current of each cycle; both
 * of the whole cell, and per area where that is known.
 */
export function resistanceFigure(results: readonly RunResult[]): Promise<string> {
  const isPerArea = results.every(({ cell }) => cell.area_cm2 !== undefined)
  const series = results.map((result, colour): Series => {
    const scale = isPerArea ? (result.cell.area_cm2 ?? 1) : 1
    const pulses = ofPulses(result)
    const points = pulses.length > 0 ? pulses : ofCycles(result)
    return {
      colour,
      shape: "dots",
      points: points.map(({ x, ohm }) => ({ x, y: ohm * scale })),
    }
  })
  const y = isPerArea ? "Resistance × area / Ω cm²" : "Resistance / Ω"
  return figureSvg([{ x: "Time / h", y, width: WIDTH, series }], 1)
}

function ofPulses(result: RunResult): { x: number; ohm: number }[] {
  return pulseResistances(result.records(), READ_AT_s).flatMap(
    ({ start_s, resistance_ohm: ohm }) => (ohm === undefined ? [] : [{ x: start_s / 3600, ohm }]),
  )
}

/** At the cycle's end by the test's mean cycle: cycles carry no time. */
function ofCycles(result: RunResult): { x: number; ohm: number }[] {
  const { last } = result.about
  if (last === undefined) return []
  const cycle_h = last.time_s / 3600 / last.cycle
  return result.cycles().flatMap(({ cycle, plating }) => {
    const found = areaResistance(plating, 1)
    return found === undefined ? [] : [{ x: cycle * cycle_h, ohm: found.cell_ohm_cm2 }]
  })
}
