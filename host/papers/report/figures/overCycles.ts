import {
  type CycleEfficiency,
  dischargeOverCharge,
  strippedOverPlated,
} from "../../../analysis/coulombicEfficiency"
import { perArea_mAh_per_cm2, perMass_mAh_per_g } from "../../../analysis/normalise"
import { type Cell, platingSign } from "../../../cell"
import type { RunResult } from "../../paper"
import { figureSvg, type Series } from "./panel"

const WIDTH = 420
const WIDE = 700
const CYCLE = "Cycle"

/** 2η against cycle. */
export function hysteresisFigure(results: readonly RunResult[]): Promise<string> {
  const series = results.map((result, colour) =>
    dots(
      result,
      colour,
      result.cycles().map(({ cycle, hysteresis_V }) => point(cycle, hysteresis_V, 1000)),
    ),
  )
  return figureSvg([{ x: CYCLE, y: "Hysteresis 2η / mV", width: WIDE, series }], 1)
}

/** What cells give back, charged hollow, and Coulombic efficiency against cycle. */
export function capacityFigure(results: readonly RunResult[]): Promise<string> {
  const { unit } = normalised(results)
  const efficiency = results.map((result, colour) =>
    dots(
      result,
      colour,
      efficiencies(result).map(({ cycle, efficiency: ratio }) => point(cycle, ratio, 100)),
    ),
  )
  return figureSvg(
    [
      { x: CYCLE, y: `Capacity / ${unit}`, width: WIDTH, series: capacities(results, true) },
      { x: CYCLE, y: "Coulombic efficiency / %", width: WIDTH, series: efficiency },
    ],
    2,
  )
}

/** The staircase of a rate test: what cells give back against cycle. */
export function rateFigure(results: readonly RunResult[]): Promise<string> {
  const { unit } = normalised(results)
  const series = capacities(results, false)
  return figureSvg([{ x: CYCLE, y: `Capacity / ${unit}`, width: WIDE, series }], 1)
}

function capacities(results: readonly RunResult[], withInput: boolean): Series[] {
  const { of } = normalised(results)
  return results.flatMap((result, colour) => {
    const cycles = efficiencies(result)
    const output = cycles.map(({ cycle, output_mAh }) => point(cycle, of(output_mAh, result.cell)))
    const input = cycles.map(({ cycle, input_mAh }) => point(cycle, of(input_mAh, result.cell)))
    const series = [dots(result, colour, output)]
    return withInput
      ? [{ ...dots(result, colour, input), shape: "hollow" as const }, ...series]
      : series
  })
}

function efficiencies(result: RunResult): CycleEfficiency[] {
  const sign = platingSign(result.cell)
  const cycles = result.cycles()
  return sign === undefined ? dischargeOverCharge(cycles) : strippedOverPlated(cycles, sign)
}

/** Per mass where all cells' is known, else per area, else as it is. */
function normalised(results: readonly RunResult[]) {
  const all = (has: (cell: Cell) => boolean) => results.every(({ cell }) => has(cell))
  if (all((cell) => cell.active_mass_mg !== undefined))
    return {
      unit: "mAh g⁻¹",
      of: (mAh: number, cell: Cell) => perMass_mAh_per_g(mAh, cell.active_mass_mg ?? Number.NaN),
    }
  if (all((cell) => cell.area_cm2 !== undefined))
    return {
      unit: "mAh cm⁻²",
      of: (mAh: number, cell: Cell) => perArea_mAh_per_cm2(mAh, cell.area_cm2 ?? Number.NaN),
    }
  return { unit: "mAh", of: (mAh: number) => mAh }
}

function point(cycle: number, value: number | undefined, factor = 1) {
  return { x: cycle, y: value === undefined ? null : value * factor }
}

function dots(
  result: RunResult,
  colour: number,
  points: readonly { x: number; y: number | null }[],
): Series {
  return {
    name: result.run.key,
    colour,
    shape: "dots",
    points: points.filter(({ y }) => y !== null),
  }
}
