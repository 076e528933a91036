import { describe, expect, test } from "vitest"
import type { Cell } from "../sim/cells/cell"
import { LithiumSymmetric } from "../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../sim/cells/parameters/Ma2024"
import { Resistor } from "../sim/cells/resistor"
import { Thevenin } from "../sim/cells/thevenin"
import { connect, expectAllClose, MIDDLE_V, pins, setCurrent } from "./analogBench"

/** A voltage source, whatever flows: for what a circuit does to a cell. */
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

  test("pins: 0.4 × cell and 20 Ω × current, both on top of the shunt", () => {
    const channel = connect(new Resistor(100))
    setCurrent(channel, 0.01, 0)
    expectAllClose(pins(channel, 10), [0.2 + 0.4, 0.2, 0.2, 0])
    setCurrent(channel, -0.01, 10)
    expectAllClose(pins(channel, 20), [-0.2 - 0.4, -0.2, -0.2, 0])
  })

  test("pins hold 0.1 V beyond the ADC's ±2.5 V", () => {
    const channel = connect(new Source(5))
    setCurrent(channel, 0.04, 0)
    expectAllClose(pins(channel, 10), [2.6, 0.8, 0.8, 0])
  })
})

describe("the output stage", () => {
  test.each([
    [0.04, 5.77],
    [-0.04, -2.77],
  ])("at %f A drives a cell of %f V, and no further one", (current_A, limit_V) => {
    const outward = Math.sign(current_A)
    const inside = connect(new Source(limit_V - outward * 1e-6))
    setCurrent(inside, current_A, 0)
    expect(inside.current_A).toBeCloseTo(current_A, 12)
    const outside = connect(new Source(limit_V + outward * 0.1))
    setCurrent(outside, current_A, 0)
    expect(Math.abs(outside.current_A)).toBeLessThan(0.0365)
    expect(outside.current_A * outward).toBeGreaterThan(0.035)
  })

  test("beyond it, current and voltage agree with the cell and with the limit", () => {
    const cell = new Resistor(200)
    const channel = connect(cell)
    setCurrent(channel, 0.05, 0)
    const current_A = channel.current_A
    expect(current_A * (200 + 24.7)).toBeCloseTo(5.77 + 0.04 * 24.7, 8)
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
    const channel = connect(undefined)
    setCurrent(channel, 0.01, 0)
    expect(channel.current_A).toBe(0)
    expect(channel.cell_V).toBeUndefined()
    expectAllClose(pins(channel, 10), [2.6, 0, 0, 0]) // 6.76 V × 0.4, held by the pin's limit
    setCurrent(channel, -0.01, 10)
    expectAllClose(pins(channel, 20), [0.4 * (-2.77 - 0.04 * 24.7), 0, 0, 0])
  })
})

describe("relay and power", () => {
  test("relay open: the dummy carries the current, the cell is untouched", () => {
    const cell = new Source(4.2)
    const channel = connect(cell)
    channel.setRelay(false, 0)
    const before_C = cell.charge_C
    setCurrent(channel, 0.02, 10)
    expectAllClose(pins(channel, 20), [0.4 + 0.8, 0.4, 0.4, 0])
    channel.advanceTo(3600e6)
    expect(channel.current_A).toBe(0)
    expect(channel.shuntCurrent_A).toBeCloseTo(0.02, 12)
    expect(cell.charge_C).toBe(before_C)
  })

  test("at −40 mA the dummy's −4 V is more than the output stage reaches", () => {
    const channel = connect(undefined)
    channel.setRelay(false, 0)
    setCurrent(channel, -0.04, 0)
    expect(channel.shuntCurrent_A).toBeCloseTo(-(2.77 + 0.04 * 24.7) / 124.7, 9)
  })

  test.each([
    [4.2, -0.5],
    [2.1, -0.25],
    [0, 0],
  ])("closing at 0 A onto %f V passes %f nAh", (cell_V, charge_nAh) => {
    const cell = new Source(cell_V)
    connect(cell)
    expect(cell.charge_C / 3600e-9).toBeCloseTo(charge_nAh, 9)
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
