import type { CurvePoint } from "../../analysis/decimate"
import type { HalfCycle } from "../../analysis/halfCycles"
import { nucleation } from "../../analysis/nucleation"
import { type Cell, platingSign } from "../../cell"
import { closeUp } from "./closeUp"
import { DQDV_STEP_V, type HalfCurve } from "./halfCurves"
import {
  capacityPanel,
  type CycledCell,
  efficiencyPanel,
  hysteresisPanel,
  nucleationPanel,
} from "./overCycles"
import { colourOf, type Mark } from "./layers"
import { halfWidth, panelSpec, rowsSvg } from "./panel"
import { differentialPanel, profilePanel, scanPanel } from "./profiles"
import { voltagePanel } from "./voltage"
import type { Window } from "./voltageTraces"
import { unitFor, usualUnit } from "./voltageUnit"

/** A figure of a test's report. */
export interface Figure {
  /** One word, for file names. */
  name: "voltage" | "nucleation" | "cycles" | "profiles" | "differential" | "scan"
  caption: string
  /** Stands alone. */
  svg: string
}

/** All figures are as wide as a page's text. */
export const WIDE = 600
export const HALF = halfWidth(WIDE)
const HEIGHT = 120
/** A legend stands beside its panel. */
const WITH_LEGEND = WIDE - 74

/** The whole test and, of longer ones, its first and last cycles; undefined before the first record. */
export async function voltageFigure(
  curves: readonly { window: Window; points: CurvePoint[] }[],
  marks: readonly Mark[],
): Promise<Figure | undefined> {
  const [whole, ...enlarged] = curves
  if (whole.points.length === 0) return undefined
  const unit = usualUnit(whole.points)
  const rows = [[voltagePanel(whole, { unit, colour: 0, marks })]]
  if (enlarged.length > 0)
    rows.push(
      enlarged.map((curve, i) =>
        voltagePanel(curve, { title: i === 0 ? "First cycles" : "Last cycles", unit, colour: 0 }),
      ),
    )
  return {
    name: "voltage",
    caption:
      `Voltage against test time${enlarged.length === 0 ? "" : ", and its first and last cycles"}. Of each column ` +
      "of pixels the first, lowest, highest and last record are drawn, so that no reading that stands out is lost; " +
      "the line is broken where records are missing." +
      (marks.length === 0 ? "" : " The numbered lines are the faults and gaps of the table below."),
    svg: await rowsSvg(rows.map((row) => row.map(panelSpec))),
  }
}

/** The first plating, where it nucleates, and the nucleation overpotential of all cycles. */
export async function nucleationFigure(
  plating: HalfCycle,
  cell: CycledCell,
): Promise<Figure | undefined> {
  const found = nucleation(plating)
  if (found === undefined) return undefined
  const hasMore = cell.cycles().length > 1
  const first = closeUp(plating, {
    width: hasMore ? HALF : WIDE,
    height: HEIGHT,
    colour: colourOf(0),
    hasTitle: true,
    unit: unitFor(found.tip_V),
    isPlating: true,
    gap_s: Number.POSITIVE_INFINITY,
  })
  const panels = hasMore ? [first, panelSpec(nucleationPanel(cell, HALF))] : [first]
  return {
    name: "nucleation",
    caption:
      "The first plating from its reversal on, with the tip and the plateau of its nucleation" +
      (hasMore ? "; nucleation overpotential of each cycle." : "."),
    svg: await rowsSvg([panels]),
  }
}

/** What the cell's type is judged by, cycle by cycle; undefined of one cycle, and where no cycle tells. */
export async function cyclesFigure(cell: CycledCell): Promise<Figure | undefined> {
  const rows = cell.cycles()
  if (rows.length < 2) return undefined
  if (cell.cell.type === "Li||Li") {
    if (rows.every(({ hysteresis_V }) => hysteresis_V === undefined)) return undefined
    return {
      name: "cycles",
      caption: "Voltage hysteresis 2η of each cycle.",
      svg: await rowsSvg([[panelSpec(hysteresisPanel([cell], WIDE))]]),
    }
  }
  const isCopper = platingSign(cell.cell) !== undefined
  const hasEfficiency = isCopper || cell.cell.type === "half" || cell.cell.type === "full"
  const width = hasEfficiency ? HALF : WIDE
  const capacity = {
    ...capacityPanel([cell], width, true),
    title: isCopper ? "● stripped   ○ plated" : "● discharge   ○ charge",
  }
  const panels = hasEfficiency ? [capacity, efficiencyPanel([cell], width)] : [capacity]
  return {
    name: "cycles",
    caption: `${isCopper ? "Charge" : "Capacity"}${hasEfficiency ? " and Coulombic efficiency" : ""} of each cycle.`,
    svg: await rowsSvg([panels.map(panelSpec)]),
  }
}

/** Voltage against charge. */
export async function profilesFigure(
  curves: readonly HalfCurve[],
  cell: Partial<Cell>,
): Promise<Figure | undefined> {
  if (!curves.some(({ kind }) => kind === "profile")) return undefined
  return {
    name: "profiles",
    caption: "Voltage against the charge that has passed since the current's direction changed.",
    svg: await rowsSvg([[panelSpec(profilePanel(curves, cell, WITH_LEGEND))]]),
  }
}

export async function differentialFigure(
  curves: readonly HalfCurve[],
  cell: Partial<Cell>,
): Promise<Figure | undefined> {
  if (!curves.some(({ differential }) => differential.length > 0)) return undefined
  return {
    name: "differential",
    caption:
      "dQ/dV of what was charged or discharged at constant current, discharge below zero: from record to record " +
      `until the voltage has moved by ${1000 * DQDV_STEP_V} mV or more, not smoothed.`,
    svg: await rowsSvg([[panelSpec(differentialPanel(curves, cell, WITH_LEGEND))]]),
  }
}

export async function scanFigure(
  curves: readonly HalfCurve[],
  cell: Partial<Cell>,
): Promise<Figure | undefined> {
  if (!curves.some(({ kind }) => kind === "scan")) return undefined
  return {
    name: "scan",
    caption: "Current against the scanned voltage.",
    svg: await rowsSvg([[panelSpec(scanPanel(curves, cell, WITH_LEGEND))]]),
  }
}
