import { describe, expect, test } from "vitest"
import { halfCycles } from "../../host/analysis/halfCycles"
import type { Protocol } from "../../host/protocol/schema"
import type { Cell } from "../../sim/cells/cell"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import * as Ding2022 from "../../sim/cells/parameters/Ding2022"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { Resistor } from "../../sim/cells/resistor"
import { Thevenin } from "../../sim/cells/thevenin"
import { finish, logged, protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

const CURRENT_mA = 5
const cycling = (resume: Protocol["resume"]): Protocol =>
  protocol(
    [
      { step: "open_circuit_voltage", until_time_s: 5 },
      { step: "tag", tag: "cycle" },
      { step: "constant_current", current_mA: CURRENT_mA, until_time_s: 40 },
      { step: "constant_current", current_mA: -CURRENT_mA, until_time_s: 40 },
      { step: "loop", loop_to: "cycle", cycle_count: 3 },
    ],
    { resume },
  )

/** Cuts the power, or resets the microcontroller alone, and says when the current flows again. */
function interrupt(rig: Rig, kind: "power" | "reset", pause_ms: number): number {
  const { board } = rig
  if (kind === "power") {
    board.powerOff()
    board.advanceBy_ms(pause_ms)
    board.powerOn()
  } else board.resetMcu()
  const start_ms = board.now_ms
  // A reset alone leaves the relay closed until its heartbeat is missed.
  board.advanceBy_ms(700)
  while (Math.abs(board.channels[0].current_A) < (CURRENT_mA / 1e3) * 0.99) {
    board.advanceBy_ms(10)
    if (board.now_ms - start_ms > 20_000) return Number.POSITIVE_INFINITY
  }
  return board.now_ms - start_ms
}

describe.each(["power", "reset"] as const)("after a %s interruption, policy continue", (kind) => {
  test.each([3.3, 17.77, 44.4, 45.02, 61.6])("%f s into the test, seed 61", async (at_s) => {
    const cell = new Resistor(50)
    const rig = await startRig({ seed: 61, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, cycling("continue"))
    const { board } = rig
    while ((await rig.client.status(0)).state !== "Running") await rig.link.sleep_ms(100)
    board.advanceBy_ms(at_s * 1000)
    const isResting =
      board.channels[0].current_A === 0 || Math.abs(board.channels[0].current_A) < 1e-4
    const back_ms = interrupt(rig, kind, 3_600_000)
    if (!isResting) expect(back_ms).toBeLessThan(5_000)
    await finish(rig, 600)
    const { samples, end, gaps } = await logged(rig, 0, 2)
    expect(end?.kind).toBe("finished")
    expect(gaps.map((gap) => gap.kind)).toEqual(["restart"])
    // The steps are those of the program, each once, and time never went back.
    expect(samples.filter((s) => s.isLast).map((s) => s.stepIndex)).toEqual([0, 1, 2, 1, 2, 1, 2])
    for (let i = 1; i < samples.length; i++)
      expect(samples[i].time_s).toBeGreaterThanOrEqual(samples[i - 1].time_s)
    // Charge: what the board counted, against what passed through the cell.
    let counted_C = 0
    for (const s of samples) if (s.isLast) counted_C += s.stepCharge_Ah * 3600
    const uncounted_C = (gaps[0].restart?.uncertain_Ah ?? Number.NaN) * 3600
    expect(uncounted_C).toBeLessThanOrEqual((CURRENT_mA / 1e3) * 1.0 + 1e-6)
    expect(Math.abs(cell.charge_C - counted_C)).toBeLessThanOrEqual(uncounted_C + 2e-4)
    await rig.close()
  })
})

test("policy ask: the board rests and waits; the host's word makes it go on, seed 62", async () => {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: 62, cells: [cell] })
  await start(rig, 0, 1, cycling("ask"))
  await rig.link.sleep_ms(30_000)
  rig.board.powerOff()
  rig.board.advanceBy_ms(60_000)
  rig.board.powerOn()
  const charge_C = cell.charge_C
  await rig.link.sleep_ms(20_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Paused", pause: "Restart" })
  expect(cell.charge_C).toBe(charge_C)
  await rig.client.resume(0)
  await finish(rig, 600)
  const { end, gaps } = await logged(rig, 0, 1)
  expect(end?.kind).toBe("finished")
  // Told at the start, and once more when the cell was looked at: the charge of the first is not forgotten.
  expect(gaps).toHaveLength(1)
  expect(gaps[0].restart?.uncertain_Ah).toBeCloseTo(CURRENT_mA / 3.6e6, 8)
  expect(gaps[0].restart?.openCircuit_V).toBeCloseTo(0, 3)
  await rig.close()
})

test("policy stop: the test is over, and the log says why, seed 63", async () => {
  const rig = await startRig({ seed: 63, cells: [new Resistor(50)] })
  await start(rig, 0, 1, cycling("stop"))
  await rig.link.sleep_ms(30_000)
  rig.board.powerOff()
  rig.board.powerOn()
  await rig.link.sleep_ms(5_000)
  expect((await rig.client.status(0)).state).toBe("Finished")
  expect((await logged(rig, 0, 1)).end).toMatchObject({ kind: "stopped" })
  await rig.close()
})

describe("what flowed behind the last record is in the log, though no record follows", () => {
  // A record a minute: the half-cycle has its first alone when it is cut.
  const sparse = (resume: Protocol["resume"]) =>
    protocol([{ step: "constant_current", current_mA: CURRENT_mA, until_time_s: 3600 }], {
      resume,
      record: { time_s: 60 },
    })

  test.each([
    ["stop", "power", 66],
    ["stop", "reset", 67],
    ["ask", "power", 68],
    ["ask", "reset", 69],
  ] as const)("policy %s, %s, seed %i", async (resume, kind, seed) => {
    const cell = new Resistor(50)
    const rig = await startRig({ seed, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, sparse(resume))
    await running(rig, 0, 40)
    if (kind === "power") {
      rig.board.powerOff()
      rig.board.powerOn()
    } else rig.board.resetMcu()
    await rig.link.sleep_ms(5_000)
    if (resume === "ask") await rig.client.stop(0)
    const { records, samples, gaps } = await logged(rig, 0, 2)
    const last_C = (samples.at(-1)?.stepCharge_Ah ?? 0) * 3600
    const [{ charge_Ah, energy_Wh }] = halfCycles(records)
    const uncertain_C = (gaps[0].restart?.uncertain_Ah ?? 0) * 3600
    expect(uncertain_C).toBeLessThanOrEqual((CURRENT_mA / 1e3) * 1 + 1e-6)
    // More than 30 s of it no record tells.
    expect(cell.charge_C - last_C).toBeGreaterThan((CURRENT_mA / 1e3) * 30)
    expect(Math.abs(cell.charge_C - charge_Ah * 3600)).toBeLessThanOrEqual(uncertain_C + 2e-4)
    // Of what flows after a reset, only the charge is known: its energy is that at rest.
    const whole_Wh = charge_Ah * (CURRENT_mA / 1e3) * 50
    expect(energy_Wh).toBeLessThan(1.001 * whole_Wh)
    expect(energy_Wh).toBeGreaterThan((kind === "power" ? 0.999 : 0.97) * whole_Wh)
    await rig.close()
  })
})

test("another cell in the holder is found out by its open-circuit voltage, and not driven, seed 64", async () => {
  const charged: Cell = new Thevenin(Ding2022.ncm811, 0.8)
  const rig = await startRig({ seed: 64, cells: [charged] })
  await start(
    rig,
    0,
    1,
    protocol([{ step: "constant_current", current_mA: 0.5, until_time_s: 3600 }], {
      resume: "continue",
    }),
  )
  await rig.link.sleep_ms(60_000)
  rig.board.powerOff()
  const other = new Resistor(100)
  rig.board.channels[0].attach(other, rig.board.clock.now_us)
  rig.board.powerOn()
  await rig.link.sleep_ms(20_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "CellChanged" })
  expect(Math.abs(other.charge_C)).toBeLessThan(1e-4)
  await rig.close()
})

test("copper that lithium has covered since its first current is the same cell, seed 82", async () => {
  const cell = new LithiumCopper(copper_985, "copper")
  const rig = await startRig({ seed: 82, cells: [cell] })
  const plating = { step: "constant_current", current_mA: -1.5, until_time_s: 600 } as const
  const rest = { step: "open_circuit_voltage", until_time_s: 20 } as const
  await start(rig, 0, 1, protocol([rest, plating], { resume: "continue" }))
  await running(rig, 0, 60)
  const before_V = (await logged(rig, 0, 1)).samples[0].voltage_V
  expect(before_V).toBeGreaterThan(0.5)
  rig.board.powerOff()
  rig.board.powerOn()
  await finish(rig, 900)
  const { end, gaps } = await logged(rig, 0, 1)
  expect(end?.kind).toBe("finished")
  expect(gaps[0].restart?.openCircuit_V).toBeCloseTo(0, 1)
  await rig.close()
})

test("ten resets in a row, at any instant: the test ends as if nothing had been, seed 65", async () => {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: 65, cells: [cell] })
  await start(rig, 0, 1, cycling("continue"))
  await rig.link.sleep_ms(20_000)
  for (let i = 0; i < 10; i++) {
    rig.board.resetMcu()
    rig.board.advanceBy_ms(137 + 911 * i)
  }
  await finish(rig, 1200)
  const { samples, end } = await logged(rig, 0, 1)
  expect(end?.kind).toBe("finished")
  expect(samples.filter((s) => s.isLast).map((s) => s.stepIndex)).toEqual([0, 1, 2, 1, 2, 1, 2])
  await rig.close()
})

test.each([200, 900, 2500, 2650])(
  "a second reset %i ms after the first: no charge beyond the log's bound is missed, or too much, seed 68",
  async (later_ms) => {
    const cell = new Resistor(50)
    const rig = await startRig({ seed: 68, cells: [cell], calibrated: [0] })
    const step = { step: "constant_current", current_mA: CURRENT_mA, until_time_s: 60 } as const
    await start(rig, 0, 2, protocol([step], { resume: "continue" }))
    await running(rig, 0, 20)
    rig.board.resetMcu()
    rig.board.advanceBy_ms(later_ms)
    rig.board.resetMcu()
    rig.board.advanceBy_ms(5_000)
    await finish(rig, 200)
    const { samples, gaps } = await logged(rig, 0, 2)
    const counted_C = (samples.at(-1)?.stepCharge_Ah ?? 0) * 3600
    const uncertain_C = gaps.reduce((sum, gap) => sum + (gap.restart?.uncertain_Ah ?? 0) * 3600, 0)
    expect(uncertain_C).toBeLessThanOrEqual((CURRENT_mA / 1e3) * 1 + 1e-6)
    expect(Math.abs(cell.charge_C - counted_C)).toBeLessThanOrEqual(uncertain_C + 2e-4)
    await rig.close()
  },
)

test("a fault stays latched over a power cut, and waits for a person, seed 66", async () => {
  const rig = await startRig({ seed: 66, cells: [new Resistor(50)] })
  await start(rig, 0, 1, cycling("continue"))
  await rig.link.sleep_ms(20_000)
  rig.board.channels[0].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(2_000)
  rig.board.powerOff()
  rig.board.channels[0].attach(rig.board.cells[0], rig.board.clock.now_us)
  rig.board.powerOn()
  await rig.link.sleep_ms(10_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "OpenCell" })
  expect(rig.board.channels[0].current_A).toBe(0)
  await rig.client.resume(0)
  await finish(rig, 600)
  expect((await logged(rig, 0, 1)).end?.kind).toBe("finished")
  await rig.close()
})

test("pause and resume: no time, no charge is lost, seed 67", async () => {
  const cell = new Resistor(50)
  const rig = await startRig({ seed: 67, cells: [cell], calibrated: [0] })
  await start(rig, 0, 2, cycling("ask"))
  await rig.link.sleep_ms(30_000)
  await rig.client.pause(0)
  await rig.link.sleep_ms(1_000)
  const charge_C = cell.charge_C
  await rig.link.sleep_ms(100_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Paused", pause: "Host" })
  expect(cell.charge_C).toBe(charge_C)
  await rig.client.resume(0)
  await finish(rig, 600)
  const { samples } = await logged(rig, 0, 2)
  let counted_C = 0
  for (const s of samples) if (s.isLast) counted_C += s.stepCharge_Ah * 3600
  expect(Math.abs(cell.charge_C - counted_C)).toBeLessThan(2e-4)
  const last = samples.filter((s) => s.isLast)
  for (const [i, s] of last.entries())
    if (i > 0) expect(s.time_s - last[i - 1].time_s).toBeCloseTo(40, 0)
  await rig.close()
})
