import { sizesDigest } from "../../../hardware/errorBudget/page"
import { manifest } from "../../../sim/manifest"
import { type Worst, worstOf } from "./boards"

/** What 95 % of all boards must keep to, and all of them, ppm of full scale. */
export const MOST_ppm = 500
export const ALL_ppm = 1000
const SHARE = 0.95

export function drawBoards(count: number, isCalibrated: boolean): Worst[] {
  return Array.from({ length: count }, (_, i) => worstOf(i + 1, isCalibrated))
}

/** The value that this share of all does not pass. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1]
}

/** The worst of a board's ranges. */
export const worstCurrent = (board: Worst) => Math.max(...board.current)

/** Section of ERROR_BUDGET.md. */
export function boardsPage(calibrated: readonly Worst[], asBuilt: readonly Worst[]): string {
  const { channels, frontEnd } = manifest
  const row = (what: string, of: (board: Worst) => number) => {
    const values = calibrated.map(of)
    const within = (most: number) => values.filter((value) => value <= most).length / values.length
    const ppm = (share: number) => quantile(values, share).toFixed(0)
    const percent = (share: number) => `${+(100 * share).toFixed(2)} %`
    return `| ${what} | ${ppm(0.5)} | ${ppm(SHARE)} | ${ppm(1)} | ${percent(within(MOST_ppm))} | ${percent(within(ALL_ppm))} |`
  }
  const built = (of: (board: Worst) => number) => quantile(asBuilt.map(of), 0.5).toFixed(0)
  const ranges = frontEnd.currentRanges.map(({ limit_A }, range) =>
    row(`current, of ${limit_A * 1e3} mA`, (board) => board.current[range]),
  )
  return `## ${calibrated.length} boards

Each with ${channels} channels, all tolerances, temperature coefficients and ageing drawn, and a bench of its own: one meter and
one 100 Ω standard, both wrong. Calibrated once by the host's arithmetic, to the bytes that a board keeps; zeroed
once; then read at −1 … +5 V and over each current range, both signs, new and after 1000 h, at the calibration's
temperature and 5 K above and below. What counts of a board is the worst of all that, in any of its channels: ppm of
5 V, and of each range's own limit.

| | half of all boards | ${100 * SHARE} % | worst board | within 0.05 % | within 0.1 % |
| --- | ---: | ---: | ---: | ---: | ---: |
${[row("voltage, of 5 V", (board) => board.voltage), ...ranges, row("current, worst range", worstCurrent)].join("\n")}

Uncalibrated, half of ${asBuilt.length} boards are worse than ${built((board) => board.voltage)} ppm in voltage, ${built(worstCurrent)} ppm in current. Required: 95 % of
all boards within 0.05 %, all within 0.1 %. Circuit and conversion are the simulator's own, without noise; a test holds
simulated boards that run the firmware against them. Sizes ${sizesDigest()}.
`
}
