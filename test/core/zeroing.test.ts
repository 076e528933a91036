import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import { amperesPerFineStep, currentPerCode, voltagePerCode } from "../../firmware/core/circuit"
import { Regulator } from "../../firmware/core/regulator"
import { ZEROING_DONE, ZEROING_FAILED, ZEROING_GOES_ON, Zeroing } from "../../firmware/core/zeroing"

const SEED = 20_240_507
const circuit = manifest.frontEnd
const VOLT = voltagePerCode(circuit)

/** A channel on its dummy resistor. */
interface Dummy {
  /** Converter offsets of the three ranges, codes. */
  offsets: number[]
  voltageOffset_V: number
  /** Current at the middle of the DACs. */
  zeroCurrent_A: number
  /** A channel that does not follow its DACs stays there. */
  isStuck?: boolean
}

/** Runs a zeroing to its verdict. */
function run(dummy: Dummy) {
  const zeroing = new Zeroing(circuit)
  const regulator = new Regulator(circuit)
  regulator.reset()
  zeroing.begin()
  const current_A = () => {
    const drive = dummy.isStuck
      ? 0
      : (regulator.coarseCode() - 2048) * circuit.fineRatio + regulator.fineCode() - 2048
    return drive * amperesPerFineStep(circuit) + dummy.zeroCurrent_A
  }
  // The first reading was converted before the zeroing began: anything may be in it.
  let verdict = zeroing.step(7_654_321, -7_654_321, regulator)
  let periods = 1
  while (verdict === ZEROING_GOES_ON && periods < 1000) {
    const { range } = zeroing
    const flows_A = zeroing.wantsShort() ? 0 : current_A()
    const code = flows_A / currentPerCode(circuit, circuit.currentRanges[range])
    const seen_V = current_A() * circuit.dummy_ohm + dummy.voltageOffset_V
    verdict = zeroing.step(
      Math.round(seen_V / VOLT),
      Math.round(code + dummy.offsets[range]),
      regulator,
    )
    periods++
  }
  return { verdict, periods, zeroing, residual_A: current_A() }
}

const sound: fc.Arbitrary<Dummy> = fc.record({
  offsets: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -20_000, max: 20_000 }))),
  voltageOffset_V: fc.double({ min: -0.019, max: 0.019, noNaN: true }),
  zeroCurrent_A: fc.double({ min: -0.6e-3, max: 0.6e-3, noNaN: true }),
})
const still: Dummy = { offsets: [0, 0, 0], voltageOffset_V: 0, zeroCurrent_A: 0 }

describe("Zeroing", () => {
  test(`finds every offset of a sound channel in five seconds (seed ${SEED})`, () => {
    fc.assert(
      fc.property(sound, (dummy) => {
        const { verdict, periods, zeroing, residual_A } = run(dummy)
        expect(verdict).toBe(ZEROING_DONE)
        expect(periods).toBeLessThanOrEqual(50)
        expect(zeroing.currentCode).toEqual(dummy.offsets)
        // A fine step of residual current is 39 µV on the dummy, and is taken off.
        expect(Math.abs(zeroing.voltageCode * VOLT - dummy.voltageOffset_V)).toBeLessThan(2e-6)
        expect(Math.abs(residual_A)).toBeLessThan(amperesPerFineStep(circuit))
      }),
      { seed: SEED },
    )
  })

  test("shorts the inputs through eight readings of each range, then never again", () => {
    const zeroing = new Zeroing(circuit)
    const regulator = new Regulator(circuit)
    regulator.reset()
    zeroing.begin()
    const seen: string[] = []
    for (let verdict = ZEROING_GOES_ON; verdict === ZEROING_GOES_ON; ) {
      verdict = zeroing.step(0, 0, regulator)
      seen.push(`${zeroing.range}${zeroing.wantsShort() ? "s" : ""}`)
    }
    const shorted = ["0s", "1s", "2s"].map((range) => seen.filter((one) => one === range).length)
    expect(shorted).toEqual([8, 8, 8])
    expect(seen.slice(24).every((one) => one === "2")).toBe(true)
  })

  test.each<[string, Partial<Dummy>]>([
    ["a voltage path 25 mV off", { voltageOffset_V: 0.025 }],
    ["a voltage path −25 mV off", { voltageOffset_V: -0.025 }],
    ["a current that does not follow its DACs", { isStuck: true, zeroCurrent_A: 10e-6 }],
  ])("fails on %s", (_, fault) => {
    expect(run({ ...still, ...fault }).verdict).toBe(ZEROING_FAILED)
  })

  test("begins anew after one that failed", () => {
    const zeroing = new Zeroing(circuit)
    const regulator = new Regulator(circuit)
    for (const code of [500_000, 0]) {
      zeroing.begin()
      regulator.reset()
      let verdict = ZEROING_GOES_ON
      while (verdict === ZEROING_GOES_ON) verdict = zeroing.step(code, 0, regulator)
      expect(verdict).toBe(code === 0 ? ZEROING_DONE : ZEROING_FAILED)
    }
    expect(zeroing.voltageCode).toBeCloseTo(0, 12)
  })
})
