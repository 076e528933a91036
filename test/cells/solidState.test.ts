import { describe, expect, test } from "vitest"
import { arrhenius } from "../../sim/cells/arrhenius"
import { Blocking } from "../../sim/cells/blocking"
import { SolidState } from "../../sim/cells/solidState"
import { expectExactInPieces } from "./pieces"

const parameters = {
  area_cm2: 0.785,
  resistance_ohm_cm2: 70,
  reacting: { resistance_ohm_cm2: 45, time_h: 5 },
  relaxing: [
    { resistance_ohm_cm2: 4, relaxation_s: 0.3 },
    { resistance_ohm_cm2: 3, relaxation_s: 3 },
  ],
}

test("one piece or many: the same cell", () => {
  expectExactInPieces(() => new SolidState(parameters))
  expectExactInPieces(() => new Blocking(100, 1))
})

describe("solid state", () => {
  test("what reacts goes with time, at rest as under current", () => {
    for (const current_A of [0, 1e-3]) {
      const cell = new SolidState(parameters)
      cell.advance(current_A, 5 * 3600)
      expect(cell.resistance_ohm * 0.785).toBeCloseTo(70 + 45 / Math.E, 9)
    }
  })

  test("a negative amplitude is an interface that grows", () => {
    const reacting = { resistance_ohm_cm2: -20, time_h: 5 }
    const cell = new SolidState({ ...parameters, reacting })
    expect(cell.resistance_ohm * 0.785).toBeCloseTo(50, 9)
    cell.advance(0, 100 * 3600)
    expect(cell.resistance_ohm * 0.785).toBeCloseTo(70, 6)
  })

  test("a pulse: the ohmic part at once, each interface with its time constant", () => {
    const cell = new SolidState({ ...parameters, reacting: undefined })
    const apparent_ohm_cm2 = () => (cell.voltage_V(1e-4) / 1e-4) * 0.785
    expect(apparent_ohm_cm2()).toBeCloseTo(70, 9)
    cell.advance(1e-4, 0.3)
    const slow = 3 * (1 - Math.exp(-0.1))
    expect(apparent_ohm_cm2()).toBeCloseTo(70 + 4 * (1 - 1 / Math.E) + slow, 9)
    cell.advance(1e-4, 60)
    expect(apparent_ohm_cm2()).toBeCloseTo(77, 6)
    cell.advance(0, 3)
    expect((cell.voltage_V(0) / 1e-4) * 0.785).toBeCloseTo(3 / Math.E + 4 * Math.exp(-10), 6)
  })
})

test("between blocking electrodes the voltage steps by I·R, then rises by I/C", () => {
  const cell = new Blocking(500, 1e-3)
  expect(cell.voltage_V(1e-5)).toBeCloseTo(5e-3, 12)
  cell.advance(1e-5, 2)
  expect(cell.voltage_V(1e-5)).toBeCloseTo(25e-3, 12)
  expect(cell.voltage_V(0)).toBeCloseTo(20e-3, 12)
})

test("Arrhenius: 1 at 25 °C, and 50 kJ mol⁻¹ halve a resistance about every ten kelvins", () => {
  expect(arrhenius(50, 25)).toBe(1)
  // exp(50000/8.314·(1/308.15 − 1/298.15))
  expect(arrhenius(50, 35)).toBeCloseTo(0.5197, 4)
  expect(arrhenius(50, 15)).toBeGreaterThan(1.9)
})
