import { decimate } from "../../analysis/decimate"
import type { HalfCycle } from "../../analysis/halfCycles"
import { type Nucleation, nucleation } from "../../analysis/nucleation"
import { FAINT, INK, LINE } from "../figure"
import { type LayerSpec, type PanelSpec, voltageAxis, xAxis } from "./axes"
import { inUnit, unitFor, type VoltageUnit } from "./voltageUnit"

export interface CloseUpStyle {
  width: number
  height: number
  colour: string
  /** The x axis has its title. */
  hasTitle: boolean
  /** Of a half-cycle without a spike. */
  unit: VoltageUnit
  /** At a lithium electrode lithium is plated; a cell with a voltage of its own is charged. */
  isPlating: boolean
  /** The longest interval that is no gap. */
  gap_s: number
}

/** How much of a nucleation spike is shown: all but e⁻⁵ of it. */
const DECAY_CONSTANTS = 5
/** What is shown of a half-cycle without a spike. */
const SHARE_WITHOUT_SPIKE = 0.05
/** Data columns per unit of width, so that the figure stays sharp when enlarged. */
const OVERSAMPLING = 2
/** The voltage axis of a panel without a record. */
const EMPTY: [number, number] = [-1, 1]

const HAIRLINE = { type: "rule", color: INK, strokeWidth: 0.7 } as const

/** A half-cycle from its reversal on, where the tip and the plateau of its nucleation are marked. */
export function closeUp(half: HalfCycle | undefined, style: CloseUpStyle): PanelSpec {
  const { width, height, colour } = style
  const found = half && nucleation(half)
  const sign = half?.sign ?? 1
  const window_s = half === undefined ? 1 : closeUpWindow_s(half, found)
  // A cell against copper shows volts over all of its test, and millivolts here.
  const unit = found === undefined ? style.unit : unitFor(found.tip_V)
  const values = half === undefined ? [] : curve(half, window_s, unit, style)
  const encoding = {
    x: xAxis(style.hasTitle ? "Time since reversal / s" : undefined, [0, window_s]),
    y: voltageAxis(unit, values.length === 0 ? EMPTY : found && spikeDomain(found, sign, unit)),
  }
  return {
    title: {
      text: title(half, style.isPlating || unit.symbol === "mV"),
      fontWeight: "normal",
      color: FAINT,
    },
    width,
    height,
    layer: [
      { data: { values }, mark: { ...LINE, color: colour, strokeWidth: 1.4 }, encoding },
      ...(found === undefined ? [] : nucleationMarks(found, sign, window_s, unit, encoding)),
    ],
  }
}

function curve(
  half: HalfCycle,
  window_s: number,
  unit: VoltageUnit,
  { width, gap_s }: CloseUpStyle,
) {
  const { time_s } = half.records
  const from_s = half.start_s
  // One record beyond the frame, so that the line runs out of it rather than ending inside.
  const to_s = time_s.find((one_s) => one_s - from_s >= window_s) ?? from_s + window_s
  const columns = width * OVERSAMPLING
  const points = decimate([half.records], { from_s, to_s, columns, gap_s })
  return points.map((point) => ({ x: point.time_s - from_s, y: inUnit(point, unit) }))
}

function title(half: HalfCycle | undefined, isPlating: boolean): string {
  if (half === undefined)
    return `no ${isPlating ? "plating" : "charge"} recorded at constant current`
  return isPlating ? "First plating half-cycle" : "First charge"
}

/** The spike as a dimension is drawn: lines at tip and plateau, their distance between them. */
function nucleationMarks(
  found: Nucleation,
  sign: 1 | -1,
  window_s: number,
  unit: VoltageUnit,
  encoding: { x: object; y: object },
): LayerSpec[] {
  const at_s = 0.6 * window_s
  const tip = sign * found.tip_V * unit.perVolt
  const plateau = sign * found.plateau_V * unit.perVolt
  const text = `${significant((found.tip_V - found.plateau_V) * unit.perVolt)} ${unit.symbol}`
  const lines = [
    { x: found.tip_s, x2: at_s + 0.03 * window_s, y: tip, y2: tip },
    { x: 0, x2: window_s, y: plateau, y2: plateau },
  ]
  const ends = { ...encoding, x2: { field: "x2" }, y2: { field: "y2" } }
  return [
    { data: { values: lines }, mark: { ...HAIRLINE, strokeDash: [3, 2] }, encoding: ends },
    {
      data: { values: [{ x: at_s, x2: at_s, y: plateau, y2: tip }] },
      mark: HAIRLINE,
      encoding: ends,
    },
    {
      data: { values: [{ x: at_s, y: (tip + plateau) / 2, text }] },
      mark: { type: "text", align: "left", dx: 5, color: INK, fontSize: 10.5 },
      encoding: { ...encoding, text: { field: "text", type: "nominal" } },
    },
  ]
}

/** The spike fills the frame; what the voltage did before it rose that far is cut off. */
function spikeDomain(found: Nucleation, sign: 1 | -1, unit: VoltageUnit): [number, number] {
  const height = found.tip_V - found.plateau_V
  const foot = (found.plateau_V - 0.4 * height) * unit.perVolt
  const top = (found.tip_V + 0.15 * height) * unit.perVolt
  return sign > 0 ? [foot, top] : [-top, -foot]
}

/** Decay constants by the half-fall of the spike, rounded up to a number that ticks well. */
function closeUpWindow_s(half: HalfCycle, found: Nucleation | undefined): number {
  if (found === undefined) return Math.max(1e-3, half.duration_s * SHARE_WITHOUT_SPIKE)
  const wanted_s = found.tip_s + (DECAY_CONSTANTS * found.halfFall_s) / Math.LN2
  const decade = 10 ** Math.floor(Math.log10(wanted_s))
  const round_s = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * decade >= wanted_s)
  return Math.min((round_s ?? 10) * decade, half.duration_s)
}

function significant(value: number): string {
  return value.toPrecision(3).replace("-", "−")
}
