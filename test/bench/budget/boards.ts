import { FULL_SCALE_A, FULL_SCALE_V, WARMTH_K } from "../../../hardware/errorBudget/terms"
import { drawBoardErrors } from "../../../sim/analogErrors"
import { drawBench } from "../../../sim/calibrationBench"
import { manifest } from "../../../sim/manifest"
import { BudgetChannel } from "./channel"

const { channels, frontEnd } = manifest
const VOLTAGES_V = [-1, 0, 1, 2, 3, 4, 5]
/** Of a range's limit: its ends, and where a cubic between two points is most off. */
const SHARES = [-1, -0.6, -0.2, 0.2, 0.46, 0.6, 1]
const CALIBRATED_C = 25
const AGED_h = 1000

/** Largest errors, ppm of full scale: of 5 V; and of each current range's limit, widest first. */
export interface Worst {
  voltage: number
  current: number[]
}

/**
 * One board with its bench, each of its channels calibrated once and zeroed once: the worst of all channels, voltages
 * and currents, of new and after 1000 h, at the calibration's temperature and 5 K beside it.
 */
export function worstOf(seed: number, isCalibrated = true): Worst {
  const board = drawBoardErrors(seed, channels)
  const bench = drawBench(seed)
  const worst: Worst = { voltage: 0, current: frontEnd.currentRanges.map(() => 0) }
  for (let index = 0; index < channels; index++) {
    board.temperature_C = CALIBRATED_C
    board.age_h = 0
    const channel = new BudgetChannel(board, index)
    if (isCalibrated) channel.calibrate(bench)
    for (const age_h of [0, AGED_h])
      for (const warmer_K of [-WARMTH_K, 0, WARMTH_K]) {
        board.age_h = age_h
        board.temperature_C = CALIBRATED_C + warmer_K
        measure(channel, worst)
      }
  }
  return worst
}

function measure(channel: BudgetChannel, worst: Worst): void {
  const look = (range: number, current_A: number, cell_V: number) => {
    const read = channel.readAt(range, current_A, cell_V)
    const voltage = Math.abs(read.voltage_V - read.true_V) / FULL_SCALE_V
    const current = Math.abs(read.current_A - read.true_A) / frontEnd.currentRanges[range].limit_A
    worst.voltage = Math.max(worst.voltage, 1e6 * voltage)
    worst.current[range] = Math.max(worst.current[range], 1e6 * current)
  }
  for (const cell_V of VOLTAGES_V)
    for (const share of [-1, 0, 1]) look(0, share * FULL_SCALE_A, cell_V)
  for (const [range, { limit_A }] of frontEnd.currentRanges.entries())
    for (const share of SHARES) look(range, share * limit_A, 0)
}
