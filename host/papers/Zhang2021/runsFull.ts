import { type FullCellCycles, fullCell } from "../common/fullCell"
import type { CellInput } from "../../cell"
import type { Run } from "../paper"
import { lfpCell, sulfurCell } from "./cells"

/** The paper gives neither window. */
const LFP_V = [2.5, 4.0] as const
const SULFUR_V = [1.7, 2.8] as const
/** Of the rate tests; the paper does not tell. */
export const CYCLES_PER_RATE = 5
export const LFP_RATES_C = [0.2, 0.5, 1, 3, 0.5]
export const SULFUR_RATES_C = [0.5, 1, 2, 4]

const lfp = (rate_C: number, cycles: number): FullCellCycles => ({
  rate_C,
  cycles,
  window_V: LFP_V,
})
/** Sulfur comes charged. */
const sulfur = (rate_C: number, cycles: number): FullCellCycles => ({
  rate_C,
  cycles,
  window_V: SULFUR_V,
  dischargesFirst: true,
})

/** Charges are counted by the board, so the records only have to draw the curves. */
const record = { time_s: 60, voltage_V: 0.01, burst_s: 0 }

function run(
  name: string,
  simulatedCell: string,
  cell: CellInput,
  blocks: readonly FullCellCycles[],
): Run {
  return {
    key: `Zhang2021/${name}`,
    simulatedCell: `Zhang2021 ${simulatedCell}`,
    cell,
    protocol: fullCell(blocks, { record, rest_s: 600 }),
  }
}

const ALLOY = "Li3Mg7@Li"
const BARE = "bare Li"

export const fullRuns: readonly Run[] = [
  run(
    "LFP-rates",
    "LFP, Li3Mg7@Li, rates",
    lfpCell(ALLOY),
    LFP_RATES_C.map((rate_C) => lfp(rate_C, CYCLES_PER_RATE)),
  ),
  run("LFP-alloy-1C", "LFP, Li3Mg7@Li, 1C", lfpCell(ALLOY), [lfp(1, 700)]),
  run("LFP-bare-Li-1C", "LFP, bare Li, 1C", lfpCell(BARE), [lfp(1, 270)]),
  run("LFP-30-alloy", "LFP 30 mg/cm2, Li3Mg7@Li, 0.5C", lfpCell(ALLOY, 30), [lfp(0.5, 101)]),
  run("LFP-30-bare-Li", "LFP 30 mg/cm2, bare Li, 0.5C", lfpCell(BARE, 30), [lfp(0.5, 60)]),
  run(
    "S-rates",
    "S, Li3Mg7@Li, rates",
    sulfurCell(ALLOY),
    SULFUR_RATES_C.map((rate_C) => sulfur(rate_C, CYCLES_PER_RATE)),
  ),
  run("S-alloy-2C", "S, Li3Mg7@Li, 2C", sulfurCell(ALLOY), [sulfur(2, 500)]),
  run("S-bare-Li-2C", "S, bare Li, 2C", sulfurCell(BARE), [sulfur(2, 500)]),
]
