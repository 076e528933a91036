import { describe, expect, test } from "vitest"
import type { Cell } from "../../sim/cells/cell"
import { FaultyCell } from "../../sim/cells/faultyCell"
import { Resistor } from "../../sim/cells/resistor"
import { logged, protocol, type Rig, start, startRig } from "./harness"

const steady = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }], {
  safety: { max_voltage_V: 1, min_voltage_V: -0.5, max_current_mA: 45, max_temperature_degC: 40 },
  stop: { hard_short: true },
})

/** A cell whose voltage and resistance a test sets. */
class Bench implements Cell {
  charge_C = 0
  offset_V = 0
  resistance_ohm = 50

  voltage_V(current_A: number): number {
    return this.offset_V + current_A * this.resistance_ohm
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}

/** Milliseconds from now until a channel's relay opens: watched where the coil is. */
function opensAfter_ms(rig: Rig, channel: number): number {
  const frontEnd = rig.board.channels[channel]
  const start_ms = rig.board.now_ms
  let opened_ms = Number.POSITIVE_INFINITY
  const setRelay = frontEnd.setRelay.bind(frontEnd)
  frontEnd.setRelay = (closed, at_us) => {
    if (!closed) opened_ms = Math.min(opened_ms, at_us / 1000)
    setRelay(closed, at_us)
  }
  rig.board.advanceBy_ms(3000)
  frontEnd.setRelay = setRelay
  return opened_ms - start_ms
}

/** The tests' phases: where in the control period the fault falls. */
const PHASES_ms = [3, 31, 52, 77, 96]

/** Starts two channels, lets something happen to channel 0, and says how long its relay stayed closed. */
async function suffer(
  seed: number,
  phase_ms: number,
  happen: (rig: Rig, cell: Bench) => void,
): Promise<{ rig: Rig; late_ms: number }> {
  const cells = [new Bench(), new Resistor(50)]
  const rig = await startRig({ seed, cells })
  for (const channel of [0, 1]) await start(rig, channel, 1, steady)
  await rig.link.sleep_ms(80_000)
  rig.board.advanceBy_ms(phase_ms)
  happen(rig, cells[0] as Bench)
  return { rig, late_ms: opensAfter_ms(rig, 0) }
}

const shortedIn = (rig: Rig, cell: Bench) => {
  const { board } = rig
  board.channels[0].attach(new Resistor(2), board.clock.now_us)
  cell.resistance_ohm = 2
}

describe.each<[string, string, (rig: Rig, cell: Bench) => void]>([
  [
    "over-voltage",
    "OverVoltage",
    (_, cell) => {
      cell.offset_V = 0.9
    },
  ],
  [
    "under-voltage",
    "UnderVoltage",
    (_, cell) => {
      cell.offset_V = -0.9
    },
  ],
  [
    "open cell",
    "OpenCell",
    ({ board }) => {
      board.channels[0].attach(undefined, board.clock.now_us)
    },
  ],
  ["hard short", "HardShort", shortedIn],
  [
    "ADC saturated",
    "Saturated",
    (_, cell) => {
      // Between what the converter takes and what the card's own comparator lets pass.
      cell.offset_V = 4.915
    },
  ],
  [
    "chip missing",
    "ChipLost",
    ({ board }) => {
      board.i2c.disconnect(0x40)
    },
  ],
])(
  "%s: the relay opens within 300 ms, the fault has its name, the other channel runs on",
  (_, name, happen) => {
    test.each(PHASES_ms)("%i ms into a period, seed 50", async (phase_ms) => {
      const { rig, late_ms } = await suffer(50, phase_ms, happen)
      expect(late_ms).toBeLessThan(300)
      await rig.link.sleep_ms(3_000)
      expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: name })
      expect((await rig.client.status(1)).state).toBe("Running")
      const { end } = await logged(rig, 0, 1)
      expect(end?.kind).toBe("fault")
      await rig.close()
    })
  },
)

test("over-temperature: both channels, within a second and a period of the sensor's reading, seed 51", async () => {
  const { rig } = await suffer(51, 20, ({ board }) => {
    board.errors.temperature_C = 45
  })
  await rig.link.sleep_ms(3_000)
  for (const channel of [0, 1])
    expect(await rig.client.status(channel)).toMatchObject({
      state: "Fault",
      fault: "OverTemperature",
    })
  await rig.close()
})

test("regulation lost: a DAC's output that is stuck, seed 52", async () => {
  const rig = await startRig({ seed: 52, cells: [new Bench()] })
  await start(rig, 0, 1, steady)
  await rig.link.sleep_ms(20_000)
  expect((await rig.client.status(0)).state).toBe("Running")
  const frontEnd = rig.board.channels[0]
  frontEnd.setCoarse_V(2.2, rig.board.clock.now_us)
  frontEnd.setCoarse_V = () => {}
  const late_ms = opensAfter_ms(rig, 0)
  expect(late_ms).toBeLessThan(300)
  await rig.link.sleep_ms(2_000)
  expect(await rig.client.status(0)).toMatchObject({ state: "Fault", fault: "RegulationLost" })
  await rig.close()
})

test("a safety delay lets a short excursion pass and ends a long one, seed 53", async () => {
  const cell = new Bench()
  const rig = await startRig({ seed: 53, cells: [cell] })
  const method = protocol([{ step: "constant_current", current_mA: 5, until_time_s: 1e6 }], {
    safety: { max_voltage_V: 0.5, min_voltage_V: -0.5, max_current_mA: 45, delay_s: 2 },
  })
  await start(rig, 0, 1, method)
  await rig.link.sleep_ms(20_000)
  cell.offset_V = 0.3
  rig.board.advanceBy_ms(1_500)
  cell.offset_V = 0
  rig.board.advanceBy_ms(5_000)
  expect((await rig.client.status(0)).state).toBe("Running")
  cell.offset_V = 0.3
  const late_ms = opensAfter_ms(rig, 0)
  expect(late_ms).toBeGreaterThan(2_000)
  expect(late_ms).toBeLessThan(2_300)
  await rig.close()
})

test("a cutoff that lies on the safety limit is a cutoff, seed 54", async () => {
  const cell = new FaultyCell(new Resistor(50))
  const rig = await startRig({ seed: 54, cells: [cell] })
  const method = protocol(
    [
      { step: "constant_current", current_mA: 5, until_time_s: 5 },
      { step: "constant_current", current_mA: 25, until_voltage_V: 1 },
      { step: "open_circuit_voltage", until_time_s: 5 },
    ],
    { safety: { max_voltage_V: 1, min_voltage_V: -0.5, max_current_mA: 45 } },
  )
  await start(rig, 0, 1, method)
  await rig.link.sleep_ms(30_000)
  expect((await rig.client.status(0)).state).toBe("Finished")
  await rig.close()
})

test("one reading that leaps is not believed: no cutoff, no fault, no heartbeat for it, seed 55", async () => {
  const cell = new Bench()
  const rig = await startRig({ seed: 55, cells: [cell] })
  await start(rig, 0, 1, steady)
  await rig.link.sleep_ms(30_000)
  for (let i = 0; i < 5; i++) {
    cell.offset_V = 4
    rig.board.advanceBy_ms(60)
    cell.offset_V = 0
    rig.board.advanceBy_ms(2_000)
  }
  expect((await rig.client.status(0)).state).toBe("Running")
  await rig.close()
})
