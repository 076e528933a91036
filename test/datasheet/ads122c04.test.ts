/** TI SBAS751B: Tables 1, 5, 16, 17 and the output codes of section 8.5.2, transcribed here. */
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import { ads122c04Noise_V } from "../../sim/chips/ads122c04"
import { ChipModelError } from "../../sim/chips/chip"
import { adc, convert, errors, pins, powerNewAdc, receive, register, send } from "./ads122c04Bench"

beforeEach(powerNewAdc)

describe("registers", () => {
  test("all read 00h after power-on and after RESET", () => {
    expect([0, 1, 2, 3].map(register)).toEqual([0, 0, 0, 0])
    send(0x40, 0x6a, 0x44, 0x10, 0x48, 0x50)
    expect([0, 1, 2, 3].map(register)).not.toEqual([0, 0, 0, 0])
    send(0x06)
    expect([0, 1, 2, 3].map(register)).toEqual([0, 0, 0, 0])
  })

  test("several WREG in one frame, each with one data byte; the lowest two bits do not matter", () => {
    send(0x43, 0x6a, 0x47, 0xc8)
    expect(receive(0x23, 1)).toEqual([0x6a])
    expect(receive(0x27, 1)).toEqual([0xc8])
  })

  test("DRDY is read-only", () => {
    send(0x48, 0x80)
    expect(register(2)).toBe(0x00)
  })

  test.each([
    ["MUX 1111", 0x40, 0xf0],
    ["DR 111", 0x44, 0xe0],
    ["external reference", 0x44, 0x02],
    ["supply as reference", 0x44, 0x04],
    ["temperature sensor", 0x44, 0x01],
    ["CRC 11", 0x48, 0x30],
    ["burn-out sources", 0x48, 0x08],
    ["IDAC", 0x48, 0x01],
    ["IDAC routing", 0x4c, 0x20],
  ])("%s is loud", (_what, command, value) => {
    adc.start(false)
    adc.write(command)
    expect(() => adc.write(value)).toThrow(ChipModelError)
  })

  test.each([0x00, 0x01, 0x04, 0x0a, 0x30, 0x50, 0x80, 0xff])("command %i is loud", (command) => {
    adc.start(false)
    expect(() => adc.write(command)).toThrow("ADS122C04 0x40")
  })

  test("a read that no command prepared is loud, and so is a byte too many", () => {
    expect(() => adc.start(true)).toThrow(ChipModelError)
    receive(0x10, 3)
    expect(() => adc.read()).toThrow(ChipModelError)
    expect(() => adc.start(true)).toThrow(ChipModelError)
  })

  test("without power it does not acknowledge", () => {
    adc.powerOff()
    expect(adc.start(false)).toBe(false)
    expect(adc.start(true)).toBe(false)
  })
})

describe("output codes", () => {
  const REFERENCE_V = 2.048

  describe.each([0, 1, 2, 3, 4, 5, 6, 7])("gain code %i", (gainCode) => {
    const fullScale_V = REFERENCE_V / 2 ** gainCode
    test.each([
      [1, 0x7fffff],
      [1 - 2 ** -23, 0x7fffff],
      [2 ** -23, 0x000001],
      [0, 0x000000],
      [-(2 ** -23), 0xffffff],
      [-(1 - 2 ** -23), 0x800001],
      [-1, 0x800000],
      [1.2, 0x7fffff],
      [-1.2, 0x800000],
    ])("%f of full scale", (fraction, code) => {
      pins.at = () => [fraction * fullScale_V, 0, 0, 0]
      expect(convert(gainCode << 1)).toBe(code)
    })
  })

  // AIN0…AIN3 = 0.1, 0.3, 0.7, −0.4 V; AVDD, AVSS = ±2.5 V.
  test.each([
    [0x0, -0.2],
    [0x1, -0.6],
    [0x2, 0.5],
    [0x3, 0.2],
    [0x4, -0.4],
    [0x5, 0.7],
    [0x6, 1.1],
    [0x7, -1.1],
    [0xb, 2.1],
    [0xc, 0.512],
    [0xd, 1.25],
    [0xe, 0],
  ])("MUX %i", (mux, input_V) => {
    pins.at = () => [0.1, 0.3, 0.7, -0.4]
    const code = Math.min(0x7fffff, Math.round((input_V / REFERENCE_V) * 2 ** 23))
    expect(convert(mux << 4)).toBe(code & 0xffffff)
  })

  test.each([
    [0x8, [-2.4, 0, 0, 0]],
    [0x9, [0, -2.4, 0, 0]],
    [0xa, [0, 0, -2.4, 0]],
    [0xb, [0, 0, 0, -2.4]],
  ])("MUX %i against AVSS: the gain ends at 4, whatever PGA_BYPASS", (mux, pins_V) => {
    pins.at = () => pins_V
    const code = Math.round(((0.1 * 4) / REFERENCE_V) * 2 ** 23)
    for (const gainCode of [2, 3, 7]) {
      expect(convert((mux << 4) | (gainCode << 1))).toBe(code)
      expect(convert((mux << 4) | (gainCode << 1) | 1)).toBe(code)
    }
  })

  test("the monitors ignore the gain", () => {
    expect(convert(0xce)).toBe(0x200000)
    expect(convert(0xde)).toBe(Math.round((1.25 / REFERENCE_V) * 2 ** 23))
  })

  test("any input follows the formula within half a code", () => {
    const input = fc.record({
      gainCode: fc.nat(7),
      x: fc.double({ min: -1, max: 0.999, noNaN: true }),
    })
    fc.assert(
      fc.property(input, ({ gainCode, x }) => {
        pins.at = () => [0, 0, (x * REFERENCE_V) / 2 ** gainCode, 0]
        const code = convert(0x60 | (gainCode << 1))
        expect(Math.abs(((code << 8) >> 8) - x * 2 ** 23)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
      { seed: 1 },
    )
  })
})

describe("errors", () => {
  const signed = (code: number): number => ((code << 8) >> 8) / 2 ** 23

  test("offset is at the input, gain errors go by gain code, the reference may drift", () => {
    errors.offset_V = 1e-3
    errors.gainError[4] = 1e-2
    pins.at = () => [0.05, 0, 0, 0]
    expect(signed(convert(0x00))).toBeCloseTo(0.051 / 2.048, 6)
    expect(signed(convert(0x08))).toBeCloseTo((0.051 * 1.01 * 16) / 2.048, 6)
    errors.reference_V = 2.05
    expect(signed(convert(0x00))).toBeCloseTo(0.051 / 2.05, 6)
  })

  test("nonlinearity peaks between zero and full scale and spares both", () => {
    errors.integralNonlinearity = 1e-4
    const at = (x: number): number => {
      pins.at = () => [x * 2.048, 0, 0, 0]
      return signed(convert(0)) - x
    }
    expect(at(0)).toBe(0)
    expect(at(-1)).toBe(0)
    expect(at(1 / Math.sqrt(3))).toBeCloseTo(1e-4, 6)
    expect(at(-1 / Math.sqrt(3))).toBeCloseTo(-1e-4, 6)
  })

  test("noise has the asked rms value", () => {
    const asked: unknown[][] = []
    errors.noise_V = (...setting) => {
      asked.push(setting)
      return 1e-3
    }
    send(0x44, 0xd0) // 2000 SPS, turbo
    const codes = Array.from({ length: 2000 }, () => signed(convert(0xea)) * (2.048 / 32))
    const rms = Math.sqrt(codes.reduce((sum, v) => sum + v * v, 0) / codes.length)
    expect(rms).toBeCloseTo(1e-3, 4)
    expect(asked[0]).toEqual([5, 6, true])
  })

  // Table 1 (normal) and Table 5 (turbo), µV rms: first row, last row, and gains 2 and 32 at DR 1.
  test.each([
    [0, 0, false, 5.1],
    [7, 0, false, 0.11],
    [1, 1, false, 3.02],
    [5, 1, false, 0.28],
    [0, 6, false, 36.9],
    [7, 6, false, 0.73],
    [0, 0, true, 4.41],
    [7, 0, true, 0.1],
    [5, 1, true, 0.31],
    [7, 6, true, 0.83],
  ])("typical noise at gain code %i, DR %i, turbo %s", (gainCode, dataRate, turbo, noise_uV) => {
    expect(ads122c04Noise_V(gainCode, dataRate, turbo) * 1e6).toBeCloseTo(noise_uV, 9)
  })
})
