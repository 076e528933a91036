import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Potentiostat } from "../../firmware/core/potentiostat"
import { Random } from "../../sim/random"

const SEED = 20_240_511
const PERIOD_s = 0.1
/** The voltage is read so far into a period. */
const READ = 0.82
const NOISE_V = 15e-6
/** Within this of its set-point a voltage is held. */
const HELD_V = 0.5e-3

/** A cell: a resistance, a slower one with its capacitance, asinh kinetics, and charge that counts. */
interface Plant {
  series_ohm: number
  /** The slow part's resistance by the series resistance, and its time constant. */
  slowRatio: number
  slow_s: number
  /** The small-signal resistance of the kinetics by the series resistance; 0 for none. */
  kineticRatio: number
  slope_V_per_C: number
}

const ordinary: Plant = {
  series_ohm: 20,
  slowRatio: 0,
  slow_s: 1,
  kineticRatio: 0,
  slope_V_per_C: 0,
}

interface Reading {
  voltage_V: number
  setpoint_V: number
  current_A: number
}

/** Evenly over the decades. */
const size = (least: number, most: number) =>
  fc
    .noBias(fc.integer({ min: 0, max: 1000 }))
    .map((part) => least * (most / least) ** (part / 1000))

const family = (most_ohm: number): fc.Arbitrary<Plant> =>
  fc.record({
    series_ohm: size(0.5, most_ohm),
    slowRatio: fc.oneof(fc.constant(0), size(0.01, 10)),
    slow_s: size(0.05, 100),
    kineticRatio: fc.oneof(fc.constant(0), size(0.1, 10)),
    slope_V_per_C: fc.constant(0),
  })

/** A potentiostat on a plant, period by period. */
class Bench {
  readonly potentiostat = new Potentiostat()
  readonly readings: Reading[] = []
  target_A = 0
  private slow_V = 0
  private charge_C = 0
  private readonly random: Random

  /** @param step_A the current's smallest step; its mean is right all the same */
  constructor(
    private readonly plant: Plant,
    seed: number,
    private readonly step_A = 0,
  ) {
    this.random = new Random(seed)
    this.potentiostat.begin(0, 0, true)
  }

  /** Within ±`limit_A` to `goal_V`. */
  hold(goal_V: number, limit_A: number): this {
    Object.assign(this.potentiostat, { goal_V, least_A: -limit_A, most_A: limit_A })
    return this
  }

  /** At a current up to `goal_V`, then there. */
  chargeTo(goal_V: number, current_A: number): this {
    const { potentiostat } = this
    Object.assign(potentiostat, { goal_V, setpoint_V: goal_V, least_A: 0, most_A: current_A })
    this.target_A = current_A
    return this
  }

  run(periods: number): Reading[] {
    for (let i = 0; i < periods; i++) this.period()
    return this.readings
  }

  private rest_A = 0

  private period(): void {
    const wanted_A = this.target_A + this.rest_A
    const current_A = this.step_A ? Math.round(wanted_A / this.step_A) * this.step_A : wanted_A
    this.rest_A = wanted_A - current_A
    this.pass(current_A, READ * PERIOD_s)
    const voltage_V = this.voltage_V(current_A)
    this.pass(current_A, (1 - READ) * PERIOD_s)
    const { setpoint_V } = this.potentiostat
    this.readings.push({ voltage_V, setpoint_V, current_A: this.target_A })
    // The converter's noise at its three gains.
    const size_A = Math.abs(current_A)
    const noise_A = size_A < 1.5e-3 ? 7e-9 : size_A < 3.1e-3 ? 11e-9 : 110e-9
    this.target_A = this.potentiostat.step(
      this.target_A,
      voltage_V + this.random.normal(NOISE_V),
      current_A + this.random.normal(noise_A),
      PERIOD_s,
    )
  }

  private pass(current_A: number, time_s: number): void {
    const { series_ohm, slowRatio, slow_s } = this.plant
    const kept = Math.exp(-time_s / slow_s)
    this.slow_V = this.slow_V * kept + current_A * series_ohm * slowRatio * (1 - kept)
    this.charge_C += current_A * time_s
  }

  private voltage_V(current_A: number): number {
    const { series_ohm, kineticRatio, slope_V_per_C } = this.plant
    const exchange_A = 0.0257 / (series_ohm * kineticRatio)
    const kinetic_V = kineticRatio && 0.0514 * Math.asinh(current_A / (2 * exchange_A))
    return current_A * series_ohm + kinetic_V + this.slow_V + this.charge_C * slope_V_per_C
  }
}

/** What 40 mA at most can do. */
const within = (voltage_V: number, { series_ohm, slowRatio }: Plant, slowCounts = 1) =>
  Math.min(voltage_V, 0.04 * series_ohm * (1 + slowRatio * slowCounts))

const errors_V = (readings: Reading[]) =>
  readings.map(({ voltage_V, setpoint_V }) => Math.abs(voltage_V - setpoint_V))
const largest = (values: number[]) => values.reduce((most, value) => Math.max(most, value), 0)

/** How far beyond the goal a step goes, and how far off it is in the last two minutes of five. */
function step(plant: Plant, seed: number, step_A = 0) {
  const goal_V = within(0.2, plant)
  const readings = new Bench(plant, seed, step_A).hold(goal_V, 0.05).run(3000)
  return {
    beyond_V: largest(readings.map(({ voltage_V }) => voltage_V - goal_V)),
    held_V: largest(readings.slice(1800).map(({ voltage_V }) => Math.abs(voltage_V - goal_V))),
  }
}

/** A scan of up to ±0.2 V at a rate: its set-point's error before and after its 15th second. */
function scan(plant: Plant, seed: number, rate_V_per_s: number) {
  const most_V = within(Math.min(0.2, rate_V_per_s * 150), plant, 0)
  const bench = new Bench(plant, seed).hold(-most_V, 0.05)
  while (!bench.potentiostat.hasArrived) bench.run(1)
  const start = bench.readings.length
  bench.potentiostat.rate_V_per_s = rate_V_per_s
  while (bench.potentiostat.goal_V < most_V) bench.run(1)
  const errors = errors_V(bench.readings.slice(start))
  return { first_V: largest(errors.slice(0, 150)), then_V: largest(errors.slice(150)) }
}

/** A charge to 0.2 V in 30 to 120 s: the current, and how far beyond the voltage goes. */
function charge(plant: Plant, seed: number, time_s: number) {
  const goal_V = 0.2
  const { series_ohm, slowRatio, kineticRatio } = plant
  const current_A = Math.min(0.05, (0.6 * goal_V) / (series_ohm * (1 + slowRatio + kineticRatio)))
  const cell = { ...plant, slope_V_per_C: goal_V / current_A / time_s }
  const readings = new Bench(cell, seed).chargeTo(goal_V, current_A).run(10 * time_s + 1200)
  return {
    beyond_V: largest(readings.map(({ voltage_V }) => voltage_V - goal_V)),
    held_V: largest(readings.slice(-600).map(({ voltage_V }) => Math.abs(voltage_V - goal_V))),
    readings,
    current_A,
  }
}
const DAC_STEP_A = 0.39e-6

describe("a step of 0.2 V is reached and held within 0.5 mV", () => {
  test(`from 0.5 to 5000 Ω, fast and slow, at most 10 mV beyond on its way (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(5000), fc.nat(), (plant, seed) => {
        const { beyond_V, held_V } = step(plant, seed)
        expect(beyond_V).toBeLessThan(10e-3)
        expect(held_V).toBeLessThan(HELD_V)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test(`also in the DAC's steps of 0.39 µA, to 250 Ω (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(250), fc.nat(), (plant, seed) => {
        const { beyond_V, held_V } = step(plant, seed, DAC_STEP_A)
        expect(beyond_V).toBeLessThan(10e-3)
        expect(held_V).toBeLessThan(HELD_V)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })

  test(`a cell with little that is slow goes 5 mV beyond at most (seed ${SEED})`, () => {
    const fast = family(500).filter(({ slowRatio }) => slowRatio < 0.3)
    fc.assert(
      fc.property(fast, fc.nat(), (plant, seed) => {
        expect(step(plant, seed).beyond_V).toBeLessThan(5e-3)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })
})

describe("a scan follows its set-point from its 15th second on", () => {
  test.each([
    [0.1, 0.5],
    [1, 0.5],
    // Two thirds of a cell's fast answer come in the very period: 1 mV of set-point each.
    [10, 1.5],
  ])(`%d mV/s within %d mV (seed ${SEED})`, (rate_mV_per_s, within_mV) => {
    fc.assert(
      fc.property(family(5000), fc.nat(), (plant, seed) => {
        const { first_V, then_V } = scan(plant, seed, rate_mV_per_s / 1000)
        expect(first_V).toBeLessThan(12e-3)
        expect(then_V).toBeLessThan(within_mV / 1000)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })
})

describe("constant current, then constant voltage", () => {
  const times = fc.integer({ min: 30, max: 120 })

  test(`goes over within 5 mV and holds within 0.5 mV (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(5000), fc.nat(), times, (plant, seed, time_s) => {
        const { beyond_V, held_V } = charge(plant, seed, time_s)
        expect(beyond_V).toBeLessThan(5e-3)
        expect(held_V).toBeLessThan(HELD_V)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })

  test(`is its current to 20 mV below, and never outside of 0 and that (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(5000), fc.nat(), times, (plant, seed, time_s) => {
        const { readings, current_A } = charge(plant, seed, time_s)
        const near = readings.findIndex(({ voltage_V }) => voltage_V > 0.18)
        expect(readings.slice(0, near).every((reading) => reading.current_A === current_A)).toBe(
          true,
        )
        expect(largest(readings.map((reading) => reading.current_A))).toBeLessThanOrEqual(current_A)
        expect(largest(readings.map((reading) => -reading.current_A))).toBeLessThanOrEqual(0)
      }),
      { seed: SEED, numRuns: 100 },
    )
  })
})

describe("a voltage out of its current's reach", () => {
  /** Half of the goal is what the current gives. */
  const limited = (plant: Plant, seed: number) => {
    const bench = new Bench({ ...plant, slowRatio: 0, kineticRatio: 0 }, seed)
    return bench.hold(0.2, 0.1 / plant.series_ohm)
  }

  test(`holds at the limit, learns nothing there, and does not arrive (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(5000), fc.nat(), (plant, seed) => {
        const bench = limited(plant, seed)
        bench.run(300)
        const { resistance_ohm } = bench.potentiostat
        const then = bench.run(5000).slice(300)
        expect(then.every(({ current_A }) => current_A === 0.1 / plant.series_ohm)).toBe(true)
        expect(bench.potentiostat.resistance_ohm / resistance_ohm).toBeGreaterThan(0.7)
        expect(bench.potentiostat.resistance_ohm / resistance_ohm).toBeLessThan(1.4)
        expect(bench.potentiostat.hasArrived).toBe(false)
      }),
      { seed: SEED, numRuns: 50 },
    )
  })

  test(`and back within it, at once: nothing has wound up (seed ${SEED})`, () => {
    fc.assert(
      fc.property(family(5000), fc.nat(), (plant, seed) => {
        const bench = limited(plant, seed)
        bench.run(1000)
        bench.potentiostat.goal_V = 0.05
        const readings = bench.run(150)
        const last = readings.slice(-20).map(({ voltage_V }) => Math.abs(voltage_V - 0.05))
        expect(largest(last)).toBeLessThan(HELD_V)
        expect(Math.min(...readings.slice(500).map(({ voltage_V }) => voltage_V))).toBeGreaterThan(
          0.05 - 10e-3,
        )
        expect(bench.potentiostat.hasArrived).toBe(true)
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  test("a charge of a cell that is beyond its voltage falls to 0 A, and has arrived", () => {
    const { potentiostat } = new Bench(ordinary, 1).chargeTo(0.2, 1e-3)
    let target_A = 1e-3
    for (let i = 0; i < 50; i++)
      target_A = potentiostat.step(target_A, 0.25 + target_A * 20, target_A, PERIOD_s)
    expect(target_A).toBe(0)
    expect(potentiostat.hasArrived).toBe(true)
  })
})

describe("the estimate of the resistance", () => {
  test.each([0.5, 5, 50, 500, 5000])("finds %d Ω within ten periods", (series_ohm) => {
    const bench = new Bench({ ...ordinary, series_ohm }, 2).hold(0.2, 0.05)
    bench.run(11)
    expect(bench.potentiostat.resistance_ohm / series_ohm).toBeGreaterThan(0.7)
    expect(bench.potentiostat.resistance_ohm / series_ohm).toBeLessThan(1.4)
  })

  test("is kept for the next voltage, unless it is said to be new", () => {
    const bench = new Bench(ordinary, 3).hold(0.1, 0.05)
    bench.run(200)
    const { potentiostat } = bench
    const { resistance_ohm } = potentiostat
    potentiostat.begin(0.1, bench.target_A, false)
    expect(potentiostat.resistance_ohm).toBe(resistance_ohm)
    potentiostat.begin(0.1, bench.target_A, true)
    expect(potentiostat.resistance_ohm).toBeGreaterThan(1000)
  })

  test("a voltage that moves while no current does, is none", () => {
    const potentiostat = new Potentiostat()
    potentiostat.begin(0, 0, true)
    Object.assign(potentiostat, { goal_V: 0.2, least_A: -1e-3, most_A: 1e-3 })
    potentiostat.step(0, 0.02, 1e-9, PERIOD_s)
    expect(potentiostat.resistance_ohm).toBeLessThanOrEqual(10_000)
  })
})
