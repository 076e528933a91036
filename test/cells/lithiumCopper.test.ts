import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { LithiumCopper, type PositiveTerminal } from "../../sim/cells/lithiumCopper"
import { copper_962, copper_985 } from "../../sim/cells/parameters/Wang2023"
import { expectExactInPieces } from "./pieces"

const seed = 20230515
const AREA_cm2 = 1.539
const I_A = 1e-3 * AREA_cm2
/** What the efficiency may be off, counted to a cutoff: 0.002 %. */
const TOLERANCE = 2e-5

/** Current that plates, and terminal voltage as copper against lithium, however the cell is wired. */
function seenAsCopper(cell: LithiumCopper, positiveTerminal: PositiveTerminal) {
  const sign = positiveTerminal === "lithium" ? 1 : -1
  return {
    advance: (plating_A: number, duration_s: number) => cell.advance(sign * plating_A, duration_s),
    copper_V: (plating_A: number) => -sign * cell.voltage_V(sign * plating_A),
  }
}

/** Strips until copper stands at `cutoff_V`; exact to 10⁻¹² of an hour. @returns the charge */
function stripTo(cell: LithiumCopper, cutoff_V: number, current_A = I_A): number {
  const { advance, copper_V } = seenAsCopper(cell, "copper")
  const before_C = cell.strippedCharge_C
  for (let step_s = 1000; step_s > 1e-9; step_s /= 2)
    for (let k = 0; ; k++) {
      if (k > 100) throw new Error(`Stripping does not end at ${cutoff_V} V.`)
      const saved = { ...cell }
      advance(-current_A, step_s)
      if (copper_V(-current_A) < cutoff_V) continue
      Object.assign(cell, saved)
      break
    }
  return cell.strippedCharge_C - before_C
}

/** Efficiencies of whole cycles: 1 h of plating, stripping to a cutoff. */
function efficiencies(cell: LithiumCopper, cutoff_V: number, cycles: number): number[] {
  const found: number[] = []
  for (let n = 0; n < cycles; n++) {
    cell.advance(-I_A, 3600)
    found.push(stripTo(cell, cutoff_V) / (I_A * 3600))
  }
  return found
}

describe("charge counted to the cutoff gives the efficiency", () => {
  test.each([
    ["98.5 %", copper_985, 0.985],
    ["96.2 %", copper_962, 0.962],
  ])("%s, from the first cycle on, at 1 V", (_name, parameters, known) => {
    for (const found of efficiencies(new LithiumCopper(parameters, "copper"), 1, 20))
      expect(Math.abs(found - known)).toBeLessThan(TOLERANCE)
  })

  test("at any cutoff from the second cycle on", () => {
    for (const cutoff_V of [0.3, 0.5, 1.2, 2, 3]) {
      const [first, ...others] = efficiencies(new LithiumCopper(copper_985, "copper"), cutoff_V, 6)
      expect(Math.abs(first - 0.985)).toBeLessThan(2e-3)
      for (const found of others) expect(Math.abs(found - 0.985)).toBeLessThan(TOLERANCE)
    }
  })

  test("an efficiency of its own for every cycle", () => {
    const known = [0.9, 0.97, 0.985, 1, 0.8]
    const parameters = { ...copper_985, efficiency: (cycle: number) => known[cycle - 1] }
    efficiencies(new LithiumCopper(parameters, "copper"), 1, known.length).forEach((found, n) => {
      expect(Math.abs(found - known[n])).toBeLessThan(TOLERANCE)
    })
  })

  test("neither a stray nanoampere nor a rest begins a cycle", () => {
    const parameters = { ...copper_985, efficiency: (cycle: number) => (cycle === 1 ? 0.9 : 0.5) }
    const cell = new LithiumCopper(parameters, "copper")
    for (const current_A of [-I_A, 1e-9, -1e-9, 0, -I_A]) cell.advance(current_A, 1800)
    expect(cell.cycle).toBe(1)
    expect(Math.abs(stripTo(cell, 1) / cell.platedCharge_C - 0.9)).toBeLessThan(TOLERANCE)
    cell.advance(-1e-9, 10)
    cell.advance(1e-9, 10)
    cell.advance(-I_A, 10)
    expect(cell.cycle).toBe(2)
  })
})

test(`live, dead and lost charge account for all that passed, seed ${seed}`, () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: -0.04, max: 0.04, noNaN: true }), fc.nat(5000))),
      (steps) => {
        const cell = new LithiumCopper(copper_985, "lithium")
        for (const [current_A, duration_s] of steps) cell.advance(current_A, duration_s)
        const onCopper_C = cell.liveCharge_C + cell.deadCharge_C - cell.dissolvedCopper_C
        // But for the double layer of bare copper, 3.4 V × 20 µF cm⁻² at most.
        expect(Math.abs(cell.charge_C - onCopper_C)).toBeLessThan(4e-5 * 3)
        expect(cell.charge_C).toBeCloseTo(cell.platedCharge_C - cell.strippedCharge_C, 9)
        expect(cell.liveCharge_C).toBeGreaterThanOrEqual(0)
        expect(cell.deadCharge_C).toBeLessThanOrEqual(0.015 * cell.platedCharge_C + 1e-9)
      },
    ),
    { seed },
  )
})

test("the shape of a cycle, copper against lithium", () => {
  const cell = new LithiumCopper(copper_985, "copper")
  const { advance, copper_V } = seenAsCopper(cell, "copper")
  expect(copper_V(0)).toBeCloseTo(2, 9)
  advance(I_A, 1)
  expect(copper_V(I_A)).toBeLessThan(-0.06) // 25 mV and most of the 51 mV of nucleation
  expect(copper_V(I_A)).toBeGreaterThan(-0.077)
  advance(I_A, 3599)
  expect(copper_V(I_A)).toBeCloseTo(-0.025, 4)
  expect(copper_V(0)).toBeCloseTo(0, 9)
  // Flat until 4 % before the end, 0.1 V with 1 % left, 1 V at the end.
  advance(-I_A, 3600 * 0.945)
  expect(copper_V(-I_A)).toBeLessThan(0.03)
  advance(-I_A, 3600 * 0.03)
  expect(copper_V(-I_A)).toBeLessThan(0.11)
  advance(-I_A, 3600 * 0.01001)
  expect(copper_V(-I_A)).toBeGreaterThan(1)
  // Without current it stays up; plating brings it down at once.
  expect(copper_V(0)).toBeGreaterThan(0.9)
  advance(I_A, 0.1)
  expect(copper_V(I_A)).toBeLessThan(-0.06)
})

test("with all lithium gone copper dissolves at 3.4 V, and lithium plates again afterwards", () => {
  const cell = new LithiumCopper(copper_985, "copper")
  cell.advance(-I_A, 3600)
  cell.advance(I_A, 3600)
  expect(cell.voltage_V(0)).toBeCloseTo(3.4, 9)
  expect(cell.dissolvedCopper_C).toBeCloseTo(0.015 * 3600 * I_A, 3)
  cell.advance(-I_A, 3600)
  expect(cell.liveCharge_C).toBeCloseTo(0.985 * 3600 * I_A, 3)
})

test("lithium left on the copper takes the nucleation away", () => {
  const cell = new LithiumCopper(copper_985, "copper")
  cell.advance(-I_A, 3600)
  cell.advance(I_A, 1800)
  cell.advance(-I_A, 0.1)
  expect(cell.voltage_V(-I_A)).toBeCloseTo(-0.025, 4)
})

test("lithium at the positive terminal: the same cell, turned round", () => {
  const [copper, lithium] = (["copper", "lithium"] as const).map((at) => {
    const cell = new LithiumCopper(copper_985, at)
    const seen = seenAsCopper(cell, at)
    const voltages_V = [seen.copper_V(0)]
    for (const current_A of [I_A, 0, -I_A, -I_A, 1e-9]) {
      seen.advance(current_A, 1777)
      voltages_V.push(seen.copper_V(current_A))
    }
    return { cell, voltages_V }
  })
  expect(lithium.voltages_V).toEqual(copper.voltages_V)
  expect(lithium.cell.platedCharge_C).toBe(copper.cell.platedCharge_C)
  expect(lithium.cell.charge_C).toBe(-copper.cell.charge_C)
  // Positive current plates, and raises the voltage; the fresh cell lies at −2 V.
  expect(new LithiumCopper(copper_985, "lithium").voltage_V(0)).toBeCloseTo(-2, 9)
  expect(lithium.cell.platedCharge_C).toBeGreaterThan(0)
})

test.each(["copper", "lithium"] as const)("%s at +: one piece or many, the same cell", (terminal) =>
  expectExactInPieces(() => new LithiumCopper(copper_985, terminal)),
)

test.each(["copper", "lithium"] as const)(
  "%s at +: voltage never falls with rising current",
  (terminal) => {
    for (const plated_s of [0, 1e-3, 1, 3600])
      for (const stripped_s of [0, 0.99 * plated_s, plated_s]) {
        const cell = new LithiumCopper(copper_985, terminal)
        const { advance } = seenAsCopper(cell, terminal)
        advance(I_A, plated_s)
        advance(-I_A, stripped_s)
        let last_V = Number.NEGATIVE_INFINITY
        for (let current_A = -2e-3; current_A <= 2e-3; current_A += 1e-6) {
          const voltage_V = cell.voltage_V(current_A)
          expect(voltage_V).toBeGreaterThanOrEqual(last_V)
          last_V = voltage_V
        }
      }
  },
)
