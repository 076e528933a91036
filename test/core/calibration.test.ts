import { describe, expect, test } from "vitest"
import { CALIBRATION_BYTES, Calibration, NO_CORRECTION } from "../../firmware/core/calibration"
import { NodeMemory } from "../../sim/memory"

/** Version 3, −4 µΩ, 2 February 1970, voltage, three ranges, no name. */
const HEX =
  "0300ffff" +
  "00202c00" +
  "0100000002000000" +
  "0300000004000000050000000600000007000000ffffffff" +
  "00".repeat(16)

function bytesWith(change: (bytes: NodeMemory) => void): NodeMemory {
  const bytes = new NodeMemory(Buffer.from(HEX, "hex"))
  change(bytes)
  return bytes
}

test("a calibration is read from where its description says", () => {
  const calibration = new Calibration(NO_CORRECTION)
  expect(calibration.isMeasured).toBe(false)
  expect(calibration.read(bytesWith(() => {}))).toBe(true)
  expect(calibration).toEqual({
    isMeasured: true,
    date_s: 0x2c2000,
    commonMode_ohm: -4e-6,
    voltageGain: 1e-9,
    voltageOffset_V: 2e-9,
    currentGain: [3e-9, 5e-9, 7e-9],
    currentOffset_A: [4e-12, 6e-12, -1e-12],
  })
})

test("a date beyond 2038 is one", () => {
  const calibration = new Calibration(NO_CORRECTION)
  expect(calibration.read(bytesWith((bytes) => bytes.setAt(4, "u32", 0xfffffff0)))).toBe(true)
  expect(calibration.date_s).toBe(0xfffffff0)
})

describe("what is no calibration leaves the one in force as it was", () => {
  test.each<[string, (bytes: NodeMemory) => void]>([
    ["memory that was never written", (bytes) => bytes.fill(0)],
    ["memory that was erased", (bytes) => bytes.fill(0xff)],
    ["another version", (bytes) => bytes.setAt(0, "u8", 2)],
    ["none without a date", (bytes) => bytes.setAt(4, "u32", 0)],
    ["a common mode of 60.004 mΩ", (bytes) => bytes.setAt(2, "i16", 15_001)],
    ["a common mode of −60.004 mΩ", (bytes) => bytes.setAt(2, "i16", -15_001)],
    ["a voltage gain of 2.0001 %", (bytes) => bytes.setAt(8, "i32", 20_001_000)],
    ["a voltage gain of −2.0001 %", (bytes) => bytes.setAt(8, "i32", -20_001_000)],
    ["a voltage offset of 5.001 mV", (bytes) => bytes.setAt(12, "i32", 5_001_000)],
    ["a current gain of −2.0001 %", (bytes) => bytes.setAt(32, "i32", -20_001_000)],
    ["a current offset of −20.001 µA", (bytes) => bytes.setAt(28, "i32", -20_001_000)],
  ])("%s", (_, change) => {
    const inForce = new Calibration({ ...NO_CORRECTION, voltageGain: 1e-3 })
    const before = { ...structuredClone(inForce) }
    expect(inForce.read(bytesWith(change))).toBe(false)
    expect({ ...inForce }).toEqual(before)
  })

  test.each<[string, (bytes: NodeMemory) => void]>([
    ["a common mode of −59.996 mΩ", (bytes) => bytes.setAt(2, "i16", -14_999)],
    ["a voltage gain of 1.9999 %", (bytes) => bytes.setAt(8, "i32", 19_999_000)],
    ["a voltage offset of 4.999 mV", (bytes) => bytes.setAt(12, "i32", -4_999_000)],
    ["a current offset of 19.999 µA", (bytes) => bytes.setAt(36, "i32", 19_999_000)],
  ])("but %s is one", (_, change) => {
    expect(new Calibration(NO_CORRECTION).read(bytesWith(change))).toBe(true)
  })
})

test("the bytes are as many as there are", () => {
  expect(HEX.length).toBe(2 * CALIBRATION_BYTES)
})
