import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { amperesPerFineStep } from "../../firmware/core/circuit"
import { Regulator } from "../../firmware/core/regulator"
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
        regulator.reset()
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
        regulator.reset()
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
        regulator.reset()
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
        regulator.reset()
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
