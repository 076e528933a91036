import {
  type CycleEfficiency,
  dischargeOverCharge,
  strippedOverPlated,
} from "../../analysis/coulombicEfficiency"
import type { CycleRow } from "../../analysis/cycles"
import { perArea_mAh_per_cm2, perMass_mAh_per_g } from "../../analysis/normalise"
import { type Cell, platingSign } from "../../cell"
import type { Series } from "./layers"
import type { Panel } from "./panel"
import { range } from "./points"

/** The cycles of one cell. */
export interface CycledCell {
  cell: Partial<Cell>
  cycles(): readonly CycleRow[]
}

const CYCLES = { x: "Cycle", xStep: 1 } as const

/** 2η against cycle. */
export function hysteresisPanel(cells: readonly CycledCell[], width: number): Panel {
  const series = cells.map((one, colour) =>
    dots(
      colour,
      one.cycles().map(({ cycle, hysteresis_V }) => point(cycle, hysteresis_V, 1000)),
    ),
  )
  const leastSpan = share(series)
  return { ...CYCLES, y: "Hysteresis 2η / mV", width, series, leastSpan }
}

/**
 * Nucleation overpotential of one cell against cycle, of both halves.
 * @param one of whose rows plating is plating, whatever current does it
 */
export function nucleationPanel(one: CycledCell, width: number): Panel {
  const of = (way: "plating" | "stripping") =>
    one.cycles().map((row) => point(row.cycle, row[way]?.nucleation?.overpotential_V, 1000))
  const [plating, stripping] =
    platingSign(one.cell) === -1
      ? [of("stripping"), of("plating")]
      : [of("plating"), of("stripping")]
  const series: Series[] = [{ ...dots(1, stripping), shape: "hollow" }, dots(0, plating)]
  const title = "● plating   ○ stripping"
  return { title, ...CYCLES, y: "Nucleation / mV", width, series, leastSpan: share(series) }
}

/** What cells give back against cycle and, of one cell's, what they take, hollow. */
export function capacityPanel(
  cells: readonly CycledCell[],
  width: number,
  withInput: boolean,
): Panel {
  const { of, unit } = normalised(cells.map(({ cell }) => cell))
  // Of several cells each has one colour.
  const inputColour = cells.length === 1 ? 1 : 0
  const series = cells.flatMap((one, colour): Series[] => {
    const cycles = efficiencies(one)
    // A cycle that has not come so far has no capacity, not one of 0.
    const passed = (mAh: number) => (mAh > 0 ? of(mAh, one.cell) : undefined)
    const output = cycles.map(({ cycle, output_mAh }) => point(cycle, passed(output_mAh)))
    const input = cycles.map(({ cycle, input_mAh }) => point(cycle, passed(input_mAh)))
    return withInput
      ? [{ ...dots(colour + inputColour, input), shape: "hollow" as const }, dots(colour, output)]
      : [dots(colour, output)]
  })
  return { ...CYCLES, y: `Capacity / ${unit}`, width, series, leastSpan: share(series) }
}

/** Of the largest value, so much as a y axis spans at least. */
function share(series: readonly Series[]): number {
  return 0.05 * Math.max(0, ...series.map(({ points }) => range(points, "y")[1]))
}

/** Coulombic efficiency against cycle, by the definition of each cell's type. */
export function efficiencyPanel(cells: readonly CycledCell[], width: number): Panel {
  const series = cells.map((one, colour) =>
    dots(
      colour,
      efficiencies(one).map(({ cycle, efficiency: ratio }) => point(cycle, ratio, 100)),
    ),
  )
  return { ...CYCLES, y: "Coulombic efficiency / %", width, series, leastSpan: 0.5 }
}

/** Per mass where all cells' is known, else per area, else as it is. */
export function normalised(cells: readonly Partial<Cell>[]): {
  unit: "mAh g⁻¹" | "mAh cm⁻²" | "mAh"
  of: (charge_mAh: number, cell: Partial<Cell>) => number
} {
  if (cells.every(({ active_mass_mg }) => active_mass_mg !== undefined))
    return {
      unit: "mAh g⁻¹",
      of: (mAh, { active_mass_mg }) => perMass_mAh_per_g(mAh, active_mass_mg ?? Number.NaN),
    }
  if (cells.every(({ area_cm2 }) => area_cm2 !== undefined))
    return {
      unit: "mAh cm⁻²",
      of: (mAh, { area_cm2 }) => perArea_mAh_per_cm2(mAh, area_cm2 ?? Number.NaN),
    }
  return { unit: "mAh", of: (mAh) => mAh }
}

function efficiencies(one: CycledCell): CycleEfficiency[] {
  const sign = platingSign(one.cell)
  const cycles = one.cycles()
  return sign === undefined ? dischargeOverCharge(cycles) : strippedOverPlated(cycles, sign)
}

function point(cycle: number, value: number | undefined, factor = 1) {
  return { x: cycle, y: value === undefined ? null : value * factor }
}

function dots(colour: number, points: Series["points"]): Series {
  return { colour, shape: "dots", points }
}
