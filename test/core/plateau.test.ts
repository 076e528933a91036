import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Plateau } from "../../firmware/core/plateau"
import { Random } from "../../sim/random"

const SEED = 20_260_742

/** What every second of a step passed, and at which voltage. */
interface Second {
  charge_mAs: number
  voltage_V: number
}

/** All knots of a step: its integrals after every second. */
function integrals(seconds: Second[]) {
  const charges = [0]
  const energies = [0]
  for (const { charge_mAs, voltage_V } of seconds) {
    charges.push(charges[charges.length - 1] + charge_mAs)
    energies.push(energies[energies.length - 1] + charge_mAs * voltage_V)
  }
  return { charges, energies, charge: charges[seconds.length], energy: energies[seconds.length] }
}

/** The middle half's mean voltage by every second. */
function reference_V(seconds: Second[]): number {
  const { charge } = integrals(seconds)
  let passed = 0
  let energy = 0
  for (const { charge_mAs, voltage_V } of seconds) {
    const from = Math.max(passed / charge, 0.25)
    passed += charge_mAs
    const to = Math.min(passed / charge, 0.75)
    if (to > from) energy += (to - from) * voltage_V
  }
  return energy / 0.5
}

function measured_V(seconds: Second[], plateau = new Plateau()): number {
  const { charges, energies, charge, energy } = integrals(seconds)
  plateau.begin()
  for (let i = 1; i <= seconds.length; i++) plateau.sample(charges[i], energies[i])
  return plateau.meanVoltage_V(charge, energy)
}

/** How much the voltage varies within `reach` of a share of the charge, both as parts of it. */
function variation_V(seconds: Second[], share: number, reach: number): number {
  const { charges, charge } = integrals(seconds)
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  seconds.forEach(({ voltage_V }, i) => {
    if (charges[i + 1] / charge < share - reach || charges[i] / charge > share + reach) return
    least = Math.min(least, voltage_V)
    most = Math.max(most, voltage_V)
  })
  return most - least
}

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const sign = fc.constantFrom(1, -1)

describe("Plateau", () => {
  test(`a plating curve's middle half within 0.1 mV (seed ${SEED})`, () => {
    const curve = fc.record({
      sign,
      duration_s: fc.integer({ min: 180, max: 20_000 }),
      plateau_V: fc.double({ min: 0.002, max: 0.3, noNaN: true }),
      tip_V: fc.double({ min: 0, max: 0.6, noNaN: true }),
      tip: unit,
      end_V: fc.double({ min: 0, max: 1, noNaN: true }),
      end: fc.double({ min: 0.01, max: 0.04, noNaN: true }),
      drift_V: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
    })
    fc.assert(
      fc.property(curve, (c) => {
        const decay_s = 1.8 + c.tip * (c.duration_s / 40 - 1.8)
        const seconds = Array.from({ length: c.duration_s }, (_, t): Second => {
          const left = 1 - t / c.duration_s
          const magnitude_V =
            c.plateau_V +
            c.tip_V * Math.exp(-t / decay_s) +
            c.end_V * Math.exp(-left / c.end) -
            c.drift_V * left
          return { charge_mAs: c.sign * 0.77, voltage_V: c.sign * magnitude_V }
        })
        expect(Math.abs(measured_V(seconds) - reference_V(seconds))).toBeLessThan(0.1e-3)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })

  test(`a smooth curve within 0.3 % of what it varies in its middle half (seed ${SEED})`, () => {
    const curve = fc.record({ seconds: fc.integer({ min: 500, max: 9000 }), bend: unit, sign })
    fc.assert(
      fc.property(curve, ({ seconds: count, bend, sign }) => {
        const seconds = Array.from({ length: count }, (_, t): Second => {
          const x = t / count
          return { charge_mAs: sign * 2.5, voltage_V: 3 + (1 - bend) * x + bend * x * x }
        })
        const error_V = Math.abs(measured_V(seconds) - reference_V(seconds))
        expect(error_V).toBeLessThan(0.003 * variation_V(seconds, 0.5, 0.25))
      }),
      { seed: SEED },
    )
  })

  test(`any voltage, at any current of one sign, within the bound of its gaps (seed ${SEED})`, () => {
    const step = fc.record({
      sign,
      count: fc.integer({ min: 64, max: 5000 }),
      decades: fc.constantFrom(0, 1, 3, 5),
      wander_V: fc.double({ min: 0, max: 0.1, noNaN: true }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(step, ({ sign, count, decades, wander_V, seed }) => {
        const random = new Random(seed)
        let voltage_V = 0
        const seconds = Array.from({ length: count }, (_, t): Second => {
          voltage_V += random.normal(wander_V)
          const current_mA = 10 * 10 ** ((-decades * t) / count) * random.uniform(0.5, 1.5)
          return { charge_mAs: sign * current_mA, voltage_V }
        })
        // A gap is a sixteenth of the charge and a second at most, or two of the first seconds.
        const largest = Math.max(...seconds.map((s) => Math.abs(s.charge_mAs)))
        const gap = 1 / 16 + (2 * largest) / Math.abs(integrals(seconds).charge)
        const varies_V = variation_V(seconds, 0.25, gap) + variation_V(seconds, 0.75, gap)
        const mean_V = measured_V(seconds)
        if (gap < 0.15) expect(mean_V).not.toBeNaN()
        if (Number.isNaN(mean_V)) return
        const error_V = Math.abs(mean_V - reference_V(seconds))
        expect(error_V).toBeLessThanOrEqual((varies_V * gap) / 2 + 1e-9)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })

  test(`seven equal samples suffice, at a constant voltage exactly (seed ${SEED})`, () => {
    const step = fc.record({
      count: fc.integer({ min: 7, max: 400 }),
      charge_mAs: fc.double({ min: 1e-4, max: 50, noNaN: true }),
      voltage_V: fc.double({ min: -5, max: 5, noNaN: true }),
      sign,
    })
    fc.assert(
      fc.property(step, ({ count, charge_mAs, voltage_V, sign }) => {
        const second = { charge_mAs: sign * charge_mAs, voltage_V }
        expect(measured_V(Array(count).fill(second))).toBeCloseTo(voltage_V, 9)
        expect(measured_V(Array(6).fill(second))).toBeNaN()
      }),
      { seed: SEED },
    )
  })

  const steady = (count: number): Second[] =>
    Array.from({ length: count }, (_, t) => ({ charge_mAs: 1, voltage_V: 0.05 + t * 1e-5 }))

  test("cannot tell without charge, or when it went both ways", () => {
    const plateau = new Plateau()
    plateau.begin()
    expect(plateau.meanVoltage_V(0, 0)).toBeNaN()
    const back = steady(50).map((s) => ({ ...s, charge_mAs: -0.8 }))
    expect(measured_V([...steady(100), ...back])).toBeNaN()
    expect(measured_V([...steady(100), ...back, ...steady(500)])).toBeNaN()
    expect(measured_V([...back, ...steady(100)])).toBeNaN()
  })

  test("begins anew with every step", () => {
    const plateau = new Plateau()
    const first = measured_V(steady(1000), plateau)
    measured_V([...steady(100), { charge_mAs: -90, voltage_V: 1 }], plateau)
    expect(measured_V(steady(1000), plateau)).toBe(first)
  })

  test("a restart leaves a hole: only outside the two quarters can it still tell", () => {
    const seconds = steady(1000)
    const { charges, energies, charge, energy } = integrals(seconds)
    const from = (first: number) => {
      const plateau = new Plateau()
      plateau.begin()
      for (let i = first; i <= 1000; i++) plateau.sample(charges[i], energies[i])
      return plateau.meanVoltage_V(charge, energy)
    }
    expect(from(200)).toBeCloseTo(reference_V(seconds), 4)
    expect(from(240)).toBeCloseTo(reference_V(seconds), 4)
    for (const first of [260, 400, 700, 800, 990]) expect(from(first)).toBeNaN()
  })
})
