import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { amperesPerFineStep } from "../../firmware/core/circuit"
import { FINE_REACH, Regulator } from "../../firmware/core/regulator"
import { Random } from "../../sim/random"

const SEED = 20_240_506
const circuit = manifest.frontEnd
const STEP_A = amperesPerFineStep(circuit)

/** What a board's DACs and output stage make of the regulator's codes. */
interface Plant {
  coarseGain: number
  fineGain: number
  offset_A: number
}

const plants: fc.Arbitrary<Plant> = fc.record({
  coarseGain: fc.double({ min: -0.0125, max: 0.0125, noNaN: true }),
  fineGain: fc.double({ min: -0.0125, max: 0.0125, noNaN: true }),
  offset_A: fc.double({ min: -0.6e-3, max: 0.6e-3, noNaN: true }),
})
const targets = fc.double({ min: -45e-3, max: 45e-3, noNaN: true })

function current_A(regulator: Regulator, plant: Plant): number {
  const coarse = (codeOf(regulator.coarseCode()) - 2048) * circuit.fineRatio
  const fine = codeOf(regulator.fineCode()) - 2048
  return STEP_A * (coarse * (1 + plant.coarseGain) + fine * (1 + plant.fineGain)) + plant.offset_A
}

/** A code that a 12-bit DAC takes. */
function codeOf(code: number): number {
  if (!Number.isInteger(code) || code < 0 || code > 4095) throw new RangeError(`DAC code ${code}`)
  return code
}

test("a fine step is 0.39 µA in the reference design", () => {
  expect(STEP_A).toBeCloseTo(0.39e-6, 8)
})

describe("Regulator", () => {
  test(`is within a fine step of any target after three periods (seed ${SEED})`, () => {
    fc.assert(
      fc.property(plants, targets, targets, (plant, before_A, target_A) => {
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        for (const next_A of [before_A, target_A]) {
          regulator.setTarget(next_A)
          for (let period = 0; period < 3; period++) regulator.correct(current_A(regulator, plant))
          expect(Math.abs(current_A(regulator, plant) - next_A)).toBeLessThan(STEP_A)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test(`a trimmed zero makes the first guess good to the DACs' gain error (seed ${SEED})`, () => {
    fc.assert(
      fc.property(plants, targets, (plant, target_A) => {
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        for (let period = 0; period < 10; period++) regulator.correct(current_A(regulator, plant))
        regulator.keepZero()
        regulator.setTarget(target_A)
        const error_A = Math.abs(current_A(regulator, plant) - target_A)
        // 1.25 % of the target, and of what the trim asked of coarse and fine codes beside it.
        expect(error_A).toBeLessThan(0.0125 * Math.abs(target_A) + 0.06e-3)
      }),
      { seed: SEED },
    )
  })

  test(`the mean of 100 noisy periods is within a tenth of a fine step (seed ${SEED})`, () => {
    fc.assert(
      fc.property(plants, targets, fc.nat(), (plant, target_A, seed) => {
        const random = new Random(seed)
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        regulator.setTarget(target_A)
        const read = () => current_A(regulator, plant) + random.normal(150e-9)
        for (let period = 0; period < 20; period++) regulator.correct(read())
        let sum_A = 0
        for (let period = 0; period < 100; period++) {
          const reading_A = read()
          sum_A += reading_A - target_A
          regulator.correct(reading_A)
        }
        expect(Math.abs(sum_A / 100)).toBeLessThan(STEP_A / 10)
      }),
      { seed: SEED },
    )
  })

  test(`DAC codes stay codes, whatever is asked and read (seed ${SEED})`, () => {
    const wild_A = fc.double({ min: -1, max: 1, noNaN: true })
    const action = fc.record({ isTarget: fc.boolean(), value_A: wild_A })
    fc.assert(
      fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        for (const { isTarget, value_A } of actions) {
          if (isTarget) regulator.setTarget(value_A)
          else regulator.correct(value_A)
          codeOf(regulator.coarseCode())
          codeOf(regulator.fineCode())
        }
      }),
      { seed: SEED },
    )
  })

  test("the gain falls when the first corrections are over, and rises with a new target", () => {
    const regulator = new Regulator(circuit)
    regulator.setTarget(1e-3)
    const first = regulator.gain
    expect([
      regulator.settle(),
      regulator.settle(),
      regulator.settle(),
      regulator.settle(),
    ]).toEqual([false, false, false, true])
    expect(regulator.gain / first).toBeCloseTo(0.3, 12)
    regulator.setTarget(2e-3)
    expect(regulator.gain).toBe(first)
  })
})

/** A regulator that has found its zero on a plant. */
function trimmed(plant: Plant): Regulator {
  const regulator = new Regulator(circuit)
  regulator.reset(0)
  run(regulator, plant, 10)
  regulator.keepZero()
  return regulator
}

function run(regulator: Regulator, plant: Plant, periods: number): void {
  for (let period = 0; period < periods; period++) regulator.correct(current_A(regulator, plant))
}

describe("what a current took is kept", () => {
  const gains = fc.double({ min: -0.014, max: 0.014, noNaN: true })
  const sizes = fc.double({ min: 1e-3, max: 45e-3, noNaN: true })
  const signs = fc.constantFrom(1, -1)
  const plantOf = (gain: number) => ({ coarseGain: gain, fineGain: gain, offset_A: 0.2e-3 })

  test(`the next of its sign is within 0.1 % from its first period on (seed ${SEED})`, () => {
    fc.assert(
      fc.property(gains, sizes, sizes, signs, (gain, first_A, next_A, sign) => {
        const plant = plantOf(gain)
        const regulator = trimmed(plant)
        regulator.setTarget(sign * first_A)
        run(regulator, plant, 10)
        regulator.learn()
        for (const target_A of [0, sign * next_A]) {
          regulator.setTarget(target_A)
          const error_A = Math.abs(current_A(regulator, plant) - target_A)
          // A fine step at zero and one at the target, and what one is of the current that was learnt.
          expect(error_A).toBeLessThan(1e-3 * Math.abs(target_A) + 2 * STEP_A)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test(`one of the other sign is what it was (seed ${SEED})`, () => {
    fc.assert(
      fc.property(gains, sizes, signs, (gain, target_A, sign) => {
        const plant = plantOf(gain)
        const regulator = trimmed(plant)
        regulator.setTarget(-sign * target_A)
        const before = regulator.drive
        regulator.setTarget(sign * target_A)
        run(regulator, plant, 10)
        regulator.learn()
        regulator.setTarget(-sign * target_A)
        expect(regulator.drive).toBe(before)
      }),
      { seed: SEED },
    )
  })

  test.each<[string, number, number, number]>([
    ["too small to tell a gain by", 0.9e-3, 10, 0.014],
    ["that was hardly begun", 10e-3, 2, 0.014],
    ["whose gain no sound board has", 10e-3, 10, 0.03],
  ])("not that of a current %s", (_, target_A, periods, gain) => {
    const plant = plantOf(gain)
    const regulator = trimmed(plant)
    regulator.setTarget(target_A)
    const before = regulator.drive
    run(regulator, plant, periods)
    regulator.learn()
    regulator.setTarget(target_A)
    expect(regulator.drive).toBe(before)
  })
})

describe("a current that cannot flow", () => {
  test(`does not wind the drive up: it is back within three periods (seed ${SEED})`, () => {
    fc.assert(
      fc.property(plants, targets, fc.nat(200), (plant, target_A, periods) => {
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        regulator.setTarget(target_A)
        for (let period = 0; period < periods; period++) {
          regulator.correct(0)
          regulator.limit()
        }
        regulator.setTarget(target_A)
        run(regulator, plant, 3)
        expect(Math.abs(current_A(regulator, plant) - target_A)).toBeLessThan(STEP_A)
      }),
      { seed: SEED },
    )
  })

  test(`leaves the drive within 2 % and what the fine code reaches (seed ${SEED})`, () => {
    fc.assert(
      fc.property(targets, fc.double({ min: -0.1, max: 0.1, noNaN: true }), (target_A, read_A) => {
        const regulator = new Regulator(circuit)
        regulator.reset(0)
        regulator.setTarget(target_A)
        const nominal = regulator.drive
        for (let period = 0; period < 300; period++) {
          regulator.correct(read_A)
          regulator.limit()
        }
        const reach = FINE_REACH + 0.02 * Math.abs(nominal)
        expect(Math.abs(regulator.drive - nominal)).toBeLessThanOrEqual(reach * 1.000001)
      }),
      { seed: SEED },
    )
  })
})

test(`a target that moves by little takes its corrections along (seed ${SEED})`, () => {
  const moves = fc.array(fc.double({ min: -1e-4, max: 1e-4, noNaN: true }), { maxLength: 50 })
  fc.assert(
    fc.property(plants, moves, (plant, steps_A) => {
      const regulator = trimmed(plant)
      regulator.setTarget(5e-3)
      run(regulator, plant, 10)
      regulator.learn()
      for (const step_A of steps_A) {
        regulator.moveTarget(regulator.target_A + step_A)
        // What the DACs' gains differ by, of a tenth of a milliampere, and fine steps.
        const error_A = current_A(regulator, plant) - regulator.target_A
        expect(Math.abs(error_A)).toBeLessThan(0.026 * Math.abs(step_A) + 4 * STEP_A)
        run(regulator, plant, 1)
      }
    }),
    { seed: SEED },
  )
})
