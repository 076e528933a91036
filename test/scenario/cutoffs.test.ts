import { describe, expect, test } from "vitest"
import type { Cell } from "../../sim/cells/cell"
import { Resistor } from "../../sim/cells/resistor"
import { finish, logged, protocol, start, startRig } from "./harness"

/** A cell whose voltage rises with the charge that it takes: at 10 mA by `slope_V_per_s`. */
class Ramp implements Cell {
  charge_C = 0

  constructor(
    private readonly slope_V_per_s: number,
    private readonly start_V = 0,
  ) {}

  voltage_V(): number {
    return this.start_V + (this.charge_C / 0.01) * this.slope_V_per_s
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}

/** Where in a control period the voltage crosses, as parts of a second after the step began. */
const PHASES_s = [1.2, 1.22, 1.24, 1.26, 1.28]

describe.each([0.001, 0.01, 0.1, 1])("a voltage that moves at %f V/s, seed 7", (slope) => {
  test.each([1, -1])(
    "cuts off within 150 ms or 1 mV of crossing, current sign %i",
    async (sign) => {
      for (const phase_s of PHASES_s) {
        const cutoff_V = sign * 0.9
        const cell = new Ramp(slope, cutoff_V - sign * slope * phase_s)
        const rig = await startRig({ seed: 7, cells: [cell], errors: "none" })
        await start(
          rig,
          0,
          1,
          protocol([
            { step: "constant_current", current_mA: sign * 10, until_voltage_V: cutoff_V },
          ]),
        )
        // The witness: one virtual millisecond at a time, when it crosses and when the current stops.
        let crossed_ms = Number.POSITIVE_INFINITY
        let stopped_ms = Number.POSITIVE_INFINITY
        for (let i = 0; i < 20_000 && stopped_ms === Number.POSITIVE_INFINITY; i++) {
          rig.board.advanceBy_ms(1)
          const { now_ms } = rig.board
          const isBeyond = sign * (cell.voltage_V() - cutoff_V) >= 0
          if (isBeyond) crossed_ms = Math.min(crossed_ms, now_ms)
          if (isBeyond && rig.board.channels[0].current_A === 0) stopped_ms = now_ms
        }
        expect(stopped_ms).toBeLessThan(Number.POSITIVE_INFINITY)
        const late_ms = stopped_ms - crossed_ms
        const beyond_V = sign * (cell.voltage_V() - cutoff_V)
        expect(late_ms <= 150 || beyond_V <= 0.001, `${late_ms} ms, ${beyond_V} V late`).toBe(true)
        await rig.close()
      }
    },
  )
})

test("four channels run four programs at once: time, charge, 0 V and nested loops, seed 8", async () => {
  const cells = [new Resistor(10), new Resistor(10), new Ramp(0.01, -0.2), new Resistor(10)]
  const rig = await startRig({ seed: 8, cells, errors: "none" })
  const pulse = (current_mA: number, until_time_s: number) =>
    ({ step: "constant_current", current_mA, until_time_s }) as const
  await start(
    rig,
    0,
    1,
    protocol([pulse(5, 30), { step: "open_circuit_voltage", until_time_s: 12 }]),
  )
  await start(
    rig,
    1,
    1,
    protocol([{ step: "constant_current", current_mA: -36, until_capacity_mAh: 0.5 }]),
  )
  await start(
    rig,
    2,
    1,
    protocol([{ step: "constant_current", current_mA: 10, until_voltage_V: 0 }]),
  )
  await start(
    rig,
    3,
    1,
    protocol([
      { step: "tag", tag: "cycle" },
      { step: "tag", tag: "pulse" },
      pulse(1, 2),
      pulse(-1, 2),
      { step: "loop", loop_to: "pulse", cycle_count: 3 },
      { step: "open_circuit_voltage", until_time_s: 1 },
      { step: "loop", loop_to: "cycle", cycle_count: 2 },
    ]),
  )
  await finish(rig, 300)

  const lasts = async (channel: number) =>
    (await logged(rig, channel, 1)).samples.filter((one) => one.isLast)
  const [cc, rest] = await lasts(0)
  expect(cc.time_s).toBeCloseTo(30, 1)
  expect(rest.time_s - cc.time_s).toBeCloseTo(12, 1)
  expect(rest.stepType).toBe("rest")
  expect(Math.abs(rest.current_A)).toBeLessThan(2e-6)
  const [discharge] = await lasts(1)
  // Half a control period of 36 mA is 0.5 µAh.
  expect(Math.abs(discharge.stepCharge_Ah + 0.5e-3)).toBeLessThan(0.6e-6)
  expect(Math.abs((cells[1] as Resistor).charge_C / 3.6 + 0.5)).toBeLessThan(0.001)
  const [zero] = await lasts(2)
  expect(Math.abs(zero.voltage_V)).toBeLessThan(0.002)
  const pulses = await lasts(3)
  expect(pulses).toHaveLength(14)
  expect(pulses.map((one) => one.cycle)).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
  expect(pulses.map((one) => one.stepCount)).toEqual([...pulses.keys()].map((i) => i + 1))
  await rig.close()
})
