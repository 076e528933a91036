import { describe, expect, test } from "vitest"
import { drawBoardErrors } from "../sim/analogErrors"
import type { ChannelFrontEnd } from "../sim/analogFrontEnd"
import type { Cell } from "../sim/cells/cell"
import { LithiumSymmetric } from "../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../sim/cells/parameters/Ma2024"
import { Resistor } from "../sim/cells/resistor"
import { Thevenin } from "../sim/cells/thevenin"
import { connect, expectAllClose, MIDDLE_V, pins, setCurrent } from "./analogBench"

/** A voltage source, whatever flows: for what a circuit does to a cell. */
class Source implements Cell {
  charge_C = 0
  largest_A = 0
  constructor(public source_V: number) {}
  voltage_V(): number {
    return this.source_V
  }
  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
    this.largest_A = Math.max(this.largest_A, Math.abs(current_A))
  }
}

/** A card whose over-voltage comparator is missing. */
function withoutTrip(cell: Cell | undefined): ChannelFrontEnd {
  const errors = drawBoardErrors(1, 1, "none")
  Object.assign(errors.channels[0], { trip_V: Number.POSITIVE_INFINITY })
  return connect(cell, errors)
}

describe("an ideal board", () => {
  test("a coarse LSB is 25 µA, a fine one 0.39 µA", () => {
    const channel = connect(new Resistor(100))
    expect(channel.current_A).toBe(0)
    channel.setCoarse_V(MIDDLE_V + 0.001, 1)
    expect(channel.current_A).toBeCloseTo(25e-6, 15)
    channel.setFine_V(MIDDLE_V - 0.001, 2)
    expect(channel.current_A).toBeCloseTo(25e-6 - 0.390625e-6, 15)
  })

  test("the ends of both DACs are ±51.2 and ±0.8 mA", () => {
    const channel = connect(new Resistor(1))
    channel.setCoarse_V(4.096, 0)
    expect(channel.current_A).toBeCloseTo(51.2e-3, 12)
    channel.setCoarse_V(MIDDLE_V, 0)
    channel.setFine_V(0, 0)
    expect(channel.current_A).toBeCloseTo(-0.8e-3, 12)
  })

  test("pins: 0.4 × (cell + shunt), 0.4 × shunt and the shunt, 20 Ω × current", () => {
    const channel = connect(new Resistor(100))
    setCurrent(channel, 0.01, 0)
    expectAllClose(pins(channel, 10), [0.48, 0.08, 0.2, 0])
    setCurrent(channel, -0.01, 10)
    expectAllClose(pins(channel, 20), [-0.48, -0.08, -0.2, 0])
  })

  test("at 5 V and 50 mA no pin is past 2.4 V", () => {
    const channel = connect(new Source(5))
    setCurrent(channel, 0.05, 0)
    expectAllClose(pins(channel, 10), [2.4, 0.4, 1, 0])
  })

  test("a sense wire that is off: its side reads 0.4 % low, and the dummy as before", () => {
    const channel = connect(new Resistor(100))
    setCurrent(channel, 0.01, 0)
    channel.setSenseWires(false, true, 0)
    expectAllClose(pins(channel, 10), [(0.48 * 250) / 251, 0.08, 0.2, 0])
    channel.setSenseWires(true, false, 10)
    expectAllClose(pins(channel, 20), [0.48, (0.08 * 250) / 251, 0.2, 0])
    channel.setSenseWires(false, true, 20)
    channel.setRelay(false, 20)
    expectAllClose(pins(channel, 30), [0.48, 0.08, 0.2, 0])
  })
})

describe("the output stage", () => {
  test.each([
    [0.04, 6.22],
    [0.05, 5.92],
    [-0.04, -2.48],
    [-0.05, -2.18],
  ])("at %f A drives a cell of %f V, and no further one", (current_A, limit_V) => {
    const outward = Math.sign(current_A)
    const inside = withoutTrip(new Source(limit_V - outward * 1e-6))
    setCurrent(inside, current_A, 0)
    expect(inside.current_A).toBeCloseTo(current_A, 12)
    const outside = withoutTrip(new Source(limit_V + outward * 0.1))
    setCurrent(outside, current_A, 0)
    expect(outside.current_A - current_A).toBeCloseTo((-outward * 0.1) / 30, 9)
  })

  test("beyond it, current and voltage agree with the cell and with the limit", () => {
    const cell = new Resistor(200)
    const channel = withoutTrip(cell)
    setCurrent(channel, 0.05, 0)
    const current_A = channel.current_A
    expect(current_A * (200 + 30)).toBeCloseTo(7.42, 8)
    channel.advanceTo(1e6)
    expect(cell.charge_C).toBeCloseTo(current_A, 8)
  })

  test("follows an emptying cell along the limit", () => {
    const cell = new LithiumSymmetric({ ...kneadedLithiumAlN_1, inventory_mAh_per_cm2: 0.1 })
    const channel = connect(cell)
    setCurrent(channel, -0.04, 0)
    channel.advanceTo(60e6)
    expect(channel.cell_V).toBeGreaterThan(-5)
    expect(channel.cell_V).toBeLessThan(-3.5)
    expect(Math.abs(channel.current_A)).toBeLessThan(1e-5)
    expect(-cell.charge_C / (3.6 * 1.539)).toBeCloseTo(0.1, 2)
  })

  test("open holder: no current, and the voltage at a rail", () => {
    const channel = withoutTrip(undefined)
    setCurrent(channel, 0.01, 0)
    expect(channel.current_A).toBe(0)
    expect(channel.cell_V).toBeUndefined()
    expectAllClose(pins(channel, 10), [2.6, 0, 0, 0]) // 8.25 V × 0.4, held by the pin's limit
    setCurrent(channel, -0.01, 10)
    expectAllClose(pins(channel, 20), [0.4 * -4.5, 0, 0, 0])
  })
})

describe("the over-voltage comparator", () => {
  test.each([-0.05, 0, 0.05])(
    "lets the cell go above 5.22 V, whatever the shunt, at %f A",
    (current_A) => {
      for (const [cell_V, isTripped] of [
        [5.22, false],
        [5.23, true],
      ] as const) {
        const cell = new Source(0)
        const channel = connect(cell)
        setCurrent(channel, current_A, 0)
        cell.source_V = cell_V
        channel.advanceTo(1e6)
        const { charge_C } = cell
        channel.advanceTo(2e6)
        const passed_C = Math.abs(cell.charge_C - charge_C)
        expect(passed_C).toBeCloseTo(isTripped ? 0 : Math.abs(current_A), 9)
      }
    },
  )

  test("stays tripped, holds AIN0 down, and leaves the current to the dummy until the relay is let go", () => {
    const cell = new Source(1)
    const channel = connect(cell)
    setCurrent(channel, 0.01, 0)
    cell.source_V = 6
    channel.advanceTo(1e6)
    cell.source_V = 1
    expectAllClose(pins(channel, 2e6), [-2.2, 0.08, 0.2, 0])
    expect(channel.current_A).toBe(0)
    expect(channel.shuntCurrent_A).toBeCloseTo(0.01, 12)
    channel.setRelay(false, 2e6)
    expectAllClose(pins(channel, 3e6), [0.48, 0.08, 0.2, 0])
    channel.setRelay(true, 3e6)
    expect(channel.current_A).toBeCloseTo(0.01, 12)
  })

  test("trips at an open holder that winds the loop up, not down", () => {
    const channel = connect(undefined)
    setCurrent(channel, -0.01, 0)
    expectAllClose(pins(channel, 10), [-1.8, 0, 0, 0])
    setCurrent(channel, 0.01, 10)
    expectAllClose(pins(channel, 20), [-2.2, 0.08, 0.2, 0])
  })

  test("does not see the dummy", () => {
    const channel = connect(new Source(1))
    channel.setRelay(false, 0)
    setCurrent(channel, 0.055, 0)
    channel.advanceTo(1e6)
    expect(channel.shuntCurrent_A).toBeCloseTo(0.055, 12)
    expect(pins(channel, 2e6)[0]).toBeGreaterThan(2.5)
  })
})

describe("relay and power", () => {
  test("relay open: the dummy carries the current, the cell is untouched", () => {
    const cell = new Source(4.2)
    const channel = connect(cell)
    channel.setRelay(false, 0)
    const before_C = cell.charge_C
    setCurrent(channel, 0.02, 10)
    expectAllClose(pins(channel, 20), [0.96, 0.16, 0.4, 0])
    channel.advanceTo(3600e6)
    expect(channel.current_A).toBe(0)
    expect(channel.shuntCurrent_A).toBeCloseTo(0.02, 12)
    expect(cell.charge_C).toBe(before_C)
  })

  test("at −40 mA the dummy's −4 V is more than the output stage reaches", () => {
    const channel = connect(undefined)
    channel.setRelay(false, 0)
    setCurrent(channel, -0.04, 0)
    expect(channel.shuntCurrent_A).toBeCloseTo(-3.68 / 130, 9)
  })

  test.each([
    [5, -0.84, 153],
    [4.2, -0.7, 124],
    [0.05, -0.01, 0.2],
    [-0.5, 0.08, 2],
    [0, 0, 0],
  ])("closing at 0 A onto %f V passes %f nAh, at %f mA", (cell_V, charge_nAh, peak_mA) => {
    const cell = new Source(cell_V)
    connect(cell)
    expect(cell.charge_C / 3600e-9).toBeCloseTo(charge_nAh, 1.8)
    expect(Math.abs(cell.largest_A) * 1e3).toBeCloseTo(peak_mA, -0.5)
  })

  test("without power: no current, relay open, and it stays open", () => {
    const cell = new Thevenin(
      {
        capacity_Ah: 0.005,
        openCircuit: [
          [0, 3],
          [1, 4],
        ],
        seriesResistance_ohm: 5,
        relaxingResistance_ohm: 3,
        relaxation_s: 20,
      },
      0.5,
    )
    const channel = connect(cell)
    setCurrent(channel, 0.005, 0)
    channel.setPowered(false, 100e6)
    const charge_C = cell.charge_C
    const loaded_V = channel.cell_V
    channel.setRelay(true, 101e6)
    channel.advanceTo(300e6)
    channel.setPowered(true, 300e6)
    expect(channel.current_A).toBe(0)
    expect(cell.charge_C).toBe(charge_C)
    expect(channel.cell_V).toBeLessThan((loaded_V ?? 0) - 0.014) // it has relaxed meanwhile
  })

  test("a cell may be put in and taken out", () => {
    const channel = connect(undefined)
    setCurrent(channel, 0.01, 0)
    const cell = new Resistor(10)
    channel.attach(cell, 1e6)
    expect(channel.cell_V).toBeCloseTo(0.1, 12)
    channel.attach(undefined, 3e6)
    channel.advanceTo(9e6)
    expect(cell.charge_C).toBeCloseTo(0.02, 12)
  })
})

describe("sampling", () => {
  test("a sample due before a change sees the circuit before it", () => {
    const channel = connect(new Resistor(100))
    setCurrent(channel, 0.01, 0)
    let shunt_V = Number.NaN
    channel.sampleAt(50, (pins_V) => {
      shunt_V = pins_V[2]
    })
    setCurrent(channel, 0.02, 100)
    expect(shunt_V).toBeCloseTo(0.2, 12)
    expect(pins(channel, 101)[2]).toBeCloseTo(0.4, 12)
  })

  test("a latch may ask for the next; each stops the cell exactly there", () => {
    const cell = new Source(1)
    const channel = connect(cell)
    const connect_C = cell.charge_C
    setCurrent(channel, 0.01, 0)
    const charges_C: number[] = []
    const latch = () => {
      charges_C.push(cell.charge_C - connect_C)
      if (charges_C.length < 3) channel.sampleAt(charges_C.length * 1e6 + 500e3, latch)
    }
    channel.sampleAt(500e3, latch)
    channel.advanceTo(10e6)
    expectAllClose(charges_C, [0.005, 0.015, 0.025])
    expect(cell.charge_C - connect_C).toBeCloseTo(0.1, 12)
  })

  test("a new request replaces the old one", () => {
    const channel = connect(new Resistor(1))
    const seen: string[] = []
    channel.sampleAt(5, () => seen.push("old"))
    channel.sampleAt(7, () => seen.push("new"))
    channel.advanceTo(10)
    expect(seen).toEqual(["new"])
  })
})
