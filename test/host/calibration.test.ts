import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Calibration, NO_CORRECTION } from "../../firmware/core/calibration"
import {
  type ChannelCalibration,
  decodeCalibration,
  encodeCalibration,
} from "../../host/calibration/bytes"
import { type Point, type Points, solve } from "../../host/calibration/solve"
import { NodeMemory } from "../../sim/memory"

const SEED = 20_240_505
const STANDARD_ohm = 100
const SHORT_ohm = 5e-3

const within = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const lineWithin = (gain: number, offset: number) =>
  fc.record({ gain: within(gain), offset: within(offset) })
const calibrations = fc.record({
  date_s: fc.integer({ min: 1, max: 0xffffffff }),
  standard: fc.stringMatching(/^[ -~]{1,16}$/),
  voltage: lineWithin(0.02, 5e-3),
  commonMode_ohm: within(0.06),
  current: fc.tuple(lineWithin(0.02, 2e-5), lineWithin(0.02, 2e-5), lineWithin(0.02, 2e-5)),
})

/** What a channel reads that needs the corrections of `truth`, on the bench. */
function pointsOf(truth: ChannelCalibration): Points {
  const point = (range: number, true_A: number, ohm: number): Point => {
    const meter_V = true_A * ohm
    const { gain, offset } = truth.current[range]
    return {
      meter_V,
      board_A: (true_A - offset) / (1 + gain),
      board_V:
        (meter_V - truth.voltage.offset - truth.commonMode_ohm * true_A) / (1 + truth.voltage.gain),
    }
  }
  return {
    standard: [
      [point(0, -9e-3, STANDARD_ohm), point(0, 40e-3, STANDARD_ohm)],
      [point(1, -3e-3, STANDARD_ohm), point(1, 3e-3, STANDARD_ohm)],
      [point(2, -1.4e-3, STANDARD_ohm), point(2, 1.4e-3, STANDARD_ohm)],
    ],
    short: [point(0, -40e-3, SHORT_ohm), point(0, 40e-3, SHORT_ohm)],
  }
}

describe("what a channel needs is found from its points", () => {
  test(`gain, offset and common mode apart, and each range's line (seed ${SEED})`, () => {
    fc.assert(
      fc.property(calibrations, (drawn) => {
        // The widest range's offset is taken from the next.
        const [widest, next, finest] = drawn.current
        const truth = { ...drawn, current: [{ ...widest, offset: next.offset }, next, finest] }
        const found = solve(pointsOf(truth), STANDARD_ohm)
        expect(found.voltage.gain).toBeCloseTo(truth.voltage.gain, 9)
        // The short's 5 mΩ times the current offset that is still unknown then: 0.1 µV at most.
        expect(found.voltage.offset).toBeCloseTo(truth.voltage.offset, 6)
        expect(found.commonMode_ohm).toBeCloseTo(truth.commonMode_ohm, 6)
        found.current.forEach(({ gain, offset }, range) => {
          expect(gain).toBeCloseTo(truth.current[range].gain, 9)
          expect(offset).toBeCloseTo(truth.current[range].offset, 8)
        })
        expect(found.residual_V).toBeLessThan(1e-6)
      }),
      { seed: SEED },
    )
  })

  test("a widest range that is bent by the shunt's heat has no offset of that", () => {
    const points = pointsOf(plain)
    const bent = (current_A: number) => current_A * (1 - 0.11 * current_A ** 2)
    for (const point of [...points.standard[0], ...points.short])
      point.board_A = bent(point.board_A)
    const [widest, next] = solve(points, STANDARD_ohm).current
    expect(widest.offset).toBe(next.offset)
    const [, { board_A, meter_V }] = points.standard[0]
    expect(board_A * (1 + widest.gain) + widest.offset).toBeCloseTo(meter_V / STANDARD_ohm, 9)
  })

  test.each<[string, (points: Points) => void]>([
    ["a lead that adds 2 mV on the short", ({ short }) => (short[1].meter_V += 2e-3)],
    ["the meter's sign turned on the short", ({ short }) => (short[0].board_V += 1.5e-3)],
    ["a meter that reads nothing", ({ standard }) => (standard[0][1].meter_V = Number.NaN)],
  ])("%s is found out", (_, spoil) => {
    const points = pointsOf(plain)
    spoil(points)
    expect(() => solve(points, STANDARD_ohm)).toThrow("contradict each other")
  })
})

const plain: ChannelCalibration = {
  date_s: 1_767_225_600,
  standard: "100R 34465A",
  voltage: { gain: 1e-3, offset: 1e-4 },
  commonMode_ohm: 1e-3,
  current: [
    { gain: 1e-3, offset: 1e-6 },
    { gain: -1e-3, offset: 0 },
    { gain: 0, offset: -1e-7 },
  ],
}

describe("a calibration as bytes", () => {
  test(`comes back, on the board too (seed ${SEED})`, () => {
    fc.assert(
      fc.property(calibrations, (calibration) => {
        const bytes = encodeCalibration(calibration)
        const decoded = decodeCalibration(bytes)
        expect(decoded?.date_s).toBe(calibration.date_s)
        expect(decoded?.standard).toBe(calibration.standard)
        const board = new Calibration(NO_CORRECTION)
        expect(board.read(new NodeMemory(bytes))).toBe(true)
        expect(decoded?.voltage).toEqual({ gain: board.voltageGain, offset: board.voltageOffset_V })
        expect(decoded?.commonMode_ohm).toBe(board.commonMode_ohm)
        expect(board.voltageGain).toBeCloseTo(calibration.voltage.gain, 9)
        expect(board.voltageOffset_V).toBeCloseTo(calibration.voltage.offset, 9)
        expect(Math.abs(board.commonMode_ohm - calibration.commonMode_ohm)).toBeLessThan(2.1e-6)
        decoded?.current.forEach(({ gain, offset }, range) => {
          expect(gain).toBe(board.currentGain[range])
          expect(offset).toBe(board.currentOffset_A[range])
          expect(gain).toBeCloseTo(calibration.current[range].gain, 9)
          expect(offset).toBeCloseTo(calibration.current[range].offset, 11)
        })
      }),
      { seed: SEED },
    )
  })

  test.each<[string, Partial<ChannelCalibration>, string]>([
    [
      "a voltage gain of 3 %",
      { voltage: { gain: 0.03, offset: 0 } },
      "voltage gain would be 3.00 %",
    ],
    ["a gain that is no number", { voltage: { gain: Number.NaN, offset: 0 } }, "voltage gain"],
    [
      "an offset of 6 mV",
      { voltage: { gain: 0, offset: -6e-3 } },
      "voltage offset would be -6.00 mV",
    ],
    ["a common mode of 61 mΩ", { commonMode_ohm: 0.061 }, "common mode would be 61.0 mΩ"],
    ["no date", { date_s: 0 }, "needs a date"],
    ["a name that is too long", { standard: "0123456789abcdefg" }, "1 to 16 ASCII"],
    ["a name that is no ASCII", { standard: "100 Ω" }, "1 to 16 ASCII"],
    [
      "a current gain of −9 %",
      { current: [plain.current[0], { gain: -0.09, offset: 0 }, plain.current[2]] },
      "current gain of range 1 would be -9.00 %",
    ],
  ])("%s is refused by name", (_, change, message) => {
    expect(() => encodeCalibration({ ...plain, ...change })).toThrow(message)
  })

  test("another version is not taken for this one", () => {
    const bytes = encodeCalibration(plain)
    bytes[0] = 2
    expect(decodeCalibration(bytes)).toBeUndefined()
  })
})
