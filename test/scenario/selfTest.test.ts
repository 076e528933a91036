import { expect, test } from "vitest"
import type { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { Thevenin } from "../../sim/cells/thevenin"
import * as Ding2022 from "../../sim/cells/parameters/Ding2022"
import type { Sample } from "../../host/sample"
import { finish, logged, protocol, start, startRig } from "./harness"

const CURRENT_mA = 2
const resting = (rest_s: number, self_test_at_rest: boolean) =>
  protocol(
    [
      { step: "constant_current", current_mA: CURRENT_mA, until_time_s: 10 },
      { step: "open_circuit_voltage", until_time_s: rest_s },
      { step: "constant_current", current_mA: -CURRENT_mA, until_time_s: 10 },
    ],
    { self_test_at_rest },
  )

/** Solders another dummy onto a channel: as its tolerance was drawn, and a part off besides. */
function misfitDummy(board: SimulatedBoard, channel: number, off: number): void {
  const frontEnd = board.channels[channel] as unknown as { dummy: Resistor }
  frontEnd.dummy = new Resistor(frontEnd.dummy.resistance_ohm * (1 + off))
}

test.each([111, 112])(
  "a rest of 60 s has its self-test, no current reaches the cell, and it lasts 60 s, seed %i",
  async (seed) => {
    const cell = new Thevenin(Ding2022.ncm811, 0.5)
    const rig = await startRig({ seed, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, resting(60, true))
    const { board } = rig
    const frontEnd = board.channels[0]
    // Into the rest.
    while (Math.abs(frontEnd.current_A) < 1e-3) board.advanceBy_ms(10)
    while (Math.abs(frontEnd.current_A) > 1e-3) board.advanceBy_ms(10)
    const rested_ms = board.now_ms
    const before_C = cell.charge_C
    let isTested = false
    let throughShunt_C = 0
    let most_A = 0
    while (Math.abs(frontEnd.current_A) < 1e-3) {
      most_A = Math.max(most_A, Math.abs(frontEnd.current_A))
      throughShunt_C += Math.abs(frontEnd.shuntCurrent_A) * 0.01
      if (Math.abs(frontEnd.shuntCurrent_A) > 0.01) isTested = true
      board.advanceBy_ms(10)
      if (board.now_ms - rested_ms > 100_000) break
    }
    const lasted_ms = board.now_ms - rested_ms
    const charge_C = Math.abs(cell.charge_C - before_C)
    await finish(rig, 300)
    const { samples, events, end, gaps } = await logged(rig, 0, 2)
    expect(end?.kind).toBe("finished")
    expect(gaps).toEqual([])
    // The dummy carried 20 mA each way, the cell no microampere but the relay's 0.5 nAh at each closing.
    expect(isTested).toBe(true)
    expect(throughShunt_C).toBeGreaterThan(0.008)
    expect(most_A).toBeLessThan(2e-6)
    expect(charge_C).toBeLessThan(2e-6 + 60 * 1e-6)
    // One at the start, one in the rest.
    const tests = events.filter((event) => event.kind === "selfTest")
    expect(tests.map(({ stepCount }) => stepCount)).toEqual([0, 2])
    for (const one of tests) {
      if (one.kind !== "selfTest") continue
      expect(Math.abs(one.ratioError_ppm)).toBeLessThan(1000)
    }
    const rest = samples.filter((s) => s.stepIndex === 1)
    const ends = samples.filter((s) => s.isLast).map((s) => s.time_s)
    expect(Math.abs(lasted_ms - 60_000)).toBeLessThan(200)
    expect(ends[1] - ends[0]).toBeCloseTo(60, 0)
    // Read on to its end, and after the self-test again as before it.
    const after = rest.filter((s) => s.time_s > tests[1].time_s)
    const settled = rest.filter((s) => s.time_s < tests[1].time_s).at(-1) as Sample
    expect(after.length).toBeGreaterThan(0)
    for (const s of after) expect(Math.abs(s.voltage_V - settled.voltage_V)).toBeLessThan(0.002)
    await rig.close()
  },
)

test("without self_test_at_rest there is only the one at the start, seed 113", async () => {
  const rig = await startRig({ seed: 113, cells: [new Resistor(50)] })
  await start(rig, 0, 1, resting(60, false))
  await finish(rig, 300)
  const { events } = await logged(rig, 0, 1)
  const tests = events.filter((event) => event.kind === "selfTest")
  expect(tests.map(({ stepCount }) => stepCount)).toEqual([0])
  await rig.close()
})

test.each([-0.03, 0.03])(
  "a dummy that is %f off ends the start, and the cell is never connected, seed 114",
  async (off) => {
    const cell = new Resistor(50)
    const rig = await startRig({
      seed: 114,
      cells: [cell],
      prepare: (board) => misfitDummy(board, 0, off),
    })
    let closings = 0
    const frontEnd = rig.board.channels[0]
    const setRelay = frontEnd.setRelay.bind(frontEnd)
    frontEnd.setRelay = (closed, at_us) => {
      if (closed) closings++
      setRelay(closed, at_us)
    }
    await start(rig, 0, 1, resting(60, true))
    await rig.link.sleep_ms(60_000)
    expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "SelfTestFailed" })
    const { samples, events, end } = await logged(rig, 0, 1)
    expect(end?.kind).toBe("fault")
    expect(samples).toEqual([])
    expect(closings).toBe(0)
    expect(cell.charge_C).toBe(0)
    const found = events.find((event) => event.kind === "selfTest")
    if (found?.kind !== "selfTest") throw new Error("no self-test in the log")
    // Uncalibrated, volts ÷ amperes is known to 0.4 %.
    expect(Math.abs(found.ratioError_ppm / 1e6 - off)).toBeLessThan(0.005)
    await rig.close()
  },
)

test("a dummy that ages in mid-test is found out at the next rest, seed 115", async () => {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: 115, cells: [cell] })
  await start(rig, 0, 1, resting(60, true))
  while (rig.board.channels[0].current_A < 1e-3) rig.board.advanceBy_ms(100)
  misfitDummy(rig.board, 0, 0.03)
  await rig.link.sleep_ms(80_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "SelfTestFailed" })
  expect(rig.board.channels[0].current_A).toBe(0)
  await rig.close()
})
