import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { PAGE, sizesDigest, sourcesPage, termsPage } from "../../hardware/errorBudget/page"
import { summerOf, AS_DRAWN, imbalance } from "../../hardware/errorBudget/summer"
import { FULL_SCALE_A, FULL_SCALE_V, total } from "../../hardware/errorBudget/terms"
import { drawBoardErrors } from "../../sim/analogErrors"
import { drawBench } from "../../sim/calibrationBench"
import type { Cell } from "../../sim/cells/cell"
import { manifest } from "../../sim/manifest"
import { worstOf } from "../bench/budget/boards"
import { ALL_ppm, drawBoards, MOST_ppm, quantile, worstCurrent } from "../bench/budget/boardsPage"
import { BudgetChannel } from "../bench/budget/channel"
import { logged, protocol, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"

describe("the error budget", () => {
  it("stays within 0.1 % of full scale after a calibration, even with all maxima on one side", () => {
    for (const of of ["current", "voltage"] as const) {
      expect(total(of, true).maximum).toBeLessThan(1000)
      expect(total(of, true).typical).toBeLessThan(200)
      expect(total(of, true).typical).toBeLessThan(total(of, false).typical / 3)
    }
  })

  it("adds up to what drawn channels are off by at full scale, seeds 1 to 300", () => {
    const off_ppm = { voltage: [] as number[], current: [] as number[] }
    for (let seed = 1; seed <= 300; seed++) {
      const board = drawBoardErrors(seed, 1)
      const channel = new BudgetChannel(board, 0)
      channel.calibrate(drawBench(seed))
      Object.assign(board, { temperature_C: 30, age_h: 1000 })
      const read = channel.readAt(0, FULL_SCALE_A, FULL_SCALE_V)
      off_ppm.voltage.push((1e6 * (read.voltage_V - read.true_V)) / FULL_SCALE_V)
      off_ppm.current.push((1e6 * (read.current_A - read.true_A)) / FULL_SCALE_A)
    }
    for (const of of ["voltage", "current"] as const) {
      const rms_ppm = Math.hypot(...off_ppm[of]) / Math.sqrt(off_ppm[of].length)
      // Distributions that end at two sigma are a tenth narrower.
      expect(rms_ppm / total(of, true).typical).toBeGreaterThan(0.82)
      expect(rms_ppm / total(of, true).typical).toBeLessThan(1.08)
      expect(Math.max(...off_ppm[of].map(Math.abs))).toBeLessThan(total(of, true).maximum)
    }
  })

  it("is what ERROR_BUDGET.md says: run `npm run budget` when this fails", () => {
    const page = readFileSync(PAGE, "utf8")
    expect(page).toContain(termsPage())
    expect(page).toContain(sourcesPage())
    expect(page).toContain(`Sizes ${sizesDigest()}.`)
  })

  it("has the summer's nominal gain and imbalance from its resistors", () => {
    const summer = summerOf(AS_DRAWN)
    expect(summer.coarse).toBeCloseTo(0.5, 2)
    expect(summer.coarse / summer.fine).toBeCloseTo(64, 9)
    expect(Math.abs((imbalance(summer) * 4.096) / 20)).toBeLessThan(5e-6)
  })
})

describe("drawn boards, seeds 1 to 150", () => {
  const boards = drawBoards(150, true)

  it.each([
    ["voltage", boards.map((board) => board.voltage)],
    ["current", boards.map(worstCurrent)],
  ])("%s within 0.05 % for 95 % of them, within 0.1 % for all", (_, values) => {
    expect(quantile(values, 0.95)).toBeLessThan(MOST_ppm)
    expect(quantile(values, 1)).toBeLessThan(ALL_ppm)
  })

  it("would not be without a calibration", () => {
    const asBuilt = [1, 2, 3, 4, 5].map((seed) => worstOf(seed, false))
    expect(
      quantile(
        asBuilt.map((board) => board.voltage),
        1,
      ),
    ).toBeGreaterThan(ALL_ppm)
    expect(quantile(asBuilt.map(worstCurrent), 1)).toBeGreaterThan(ALL_ppm)
  })
})

/** A voltage that no current moves. */
class Source implements Cell {
  charge_C = 0
  constructor(private readonly source_V: number) {}
  voltage_V(): number {
    return this.source_V
  }
  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}

describe("simulated boards that run the firmware", () => {
  /** What noise, dither and the nearest nanoampere hour leave. */
  const MOST_OFF = 25e-6

  it.each([
    [1, 0, 30, 4.2],
    [5, 0, -40, 0.5],
    [3, 1, 2.5, 3],
    [4, 2, -1.2, -0.8],
  ])(
    "are off by as much as the drawn one, 5 K warmer and 1000 h later: seed %i, range %i, %f mA at %f V",
    async (seed, range, current_mA, cell_V) => {
      const cell = new Source(cell_V)
      const rig = await startRig({
        seed,
        cells: [cell],
        calibrated: [0],
        firmware: "native",
      })
      const method = [{ step: "constant_current", current_mA, until_time_s: 1e5 } as const]
      await start(
        rig,
        0,
        2,
        protocol(method, { safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 50 } }),
      )
      await running(rig, 0)
      Object.assign(rig.board.errors, { temperature_C: 30, age_h: 1000 })
      await rig.link.sleep_ms(5_000)
      const { testTime_s } = await rig.client.status(0)
      const began = { charge_C: cell.charge_C, now_ms: rig.board.now_ms }
      await rig.link.sleep_ms(1_000_000)
      const true_A = (cell.charge_C - began.charge_C) / (rig.board.now_ms - began.now_ms) / 1e-3
      const { samples } = await logged(rig, 0, 2)
      await rig.close()
      const later = samples.filter(({ time_s }) => time_s > testTime_s)
      const [first, last] = [later[0], later[later.length - 1]]
      const charge_C = 3600 * (last.stepCharge_Ah - first.stepCharge_Ah)
      const mean_V = later.reduce((sum, one) => sum + one.voltage_V, 0) / later.length
      const off_A = charge_C / (last.time_s - first.time_s) - true_A
      const off_V = mean_V - cell_V

      const board = drawBoardErrors(seed, 4)
      const channel = new BudgetChannel(board, 0)
      channel.calibrate(drawBench(seed))
      Object.assign(board, { temperature_C: 30, age_h: 1000 })
      const read = channel.readAt(range, current_mA / 1e3, cell_V)
      const limit_A = manifest.frontEnd.currentRanges[range].limit_A
      expect(Math.abs(off_V - (read.voltage_V - read.true_V))).toBeLessThan(5e-6 * FULL_SCALE_V)
      expect(Math.abs(off_A - (read.current_A - read.true_A))).toBeLessThan(MOST_OFF * limit_A)
      // Enough of an error to tell.
      expect(Math.hypot(off_V / FULL_SCALE_V, off_A / limit_A)).toBeGreaterThan(2 * MOST_OFF)
    },
  )
})
