import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { HardShort } from "../../firmware/core/hardShort"
import { Random } from "../../sim/random"

const SEED = 20_260_743

/** The limit by all samples of a step so far, as the rules are written. */
function reference_V(current_A: number, samples_V: number[]): number {
  let counted: number[] = []
  let limit_V = 0
  for (const voltage_V of samples_V) {
    const along_V = voltage_V * Math.sign(current_A)
    if (along_V <= -limit_V) {
      counted = []
      limit_V = 0
    }
    if (along_V <= limit_V) continue
    counted.push(along_V)
    if (counted.length < 60 || counted.length % 5 !== 0) continue
    const readings = counted.filter((_, i) => i % 5 === 4).slice(-12)
    const sorted = [...readings].sort((a, b) => a - b)
    const median_V = (sorted[5] + sorted[6]) / 2
    limit_V = median_V < 1e-3 ? 0 : Math.min(median_V / 2, 0.6 * readings[11])
  }
  return limit_V
}

/** Runs a step; the second in which |V| is below the limit, or undefined. */
function shortAt_s(current_A: number, voltages_V: number[]): number | undefined {
  const detector = new HardShort()
  detector.begin(current_A)
  for (const [second, voltage_V] of voltages_V.entries()) {
    if (Math.abs(voltage_V) < detector.limit_V) return second
    detector.sample(voltage_V)
  }
  return undefined
}

const step = (seconds: number, voltage_V: (time_s: number) => number) =>
  Array.from({ length: seconds }, (_, time_s) => voltage_V(time_s))

describe("HardShort", () => {
  test(`has the limit that its rules give (seed ${SEED})`, () => {
    // Long stretches about one voltage with jumps between them, some of them through 0 V.
    const stretch = fc.record({
      seconds: fc.integer({ min: 1, max: 150 }),
      voltage_V: fc.constantFrom(0.1, 0.1, 0.07, 0.04, 0.02, 1.5e-3, 0.5e-3, 0, -0.01, -0.2),
      noise_V: fc.constantFrom(0, 20e-6, 5e-3, 0.03),
    })
    const steps = fc.array(
      fc.record({
        current_A: fc.constantFrom(1e-3, 1e-3, -1e-3, 0),
        stretches: fc.array(stretch, { maxLength: 6 }),
      }),
      { maxLength: 2 },
    )
    fc.assert(
      fc.property(steps, fc.nat(), (steps, seed) => {
        const random = new Random(seed)
        const detector = new HardShort()
        for (const { current_A, stretches } of steps) {
          const samples_V = stretches.flatMap(({ seconds, voltage_V, noise_V }) =>
            step(seconds, () => (Math.sign(current_A) || 1) * (voltage_V + random.normal(noise_V))),
          )
          detector.begin(current_A)
          expect(detector.limit_V).toBe(0)
          samples_V.forEach((voltage_V, second) => {
            detector.sample(voltage_V)
            if (second % 7 !== 0 && second !== samples_V.length - 1) return
            const expected_V = reference_V(current_A, samples_V.slice(0, second + 1))
            expect(detector.limit_V).toBeCloseTo(expected_V, 12)
          })
        }
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  test("knows half the median once 60 s are over, either way", () => {
    for (const sign of [1, -1]) {
      const detector = new HardShort()
      detector.begin(sign * 1e-3)
      for (let second = 1; second <= 60; second++) {
        expect(detector.limit_V).toBe(0)
        detector.sample(sign * 0.05)
      }
      expect(detector.limit_V).toBeCloseTo(0.025, 12)
    }
  })

  test("a short is a short for as long as it lasts", () => {
    const detector = new HardShort()
    detector.begin(1e-3)
    for (let second = 0; second < 100; second++) detector.sample(0.05)
    // Ohms of lithium, and a channel's offset that makes them seem negative.
    for (let second = 0; second < 300; second++) detector.sample(second % 2 ? 0.2e-3 : -0.1e-3)
    expect(detector.limit_V).toBeCloseTo(0.025, 12)
  })

  test(`a decaying nucleation spike is none, a short in it is (seed ${SEED})`, () => {
    const spike = fc.record({
      plateau_V: fc.double({ min: 0.004, max: 0.1, noNaN: true }),
      ratio: fc.double({ min: 0, max: 100, noNaN: true }),
      decay_s: fc.double({ min: 1, max: 1000, noNaN: true }),
      shorted_s: fc.integer({ min: 60, max: 1500 }),
      sign: fc.constantFrom(1, -1),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(spike, ({ plateau_V, ratio, decay_s, shorted_s, sign, seed }) => {
        const random = new Random(seed)
        const sound = step(
          1600,
          (t) => plateau_V * (1 + ratio * Math.exp(-t / decay_s)) + random.normal(20e-6),
        )
        const current_A = sign * 1e-3
        const signed = (voltages_V: number[]) => voltages_V.map((voltage_V) => sign * voltage_V)
        expect(shortAt_s(current_A, signed(sound))).toBeUndefined()
        const shorted = sound.map((voltage_V, t) => (t < shorted_s ? voltage_V : 0.1e-3))
        expect(shortAt_s(current_A, signed(shorted))).toBe(shorted_s)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test("a first plating on copper falls through 0 V unjudged, and its plateau is judged", () => {
    for (const sign of [1, -1]) {
      // 2.5 V against the current, an interphase that forms at 0.8 V for two minutes, then lithium.
      const interphase = (t: number) => -2.5 * Math.exp(-t / 5) - (t < 140 ? 0.8 : 0)
      const lithium = (t: number) => (t < 140 ? 0 : 0.03 + 0.2 * Math.exp(-(t - 140) / 20))
      const plating = step(600, (t) => sign * (interphase(t) + lithium(t)))
      expect(shortAt_s(sign * 1e-3, plating)).toBeUndefined()
      const shorted = plating.map((voltage_V, t) => (t < 500 ? voltage_V : sign * 1e-3))
      expect(shortAt_s(sign * 1e-3, shorted)).toBe(500)
    }
  })

  test("a discharge to 0 V is not judged, a charge that collapses is", () => {
    const discharge = step(600, (t) => 3.7 - (t < 500 ? 0 : (t - 500) * 0.5))
    expect(shortAt_s(-1e-3, discharge)).toBeUndefined()
    const charge = step(600, (t) => (t < 500 ? 3.7 + t * 1e-3 : 0.1))
    expect(shortAt_s(1e-3, charge)).toBe(500)
  })

  test(`no limit at 0 A, nor where the noise could reach it (seed ${SEED})`, () => {
    const random = new Random(SEED)
    expect(
      shortAt_s(
        0,
        step(500, (t) => (t < 300 ? 3 : 0)),
      ),
    ).toBeUndefined()
    expect(
      shortAt_s(
        1e-5,
        step(20_000, () => 1.2e-3 + random.normal(20e-6)),
      ),
    ).toBeUndefined()
    const detector = new HardShort()
    detector.begin(1e-5)
    for (let second = 0; second < 500; second++) detector.sample(0.9e-3)
    expect(detector.limit_V).toBe(0)
  })
})
