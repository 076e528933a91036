import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { CALIBRATION_BYTES, Calibration, NO_CORRECTION } from "../../firmware/core/calibration"

const SEED = 20_240_503

// Whole parts per 10⁹, nanovolts and picoamperes, as the bytes hold them.
const gain = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })
const offset = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })
const three = (numbers: fc.Arbitrary<number>) => fc.tuple(numbers, numbers, numbers)
const calibrations = fc
  .record({
    date_s: fc.integer({ min: 0, max: 0xffffffff }),
    voltageGain: gain,
    voltageOffset_nV: offset,
    currentGain: three(gain),
    currentOffset_pA: three(offset),
  })
  .map((parts) => {
    const calibration = new Calibration(NO_CORRECTION)
    calibration.date_s = parts.date_s
    calibration.isMeasured = parts.date_s !== 0
    calibration.voltageGain = parts.voltageGain * 1e-9
    calibration.voltageOffset_V = parts.voltageOffset_nV * 1e-9
    calibration.currentGain = parts.currentGain.map((ppb) => ppb * 1e-9)
    calibration.currentOffset_A = parts.currentOffset_pA.map((pA) => pA * 1e-12)
    return calibration
  })

function written(calibration: Calibration): Uint8Array {
  const bytes = new Uint8Array(CALIBRATION_BYTES)
  calibration.write(bytes)
  return bytes
}

describe("a calibration in bytes", () => {
  test(`comes back, dates beyond 2038 too (seed ${SEED})`, () => {
    fc.assert(
      fc.property(calibrations, (calibration) => {
        const read = new Calibration(NO_CORRECTION)
        expect(read.read(written(calibration))).toBe(true)
        expect(read).toEqual(calibration)
      }),
      { seed: SEED },
    )
  })

  test(`is refused with any bit changed, and leaves what was in force (seed ${SEED})`, () => {
    fc.assert(
      fc.property(calibrations, fc.nat(8 * CALIBRATION_BYTES - 1), (calibration, bit) => {
        const bytes = written(calibration)
        bytes[bit >> 3] ^= 1 << (bit & 7)
        const inForce = new Calibration(NO_CORRECTION)
        inForce.voltageGain = 1e-3
        const before = structuredClone(inForce)
        expect(inForce.read(bytes)).toBe(false)
        expect({ ...inForce }).toEqual({ ...before })
      }),
      { seed: SEED },
    )
  })

  test("memory that was never written is no calibration", () => {
    const calibration = new Calibration(NO_CORRECTION)
    expect(calibration.read(new Uint8Array(CALIBRATION_BYTES))).toBe(false)
    expect(calibration.read(new Uint8Array(CALIBRATION_BYTES).fill(0xff))).toBe(false)
    expect(calibration.isMeasured).toBe(false)
  })

  test("nominal values carry no date and do not count as measured", () => {
    const calibration = new Calibration(NO_CORRECTION)
    expect(calibration.read(written(new Calibration(NO_CORRECTION)))).toBe(true)
    expect(calibration.isMeasured).toBe(false)
  })
})
