import { describe, expect, test } from "vitest"
import { LithiumSymmetric, type LithiumSymmetricParameters } from "../../sim/cells/lithiumSymmetric"
import {
  bareLithium_1,
  bareLithium_20,
  kneadedLithiumAlN_1,
  kneadedLithiumAlN_20,
} from "../../sim/cells/parameters/Ma2024"
import { expectExactInPieces } from "./pieces"

const AREA_cm2 = 1.539

/** Runs whole cycles, 1 h each way. */
function cycle(cell: LithiumSymmetric, current_A: number, cycles: number): void {
  for (let n = 0; n < cycles; n++) {
    cell.advance(current_A, 3600)
    cell.advance(-current_A, 3600)
  }
}

/** |V| in mV halfway through each half of cycle `n`, at `current_mA_per_cm2`. */
function overpotential_mV(
  parameters: LithiumSymmetricParameters,
  current_mA_per_cm2: number,
  n: number,
): [plating: number, stripping: number] {
  const cell = new LithiumSymmetric(parameters)
  const current_A = current_mA_per_cm2 * 1e-3 * AREA_cm2
  cycle(cell, current_A, n - 1)
  cell.advance(current_A, 1800)
  const plating_mV = cell.voltage_V(current_A) * 1000
  cell.advance(current_A, 1800)
  cell.advance(-current_A, 1800)
  return [plating_mV, -cell.voltage_V(-current_A) * 1000]
}

describe("Ma 2024: what the paper prints", () => {
  test.each([
    ["K-Li@AlN, 1 mA cm⁻²", kneadedLithiumAlN_1, 1, 100, 17],
    ["K-Li@AlN, 20 mA cm⁻²", kneadedLithiumAlN_20, 20, 100, 30],
    ["K-Li@AlN, 20 mA cm⁻², last cycle", kneadedLithiumAlN_20, 20, 3000, 30],
    ["P-Li, 20 mA cm⁻²", bareLithium_20, 20, 50, 80],
  ])("%s", (_name, parameters, current_mA_per_cm2, n, printed_mV) => {
    const [plating_mV, stripping_mV] = overpotential_mV(parameters, current_mA_per_cm2, n)
    expect(Math.abs(plating_mV - printed_mV)).toBeLessThan(0.05)
    expect(Math.abs(stripping_mV - printed_mV)).toBeLessThan(0.05)
  })

  test("P-Li at 20 mA cm⁻² fails in cycle 110: |V| passes 250 mV", () => {
    expect(overpotential_mV(bareLithium_20, 20, 109)[1]).toBeLessThan(160)
    expect(overpotential_mV(bareLithium_20, 20, 110)[1]).toBeGreaterThan(250)
  })

  test("P-Li at 1 mA cm⁻²: 40 mV assumed, doubled or worse before 850 h", () => {
    expect(overpotential_mV(bareLithium_1, 1, 10)[0]).toBeCloseTo(40, 1)
    expect(overpotential_mV(bareLithium_1, 1, 300)[0]).toBeGreaterThan(200)
  })
})

test("one piece or many: the same cell", () => {
  expectExactInPieces(() => new LithiumSymmetric(bareLithium_1))
  expectExactInPieces(
    () => new LithiumSymmetric({ ...kneadedLithiumAlN_20, inventory_mAh_per_cm2: 5 }),
  )
})

test("charge is counted net, and each way", () => {
  const cell = new LithiumSymmetric(kneadedLithiumAlN_1)
  cell.advance(0.002, 1000)
  cell.advance(0, 1000)
  cell.advance(-0.001, 500)
  expect(cell.charge_C).toBeCloseTo(1.5, 12)
  expect(cell.platedCharge_C).toBeCloseTo(2, 12)
  expect(cell.strippedCharge_C).toBeCloseTo(0.5, 12)
  expect(cell.equivalentCycles).toBeCloseTo(2 / (3.6 * AREA_cm2), 12)
})

test("positive current raises the voltage, negative mirrors it, none leaves 0 V", () => {
  const voltage_V = (current_A: number) => {
    const cell = new LithiumSymmetric(kneadedLithiumAlN_1)
    cell.advance(current_A, 1)
    return cell.voltage_V(current_A)
  }
  expect(voltage_V(0.001)).toBeGreaterThan(0.01)
  expect(voltage_V(-0.001)).toBeCloseTo(-voltage_V(0.001), 12)
  expect(voltage_V(0)).toBe(0)
})

describe("nucleation", () => {
  test.each([
    ["1 mA cm⁻²", bareLithium_1, 1, 36],
    ["20 mA cm⁻²", bareLithium_20, 20, 1.8],
  ])("at %s the spike falls to 1/e", (_name, parameters, current_mA_per_cm2, decay_s) => {
    const current_A = current_mA_per_cm2 * 1e-3 * AREA_cm2
    const flat = { ...parameters, nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: 0.01 } }
    const [spiky, smooth] = [new LithiumSymmetric(parameters), new LithiumSymmetric(flat)]
    const spike_mV = (sign: number) =>
      (spiky.voltage_V(sign * current_A) - smooth.voltage_V(sign * current_A)) * 1000
    for (const cell of [spiky, smooth]) cycle(cell, current_A, 1)
    for (const sign of [1, -1]) {
      // 20 ms: the double layer has charged, and little has nucleated.
      for (const cell of [spiky, smooth]) cell.advance(sign * current_A, 0.02)
      const tip_mV = spike_mV(sign) * Math.exp(0.02 / decay_s)
      expect(sign * tip_mV).toBeCloseTo(51, 1)
      for (const cell of [spiky, smooth]) cell.advance(sign * current_A, decay_s - 0.02)
      expect(spike_mV(sign) / tip_mV).toBeCloseTo(Math.exp(-1), 6)
      for (const cell of [spiky, smooth]) cell.advance(sign * current_A, 3600)
      expect(spike_mV(sign)).toBeCloseTo(0, 6)
    }
  })

  test("neither a rest nor a stray nanoampere is a reversal", () => {
    const cell = new LithiumSymmetric(bareLithium_1)
    cell.advance(0.0015, 1800)
    const before_V = cell.voltage_V(0.0015)
    cell.advance(0, 3600)
    cell.advance(-1e-9, 10)
    expect(Math.abs(cell.voltage_V(-1e-9))).toBeLessThan(1e-5)
    cell.advance(0.0015, 0.1)
    expect(cell.voltage_V(0.0015)).toBeCloseTo(before_V, 4)
  })
})

test("a step of current: the ohmic part at once, the rest through the double layer", () => {
  const flat = { ...kneadedLithiumAlN_1, nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: 0.01 } }
  const cell = new LithiumSymmetric(flat)
  const current_A = 1e-3 * AREA_cm2
  expect(cell.voltage_V(current_A)).toBeCloseTo(0.002, 6) // 2 Ω cm²
  cell.advance(current_A, 1e-4)
  expect(cell.voltage_V(current_A)).toBeGreaterThan(0.005)
  expect(cell.voltage_V(current_A)).toBeLessThan(0.01)
  cell.advance(current_A, 0.02)
  expect(cell.voltage_V(current_A)).toBeCloseTo(0.017, 4)
  const bare = new LithiumSymmetric({ ...flat, doubleLayer_uF_per_cm2: 0 })
  expect(bare.voltage_V(current_A)).toBeCloseTo(0.017, 4)
})

test("healing and conditioning films", () => {
  const film_mV = (growth: LithiumSymmetricParameters["growth"], cycles: number) => {
    const cell = new LithiumSymmetric({ ...kneadedLithiumAlN_1, growth, area_cm2: 1 })
    const bare = new LithiumSymmetric({ ...kneadedLithiumAlN_1, area_cm2: 1 })
    for (const c of [cell, bare]) cycle(c, 0.001, cycles)
    return (cell.voltage_V(0.001) - bare.voltage_V(0.001)) * 1000
  }
  const size = { amplitude_ohm_cm2: 1.5, width_cycles: 30 }
  expect(film_mV({ kind: "decay", ...size }, 0)).toBeCloseTo(1.5, 6)
  expect(film_mV({ kind: "decay", ...size }, 30)).toBeCloseTo(1.5 * Math.exp(-1), 6)
  expect(film_mV({ kind: "conditioning", ...size }, 0)).toBeCloseTo(0, 6)
  expect(film_mV({ kind: "conditioning", ...size }, 30)).toBeCloseTo(-1.5 * (1 - Math.exp(-1)), 6)
})

describe("finite lithium", () => {
  const parameters = { ...kneadedLithiumAlN_1, area_cm2: 1, inventory_mAh_per_cm2: 2 }
  const current_A = 0.001
  const left = (left_mAh: number) => {
    const cell = new LithiumSymmetric(parameters)
    cell.advance(current_A, (2 - left_mAh) * 3600)
    return cell
  }

  test("the plateau holds, then V rises 51.4 mV (2RT/F) for each e-fold of lithium left", () => {
    expect(left(1).voltage_V(current_A)).toBeCloseTo(0.017, 4)
    const rise_V = left(1e-6).voltage_V(current_A) - left(Math.E * 1e-6).voltage_V(current_A)
    expect(rise_V).toBeCloseTo(0.0514, 4)
  })

  test("with nothing left it is ±5 V, until the current is turned round", () => {
    const cell = left(-0.1)
    expect(cell.voltage_V(current_A)).toBe(5)
    expect(cell.voltage_V(0)).toBeCloseTo(0.015, 2)
    cell.advance(-current_A, 3600)
    expect(Math.abs(cell.voltage_V(-current_A))).toBeLessThan(0.03)
    // What had passed through the electrolyte moved no lithium: 4 mAh lie on the working electrode.
    cell.advance(-current_A, 3 * 3600)
    expect(cell.voltage_V(-current_A)).toBe(-5)
    expect(cell.charge_C).toBeCloseTo((2.1 - 4) * 3.6, 9)
  })
})

test("voltage never falls with rising current", () => {
  for (const left_mAh of [10, 1e-3, 0]) {
    const parameters = { ...bareLithium_1, inventory_mAh_per_cm2: 20, doubleLayer_uF_per_cm2: 0 }
    const cell = new LithiumSymmetric(parameters)
    cell.advance(0.05, ((20 - left_mAh) * 3.6 * AREA_cm2) / 0.05)
    let last_V = Number.NEGATIVE_INFINITY
    for (let current_A = -0.05; current_A <= 0.05; current_A += 1e-4) {
      const voltage_V = cell.voltage_V(current_A)
      expect(voltage_V).toBeGreaterThanOrEqual(last_V)
      last_V = voltage_V
    }
  }
})
