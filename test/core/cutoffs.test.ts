import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Cutoffs, NO_CUTOFF } from "../../firmware/core/cutoffs"
import * as steps from "../../firmware/core/step"

const SEED = 20_240_512
const { Step } = steps

interface Condition {
  quantity: number
  isAbove: boolean
  isLinked: boolean
  value: number
}

/** By quantity: an ordinary range of readings and values, where some meet. */
const RANGES: [quantity: number, least: number, most: number][] = [
  [steps.QUANTITY_VOLTAGE, -1000, 4500],
  [steps.QUANTITY_TIME, 0, 20_000],
  [steps.QUANTITY_CHARGE, 0, 20_000],
  [steps.QUANTITY_CURRENT, 0, 5000],
  [steps.QUANTITY_VOLTAGE_RATE, 0, 1000],
  [steps.QUANTITY_TEMPERATURE, -1000, 6000],
  [steps.QUANTITY_CYCLE, 1, 500],
  [steps.QUANTITY_ENERGY, 0, 20_000],
]
/** What one of the above is in the quantity's unit: V, ms, mA s, A, V/s, °C, 1, mW s. */
const UNITS = [0, 1e-3, 1, 1, 1e-5, 1e-6, 0.01, 1, 1]

const reading = (quantity: number, least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => value * UNITS[quantity])
const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...RANGES)
  .chain(([quantity, least, most]) =>
    fc.record({
      quantity: fc.constant(quantity),
      isAbove: fc.boolean(),
      isLinked: fc.boolean(),
      value: reading(quantity, least, most),
    }),
  )
const conditions = fc.array(condition, { minLength: 1, maxLength: 8 })
const readings = fc
  .tuple(...RANGES.map((range) => reading(...range)))
  .map((values) => [0, ...values])

/** The last of a table is never linked: `readStep` refuses that. */
function stepOf(list: Condition[]): steps.Step {
  const step = new Step()
  step.conditionCount = list.length
  list.forEach(({ quantity, isAbove, isLinked, value }, i) => {
    step.quantity[i] = quantity
    step.isAbove[i] = isAbove
    step.isLinked[i] = isLinked && i < list.length - 1
    step.value[i] = value
  })
  return step
}

/** The rule as PROGRAM_FORMAT.md has it: the first run that holds, by its last condition. */
function verdict(step: steps.Step, at: number[]): number {
  let run: number[] = []
  for (let i = 0; i < step.conditionCount; i++) {
    run.push(i)
    if (step.isLinked[i]) continue
    const holds = run.every((k) => {
      const value = at[step.quantity[k]]
      return step.isAbove[k] ? value >= step.value[k] : value <= step.value[k]
    })
    if (holds) return i
    run = []
  }
  return NO_CUTOFF
}

function judge(step: steps.Step, at: number[], most_A = 1): { cutoffs: Cutoffs; met: number } {
  const cutoffs = new Cutoffs()
  at.forEach((value, quantity) => {
    cutoffs.readings[quantity] = value
  })
  return { cutoffs, met: cutoffs.judge(step, most_A) }
}

describe("the verdict", () => {
  test(`is that of the first run that holds (seed ${SEED})`, () => {
    const seen = new Set<number>()
    fc.assert(
      fc.property(conditions, readings, (list, at) => {
        const step = stepOf(list)
        const expected = verdict(step, at)
        seen.add(expected)
        expect(judge(step, at).met).toBe(expected)
      }),
      { seed: SEED, numRuns: 5000 },
    )
    expect(seen.size).toBe(9)
  })

  test(`what is not known holds neither above nor below (seed ${SEED})`, () => {
    fc.assert(
      fc.property(conditions, readings, fc.constantFrom(...RANGES), (list, at, [quantity]) => {
        at[quantity] = Number.NaN
        const { cutoffs, met } = judge(stepOf(list), at)
        if (met !== NO_CUTOFF) expect(list[met].quantity).not.toBe(quantity)
        expect(cutoffs.quietFor_ms).not.toBeNaN()
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  test("a step without conditions goes on for ever", () => {
    const { cutoffs, met } = judge(stepOf([]), [0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(met).toBe(NO_CUTOFF)
    expect(cutoffs).toMatchObject({ quietBelow_V: Infinity, quietAbove_V: -Infinity })
    expect(cutoffs.quietFor_ms).toBe(Infinity)
  })
})

describe("the quiet window", () => {
  /** What may happen: shares of the window and of the largest current, either way. */
  const way = fc.array(
    fc.tuple(fc.nat(1000), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000)),
    {
      minLength: 1,
      maxLength: 12,
    },
  )

  test(`no condition over voltage, time, charge or energy comes to hold in it (seed ${SEED})`, () => {
    let windows = 0
    fc.assert(
      fc.property(
        conditions,
        readings,
        way,
        fc.integer({ min: 1, max: 50_000 }),
        (list, at, moves, most_uA) => {
          const step = stepOf(list)
          const most_A = most_uA * 1e-6
          const { cutoffs, met } = judge(step, at, most_A)
          if (met !== NO_CUTOFF) return
          const below_V = Math.min(cutoffs.quietBelow_V, 5.12)
          const above_V = Math.max(cutoffs.quietAbove_V, -5.12)
          const window_ms = Math.min(cutoffs.quietFor_ms, 30_000) * 0.999_999
          // A voltage outside, or no time at all: every reading is looked at.
          if (at[steps.QUANTITY_VOLTAGE] >= below_V || at[steps.QUANTITY_VOLTAGE] <= above_V) return
          if (window_ms <= 0) return
          windows++
          const now = [...at]
          let left_ms = window_ms
          for (const [timeShare, currentShare, voltageShare] of moves) {
            const time_ms = (left_ms * timeShare) / 1000
            const current_A = (most_A * currentShare) / 1000
            const voltage_V = above_V + (below_V - above_V) * (0.0005 + voltageShare * 0.000999)
            left_ms -= time_ms
            now[steps.QUANTITY_VOLTAGE] = voltage_V
            now[steps.QUANTITY_TIME] += time_ms
            now[steps.QUANTITY_CHARGE] = Math.abs(now[steps.QUANTITY_CHARGE] + current_A * time_ms)
            now[steps.QUANTITY_ENERGY] = Math.abs(
              now[steps.QUANTITY_ENERGY] + current_A * voltage_V * time_ms,
            )
            expect(verdict(step, now)).toBe(NO_CUTOFF)
          }
        },
      ),
      { seed: SEED, numRuns: 20_000 },
    )
    expect(windows).toBeGreaterThan(4000)
  })

  const only = (quantity: number, isAbove: boolean, value: number) =>
    stepOf([{ quantity, isAbove, isLinked: false, value }])
  const NOW = [0, 1, 5000, 100, 0.01, NaN, 25, 3, 100]

  test("is as long as it can be", () => {
    const quietFor_ms = (step: steps.Step) => judge(step, NOW, 0.01).cutoffs.quietFor_ms
    expect(quietFor_ms(only(steps.QUANTITY_TIME, true, 8000))).toBe(3000)
    expect(quietFor_ms(only(steps.QUANTITY_CHARGE, true, 130))).toBeCloseTo(3000, 6)
    expect(quietFor_ms(only(steps.QUANTITY_CHARGE, false, 70))).toBeCloseTo(3000, 6)
    expect(quietFor_ms(only(steps.QUANTITY_ENERGY, true, 256))).toBeGreaterThan(2900)
    // Time that is over does not come back; what needs a full look gets one each second anyway.
    expect(quietFor_ms(only(steps.QUANTITY_TIME, false, 4000))).toBe(Infinity)
    for (const quantity of [steps.QUANTITY_VOLTAGE_RATE, steps.QUANTITY_TEMPERATURE])
      expect(quietFor_ms(only(quantity, true, 1000))).toBe(Infinity)
  })

  test("is bounded by the voltages on both sides, each by its nearest", () => {
    const voltages: [boolean, number][] = [
      [true, 1.5],
      [true, 1.2],
      [false, 0.5],
      [false, 0.8],
    ]
    const list = voltages.map(([isAbove, value]) => ({
      quantity: steps.QUANTITY_VOLTAGE,
      isAbove,
      isLinked: false,
      value,
    }))
    const { cutoffs } = judge(stepOf(list), NOW)
    expect(cutoffs).toMatchObject({ quietBelow_V: 1.2, quietAbove_V: 0.8, quietFor_ms: Infinity })
  })

  test("a run of linked conditions is waited for by the first that fails", () => {
    const linked = [
      { quantity: steps.QUANTITY_TIME, isAbove: true, isLinked: true, value: 60_000 },
      { quantity: steps.QUANTITY_VOLTAGE, isAbove: true, isLinked: false, value: 1.1 },
    ]
    const { cutoffs } = judge(stepOf(linked), NOW)
    expect(cutoffs).toMatchObject({ quietBelow_V: Infinity, quietFor_ms: 55_000 })
    const later = judge(stepOf(linked), [0, 1, 60_000, 0, 0, 0, 0, 0, 0]).cutoffs
    expect(later).toMatchObject({ quietBelow_V: 1.1, quietFor_ms: Infinity })
  })
})
