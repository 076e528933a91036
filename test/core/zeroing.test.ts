import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { Calibration, NO_CORRECTION } from "../../firmware/core/calibration"
import { amperesPerFineStep, currentPerCode, voltagePerCode } from "../../firmware/core/circuit"
import { Regulator } from "../../firmware/core/regulator"
import {
  DUMMY_FAILED,
  ZEROING_DONE,
  ZEROING_FAILED,
  ZEROING_GOES_ON,
  Zeroing,
} from "../../firmware/core/zeroing"

const SEED = 20_240_507
const circuit = manifest.frontEnd
const VOLT = voltagePerCode(circuit)
const STEP_A = amperesPerFineStep(circuit)
const RANGES = circuit.currentRanges.length
const nominal = new Calibration(NO_CORRECTION)

/** A channel on its dummy resistor. */
interface Dummy {
  /** Converter offsets of the three ranges, codes. */
  offsets: number[]
  voltageOffset_V: number
  /** Current at the middle of the DACs. */
  zeroCurrent_A: number
  /** Relative errors of the DACs, of dummy and voltage path together, and of the shunt. */
  driveGain: number
  dummyError: number
  currentGain: number
  /** A channel that does not follow its DACs stays there. */
  isStuck?: boolean
}

const still: Dummy = {
  offsets: [0, 0, 0],
  voltageOffset_V: 0,
  zeroCurrent_A: 0,
  driveGain: 0,
  dummyError: 0,
  currentGain: 0,
}

/** A channel with a zeroing of its own. */
class Bench {
  readonly zeroing = new Zeroing(circuit)
  readonly regulator = new Regulator(circuit)
  largest_A = 0
  periods = 0

  constructor(public dummy: Dummy) {
    this.regulator.reset(0)
  }

  get current_A(): number {
    const { regulator, dummy } = this
    if (dummy.isStuck) return dummy.zeroCurrent_A
    const drive = (regulator.coarseCode() - 2048) * circuit.fineRatio + regulator.fineCode() - 2048
    return drive * STEP_A * (1 + dummy.driveGain) + dummy.zeroCurrent_A
  }

  /** One whole zeroing to its verdict. @param onPeriod is told of every reading */
  run(isFull = true, testsDummy = true, correction = nominal, onPeriod = () => {}): number {
    const { zeroing, regulator } = this
    zeroing.begin(isFull, testsDummy)
    // The first reading was converted before the zeroing began: anything may be in it.
    let verdict = zeroing.step(7_654_321, -7_654_321, regulator, correction)
    for (this.periods = 1; verdict === ZEROING_GOES_ON && this.periods < 1000; this.periods++) {
      onPeriod()
      const { dummy, current_A } = this
      const { range } = zeroing
      this.largest_A = Math.max(this.largest_A, Math.abs(current_A))
      const flows_A = zeroing.wantsShort() ? 0 : current_A * (1 + dummy.currentGain)
      const code = flows_A / currentPerCode(circuit, circuit.currentRanges[range])
      const seen_V = current_A * circuit.dummy_ohm * (1 + dummy.dummyError) + dummy.voltageOffset_V
      verdict = zeroing.step(
        Math.round(seen_V / VOLT),
        Math.round(code + dummy.offsets[range]),
        regulator,
        correction,
      )
    }
    return verdict
  }
}

const part = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
const sound: fc.Arbitrary<Dummy> = fc.record({
  offsets: fc.tuple(
    fc.integer({ min: -1600, max: 1600 }),
    fc.integer({ min: -20_000, max: 20_000 }),
    fc.integer({ min: -50_000, max: 50_000 }),
  ),
  voltageOffset_V: part(0.019),
  zeroCurrent_A: part(0.6e-3),
  driveGain: part(0.014),
  dummyError: part(0.004),
  currentGain: part(0.004),
})

/** What a zeroing must have found, in volts and fine steps. */
function expectZero(bench: Bench): void {
  const { zeroing, regulator, dummy } = bench
  expect(Math.abs(zeroing.offset_V() - dummy.voltageOffset_V)).toBeLessThan(3e-6)
  expect(Math.abs(bench.current_A)).toBeLessThan(STEP_A)
  regulator.setTarget(0)
  expect(Math.abs(bench.current_A)).toBeLessThan(STEP_A)
}

describe("a full zeroing", () => {
  test(`finds every offset of a sound channel in 16 seconds (seed ${SEED})`, () => {
    fc.assert(
      fc.property(sound, fc.boolean(), (dummy, testsDummy) => {
        const bench = new Bench(dummy)
        expect(bench.run(true, testsDummy)).toBe(ZEROING_DONE)
        expect(bench.periods).toBeLessThanOrEqual(160)
        expect(bench.zeroing.currentCode).toEqual(dummy.offsets)
        expect(bench.zeroing.hasTested).toBe(testsDummy)
        expectZero(bench)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test("shorts the inputs in each range, then never again", () => {
    const bench = new Bench(still)
    const seen: string[] = []
    bench.run(true, true, nominal, () => {
      seen.push(`${bench.zeroing.range}${bench.zeroing.wantsShort() ? "s" : ""}`)
    })
    // The last reading of a range is the first that asks for the next.
    const shorted = seen.filter((range) => range.endsWith("s"))
    expect(seen.slice(0, shorted.length)).toEqual(shorted)
    expect([...new Set(shorted)]).toEqual(["0s", "1s", "2s"])
    for (const range of ["0s", "1s", "2s"])
      expect(shorted.filter((one) => one === range)).toHaveLength(shorted.length / 3)
    // The dummy's current is one of the widest range, all else one of the most sensitive.
    expect(seen.slice(shorted.length).filter((range) => range === "0")).toHaveLength(8)
    expect(seen.at(-1)).toBe("2")
  })

  test("begins anew after one that failed", () => {
    const bench = new Bench({ ...still, offsets: [0, 0, 500_000] })
    expect(bench.run()).toBe(ZEROING_FAILED)
    bench.dummy = still
    bench.regulator.reset(0)
    expect(bench.run()).toBe(ZEROING_DONE)
    expect(bench.zeroing.offset_V()).toBeCloseTo(0, 12)
  })
})

describe("a quick one", () => {
  test(`keeps the converter's offsets, follows what moved of the rest (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        sound,
        part(1e-3),
        part(20e-6),
        fc.boolean(),
        (dummy, drift_V, drift_A, tests) => {
          const bench = new Bench(dummy)
          bench.run()
          bench.dummy = {
            ...dummy,
            voltageOffset_V: dummy.voltageOffset_V * 0.9 + drift_V,
            zeroCurrent_A: dummy.zeroCurrent_A + drift_A,
          }
          bench.regulator.reset(bench.regulator.zeroDrive)
          let isShorted = false
          const verdict = bench.run(false, tests, nominal, () => {
            isShorted ||= bench.zeroing.wantsShort()
          })
          expect(verdict).toBe(ZEROING_DONE)
          expect(isShorted).toBe(false)
          expect(bench.zeroing.currentCode).toEqual(dummy.offsets)
          expectZero(bench)
          // Without the dummy's test 1.4 s, with it 2.6 s.
          expect(bench.periods).toBeLessThanOrEqual(tests ? 26 : 14)
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })
})

describe("the self-test", () => {
  test(`reads the dummy's error, whatever the offsets (seed ${SEED})`, () => {
    fc.assert(
      fc.property(sound, fc.boolean(), (dummy, isFull) => {
        const bench = new Bench(dummy)
        bench.run()
        if (!isFull) bench.run(false)
        const truth = (1 + dummy.dummyError) / (1 + dummy.currentGain) - 1
        expect(Math.abs(bench.zeroing.ratioError - truth)).toBeLessThan(5e-6)
      }),
      { seed: SEED },
    )
  })

  test(`by the calibration in force (seed ${SEED})`, () => {
    fc.assert(
      fc.property(sound, part(0.004), (dummy, voltageGain) => {
        const correction = new Calibration({
          ...NO_CORRECTION,
          voltageGain,
          currentGain: [1 / (1 + dummy.currentGain) - 1, 0, 0],
        })
        const bench = new Bench(dummy)
        bench.run(true, true, correction)
        const truth = (1 + dummy.dummyError) * (1 + voltageGain) - 1
        expect(Math.abs(bench.zeroing.ratioError - truth)).toBeLessThan(5e-6)
      }),
      { seed: SEED },
    )
  })

  test.each([0.02, -0.02, 0.0101, -0.0101, 1, -0.9])(
    "finds a dummy that is %d off",
    (dummyError) => {
      for (const isFull of [true, false]) {
        const bench = new Bench({ ...still, dummyError })
        expect(bench.run(isFull)).toBe(DUMMY_FAILED)
        expect(bench.zeroing.ratioError).toBeCloseTo(dummyError, 4)
      }
    },
  )

  test("passes one that is 0.9 % off: uncalibrated, voltage and current add up to that", () => {
    for (const dummyError of [0.009, -0.009])
      expect(new Bench({ ...still, dummyError }).run()).toBe(ZEROING_DONE)
  })

  test("drives no more than 20 mA both ways, and nothing without it", () => {
    const bench = new Bench(still)
    bench.run(true, false)
    expect(bench.largest_A).toBeLessThan(STEP_A)
    bench.run()
    expect(bench.largest_A).toBeCloseTo(0.02, 5)
  })

  test(`teaches the gain of both signs: the first current is within 0.1 % (seed ${SEED})`, () => {
    const current = fc.double({ min: 1e-3, max: 45e-3, noNaN: true })
    fc.assert(
      fc.property(sound, current, fc.constantFrom(1, -1), (dummy, size_A, sign) => {
        const bench = new Bench({ ...dummy, currentGain: 0 })
        bench.run()
        bench.regulator.setTarget(sign * size_A)
        expect(Math.abs(bench.current_A - sign * size_A)).toBeLessThan(1e-3 * size_A + 2 * STEP_A)
      }),
      { seed: SEED },
    )
  })
})

describe("fails on", () => {
  const code = (current_A: number, range: number) =>
    Math.round(current_A / currentPerCode(circuit, circuit.currentRanges[range]))
  const offset = (current_A: number, range: number) =>
    still.offsets.map((_, i) => (i === range ? code(current_A, range) : 0))

  test.each<[string, Partial<Dummy>]>([
    ["a voltage path 25 mV off", { voltageOffset_V: 0.025 }],
    ["a voltage path −25 mV off", { voltageOffset_V: -0.025 }],
    ["a current that does not follow its DACs", { isStuck: true, zeroCurrent_A: 10e-6 }],
    ["a converter 12 µA off in its widest range", { offsets: offset(12e-6, 0) }],
    ["a converter −12 µA off in its middle range", { offsets: offset(-12e-6, 1) }],
    ["a converter 12 µA off in its finest range", { offsets: offset(12e-6, 2) }],
  ])("%s", (_, fault) => {
    for (const testsDummy of [true, false])
      expect(new Bench({ ...still, ...fault }).run(true, testsDummy)).not.toBe(ZEROING_DONE)
    expect(new Bench({ ...still, ...fault }).run(true, false)).toBe(ZEROING_FAILED)
  })

  test("none of them at 8 µA and 19 mV", () => {
    for (let range = 0; range < RANGES; range++)
      for (const size of [1, -1])
        expect(
          new Bench({
            ...still,
            offsets: offset(size * 8e-6, range),
            voltageOffset_V: size * 0.019,
          }).run(),
        ).toBe(ZEROING_DONE)
  })
})
