import { expect, test } from "vitest"
import type { Sample } from "../../host/sample"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import * as Ding2022 from "../../sim/cells/parameters/Ding2022"
import { bareLithium_1 } from "../../sim/cells/parameters/Ma2024"
import { Resistor } from "../../sim/cells/resistor"
import { Thevenin } from "../../sim/cells/thevenin"
import { finish, logged, protocol, type Rig, start, startRig } from "./harness"

const mV = (volts: number) => Math.abs(volts) * 1e3

/** The true voltage of channel 0's cell, looked at every period between two times. */
function watch(rig: Rig, from_ms: number, to_ms: number, look: (voltage_V: number) => void): void {
  const start_ms = rig.board.now_ms
  for (let at = from_ms; at < to_ms; at += 100) {
    rig.board.runUntil_ms(start_ms + at)
    look(rig.board.channels[0].cell_V ?? Number.NaN)
  }
}

const ofStep = (samples: Sample[], index: number) => samples.filter((s) => s.stepIndex === index)

test("constant current, then constant voltage, in one step: 4.3 V held within 0.5 mV to C/20, seed 41", async () => {
  const cell = new Thevenin(Ding2022.ncm811, 0.9)
  const capacity_mAh = Ding2022.ncm811.capacity_Ah * 1e3
  const rig = await startRig({ seed: 41, cells: [cell], calibrated: [0] })
  const method = [
    {
      step: "constant_current_constant_voltage",
      rate_C: 0.5,
      voltage_V: 4.3,
      until_rate_C: "C/20",
    },
    { step: "open_circuit_voltage", until_time_s: 60 },
  ] as const
  await start(rig, 0, 2, protocol([...method]), { capacity_mAh })
  let held = 0
  let worst_mV = 0
  const frontEnd = rig.board.channels[0]
  const charging_A = (0.5 * capacity_mAh) / 1e3
  watch(rig, 0, 7_200_000, (voltage_V) => {
    // Settled: half a minute after the current began to fall.
    const isHolding = frontEnd.current_A > 1e-6 && frontEnd.current_A < charging_A * 0.99
    held = isHolding ? held + 1 : 0
    if (held > 300) worst_mV = Math.max(worst_mV, mV(voltage_V - 4.3))
  })
  await finish(rig, 3600)
  const { samples } = await logged(rig, 0, 2)
  const charge = ofStep(samples, 0)
  expect(worst_mV).toBeGreaterThan(0)
  expect(worst_mV).toBeLessThan(0.5)
  const last = charge.at(-1) as Sample
  expect(last.isLast).toBe(true)
  expect(last.current_A * 1e3).toBeGreaterThan(0.049 * capacity_mAh)
  expect(last.current_A * 1e3).toBeLessThan(0.0501 * capacity_mAh)
  expect(Math.max(...charge.map((s) => s.current_A))).toBeLessThan(charging_A * 1.005)
  expect(Math.max(...charge.map((s) => s.voltage_V))).toBeLessThan(4.301)
  // Closing the relay passes 0.5 nAh at most, once.
  const connect_C = 3e-3
  expect(Math.abs(last.stepCharge_Ah * 3600 - cell.charge_C)).toBeLessThan(connect_C)
  await rig.close()
})

test("a hold at 4.3 V from open circuit is reached without overshoot and held within 0.5 mV, seed 42", async () => {
  const cell = new Thevenin(Ding2022.ncm811, 0.85)
  const capacity_mAh = Ding2022.ncm811.capacity_Ah * 1e3
  const rig = await startRig({ seed: 42, cells: [cell], calibrated: [0] })
  const method = [{ step: "constant_voltage", voltage_V: 4.3, until_rate_C: "C/20" }] as const
  await start(rig, 0, 2, protocol([...method]), { capacity_mAh })
  let highest_V = 0
  let worst_mV = 0
  let flows = 0
  const frontEnd = rig.board.channels[0]
  watch(rig, 0, 3_600_000, (voltage_V) => {
    if (frontEnd.current_A < 1e-5) return
    flows++
    highest_V = Math.max(highest_V, voltage_V)
    // Settled: two minutes after the first current.
    if (flows > 1200) worst_mV = Math.max(worst_mV, mV(voltage_V - 4.3))
  })
  await finish(rig, 7200)
  const { samples } = await logged(rig, 0, 2)
  expect(highest_V).toBeLessThan(4.31)
  expect(flows).toBeGreaterThan(2000)
  expect(worst_mV).toBeLessThan(0.5)
  const last = samples.at(-1) as Sample
  expect(last.current_A * 1e3).toBeLessThan(0.0501 * capacity_mAh)
  await rig.close()
})

test("linear sweep at 0.1 mV/s from -0.2 to 0.2 V holds its set-point within 0.5 mV and shows the cell's curve, seed 43", async () => {
  const cell = new LithiumSymmetric(bareLithium_1)
  const rig = await startRig({ seed: 43, cells: [cell], calibrated: [0] })
  const method = [
    {
      step: "voltage_scan",
      start_voltage_V: -0.2,
      end_voltage_V: 0.2,
      scan_rate_mV_per_s: 0.1,
    },
  ] as const
  await start(rig, 0, 2, protocol([...method]))
  await finish(rig, 6000)
  const { samples } = await logged(rig, 0, 2)
  // The scan sets out once the cell is at its beginning: 4000 s before the end.
  const end_s = (samples.at(-1) as Sample).time_s
  const scan = samples.filter((s) => s.time_s > end_s - 3990)
  // At 0 V this cell passes a microampere for 1.5 mV: there a step of the DAC, 0.39 µA, moves it by 0.6 mV.
  const isAtZero = (s: Sample) => Math.abs(s.current_A) < 20e-6
  let worst_mV = 0
  let worstAtZero_mV = 0
  for (const s of scan) {
    const off_mV = mV(s.voltage_V - 0.2 + 1e-4 * (end_s - s.time_s))
    if (isAtZero(s)) worstAtZero_mV = Math.max(worstAtZero_mV, off_mV)
    else worst_mV = Math.max(worst_mV, off_mV)
  }
  expect(worst_mV).toBeLessThan(0.5)
  expect(worstAtZero_mV).toBeLessThan(2)
  expect(scan.length).toBeGreaterThan(400)
  expect(Math.sign(scan[0].current_A)).toBe(-1)
  expect(Math.sign((scan.at(-1) as Sample).current_A)).toBe(1)
  await rig.close()
})

test("cyclic voltammetry: scans in a loop turn where they should, seed 44", async () => {
  const rig = await startRig({ seed: 44, cells: [new Resistor(100)], calibrated: [0] })
  const scan = (from: number, to: number) =>
    ({
      step: "voltage_scan",
      start_voltage_V: from,
      end_voltage_V: to,
      scan_rate_mV_per_s: 5,
    }) as const
  await start(
    rig,
    0,
    2,
    protocol([scan(-0.1, 0.1), scan(0.1, -0.1), { step: "loop", loop_to: 1, cycle_count: 3 }]),
  )
  await finish(rig, 600)
  const { samples, end } = await logged(rig, 0, 2)
  expect(end?.kind).toBe("finished")
  expect(samples.at(-1)?.cycle).toBe(3)
  for (let count = 1; count <= 6; count++) {
    const one = samples.filter((s) => s.stepCount === count)
    const last = one.at(-1) as Sample
    expect(mV(last.voltage_V - (count % 2 === 1 ? 0.1 : -0.1))).toBeLessThan(1)
    expect(mV(last.voltage_V - last.current_A * 100)).toBeLessThan(0.1)
  }
  await rig.close()
})

test("a pulse gives the cell's resistance, every reading recorded, seed 45", async () => {
  const rig = await startRig({ seed: 45, cells: [new Resistor(47)], calibrated: [0] })
  const method = [
    { step: "open_circuit_voltage", until_time_s: 5 },
    { step: "pulse", current_mA: 5, until_time_s: 3 },
    { step: "open_circuit_voltage", until_time_s: 5 },
  ] as const
  await start(rig, 0, 2, protocol([...method]))
  await finish(rig, 60)
  const { samples } = await logged(rig, 0, 2)
  const before = ofStep(samples, 0).at(-1) as Sample
  const pulse = ofStep(samples, 1)
  expect(pulse.length).toBe(30 + 0)
  for (const s of pulse) {
    expect(s.stepType).toBe("pulse")
    const ohm = (s.voltage_V - before.voltage_V) / (s.current_A - before.current_A)
    expect(ohm).toBeCloseTo(47, 1)
  }
  await rig.close()
})

test("nested loops, tags, jumps on a cycle and gotos run as written, seed 46", async () => {
  const rig = await startRig({ seed: 46, cells: [new Resistor(50)] })
  const current = (current_mA: number, until_time_s: number) =>
    ({ step: "constant_current", current_mA, until_time_s }) as const
  await start(
    rig,
    0,
    1,
    protocol([
      { step: "tag", tag: "outer" },
      current(1, 1),
      { step: "tag", tag: "inner" },
      current(-1, 1),
      current(2, 1),
      { step: "loop", loop_to: "inner", cycle_count: 2 },
      { step: "jump", until: [{ cycle: 3, goto: "last" }] },
      { step: "loop", loop_to: "outer", cycle_count: 100 },
      { step: "tag", tag: "last" },
      {
        step: "constant_current",
        current_mA: 3,
        // 0.15 V: both must hold.
        until: [{ voltage_above_V: 0.1, time_s: 2, goto: "end" }],
      },
      current(4, 1),
    ]),
  )
  await finish(rig, 120)
  const { samples, end } = await logged(rig, 0, 1)
  const steps = samples.filter((s) => s.isLast).map((s) => Math.round(s.current_A * 1e3))
  const pass = [1, -1, 2, -1, 2]
  expect(steps).toEqual([...pass, ...pass, ...pass, 3])
  expect(end?.kind).toBe("finished")
  expect(samples.at(-1)?.cycle).toBe(3)
  const last = samples.filter((s) => s.stepCount === 16)
  expect((last.at(-1) as Sample).time_s - last[0].time_s).toBeCloseTo(1.9, 1)
  await rig.close()
})
