import { afterEach, expect, test } from "vitest"
import type { Cell } from "../../sim/cells/cell"
import { Resistor } from "../../sim/cells/resistor"
import { logged, protocol, type Rig, start, startRig } from "./harness"

/** A voltage behind 5 Ω, which a test sets. */
class Source implements Cell {
  charge_C = 0

  constructor(public openCircuit_V: number) {}

  voltage_V(current_A: number): number {
    return this.openCircuit_V + 5 * current_A
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}

const full = (current_mA: number) => {
  const flow = { step: "constant_current", current_mA, until_time_s: 1e5 } as const
  const rest = { step: "open_circuit_voltage", until_time_s: 1e5 } as const
  return protocol([current_mA === 0 ? rest : flow], {
    record: { time_s: 0.1 },
    safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 45 },
  })
}
const symmetric = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e5 }])
/** The period in which the comparator acts; what an uncalibrated channel counts wrong in 40 s; the relay's closing. */
const OFF_s = 0.12 + 0.004 * 40
const CLOSING_C = 1e-5

let rig: Rig | undefined
afterEach(() => rig?.close())

test.each<
  [what: string, from_V: number, to_V: number | undefined, current_mA: number, fault: string]
>([
  ["a cell of 4.9 V that goes over 5.36 V", 4.85, 5.5, 20, "OverVoltage"],
  ["the same while it is discharged", 4.95, 5.9, -20, "OverVoltage"],
  ["the same at rest", 4.9, 5.5, 0, "OverVoltage"],
  ["a cell of 3.7 V whose lead comes off", 3.7, undefined, 20, "OpenCell"],
  ["a symmetric cell whose lead comes off", 0, undefined, 5, "OpenCell"],
])(
  "%s: its card lets it go, the fault has its name, nothing is recorded of the dummy, seed 56",
  async (_, from_V, to_V, current_mA, fault) => {
    const cell = new Source(from_V)
    rig = await startRig({ seed: 56, cells: [cell, new Resistor(50)] })
    const { board } = rig
    await start(rig, 0, 1, full(current_mA))
    await start(rig, 1, 1, symmetric)
    await rig.link.sleep_ms(40_000)
    expect((await rig.client.status(0)).state).toBe("Running")
    if (to_V === undefined) board.channels[0].attach(undefined, board.clock.now_us)
    else cell.openCircuit_V = to_V
    board.advanceBy_ms(5)
    const { charge_C } = cell
    // The card has acted before the firmware has read anything; the dummy carries the current.
    expect(board.channels[0].current_A).toBe(0)
    if (current_mA !== 0) expect(board.channels[0].shuntCurrent_A).toBeCloseTo(current_mA / 1e3, 4)
    await rig.link.sleep_ms(2_000)
    expect(cell.charge_C).toBe(charge_C)
    const status = await rig.client.status(0)
    expect(status).toMatchObject({ state: "Fault", fault, waitsForPerson: true })
    expect((await rig.client.status(1)).state).toBe("Running")
    const { samples, end } = await logged(rig, 0, 1)
    expect(end).toMatchObject({ kind: "fault" })
    for (const { voltage_V } of samples)
      expect(Math.abs(voltage_V - from_V - 5e-3 * current_mA)).toBeLessThan(0.05)
    const off_C = Math.abs(3600 * status.stepCharge_Ah - charge_C)
    expect(off_C).toBeLessThan((OFF_s * Math.abs(current_mA)) / 1e3 + CLOSING_C)
  },
)

test("a sense wire that comes off: 0.4 % low, and not noticed, seed 57", async () => {
  const cell = new Source(3.7)
  rig = await startRig({ seed: 57, cells: [cell], calibrated: [0] })
  const { board, link, client } = rig
  await start(rig, 0, 2, full(20))
  await link.sleep_ms(40_000)
  board.channels[0].setSenseWires(false, true, board.clock.now_us)
  await link.sleep_ms(2_000)
  const status = await client.status(0)
  expect(status.state).toBe("Running")
  expect(status.voltage_V / 3.8 - 1).toBeCloseTo(-1 / 251, 3)
})
