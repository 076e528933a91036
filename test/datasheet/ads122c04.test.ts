/** TI SBAS751B: Tables 1, 5, 12, 16, 17 and the output codes of section 8.5.2, transcribed here. */
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import type { AdcInputs } from "../../sim/chips/adcInputs"
import { Ads122c04, ads122c04Noise_V, IDEAL_ADC } from "../../sim/chips/ads122c04"
import { ChipModelError } from "../../sim/chips/chip"
import { Clock } from "../../sim/clock"
import { Random } from "../../sim/random"

/** A circuit whose pins are a function of time; one request at a time, as the port says. */
class Pins implements AdcInputs {
  at = (_at_us: number): number[] => [0, 0, 0, 0]
  requests = 0
  private due_us = 0
  private latch: ((pins_V: Float64Array) => void) | undefined

  sampleAt(at_us: number, latch: (pins_V: Float64Array) => void): void {
    this.requests++
    this.due_us = at_us
    this.latch = latch
  }

  advanceTo(now_us: number): void {
    while (this.latch !== undefined && this.due_us <= now_us) {
      const latch = this.latch
      this.latch = undefined
      latch(Float64Array.from(this.at(this.due_us)))
    }
  }
}

let clock: Clock
let pins: Pins
let errors: typeof IDEAL_ADC
let adc: Ads122c04

beforeEach(() => {
  clock = new Clock()
  pins = new Pins()
  errors = { ...IDEAL_ADC, gainError: [...IDEAL_ADC.gainError] }
  adc = new Ads122c04({
    name: "ADS122C04 0x40",
    clock,
    inputs: pins,
    errors,
    random: new Random(1),
  })
  adc.powerOn()
})

function send(...bytes: number[]): void {
  expect(adc.start(false)).toBe(true)
  for (const byte of bytes) expect(adc.write(byte)).toBe(true)
  adc.stop()
}

function receive(command: number, length: number): number[] {
  adc.start(false)
  adc.write(command)
  adc.start(true)
  const bytes = Array.from({ length }, () => adc.read())
  adc.stop()
  return bytes
}

const data = (): number => receive(0x10, 3).reduce((code, byte) => code * 256 + byte, 0)
const register = (address: number): number => receive(0x20 | (address << 2), 1)[0]

function convert(r0: number): number {
  send(0x40, r0, 0x08)
  clock.advanceBy_us(60_000)
  return data()
}

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

// Table 12: data rate code, single-shot ms, continuous tCLK cycles.
const NORMAL = [
  [0, 50.01, 51192],
  [1, 22.27, 22780],
  [2, 11.29, 11532],
  [3, 5.8, 5916],
  [4, 3.07, 3116],
  [5, 1.71, 1724],
  [6, 1.04, 1036],
]
const TURBO = [
  [0, 25.01, 51192],
  [1, 11.14, 22780],
  [2, 5.65, 11532],
  [3, 2.9, 5916],
  [4, 1.54, 3116],
  [5, 0.86, 1724],
  [6, 0.52, 1036],
]

describe.each([
  ["normal", 0, 1.024, 28.5, NORMAL],
  ["turbo", 0x10, 2.048, 105, TURBO],
])("conversion times, %s mode", (_mode, mode, clock_MHz, delay_tCLK, table) => {
  test.each(table)("DR %i single-shot: %f ms", (dataRate, single_ms) => {
    pins.at = () => [1.024, 0, 0, 0]
    send(0x44, (dataRate << 5) | mode, 0x08)
    clock.advanceBy_us(single_ms * 1000 - 10)
    expect(register(2)).toBe(0x00)
    expect(data()).toBe(0)
    clock.advanceBy_us(20)
    expect(register(2)).toBe(0x80)
    expect(data()).toBe(0x400000)
    expect(register(2)).toBe(0x00)
    clock.advanceBy_us(200_000) // one START, one conversion
    expect(register(2)).toBe(0x00)
    expect(pins.requests).toBe(1)
  })

  test.each(table)("DR %i continuous, %f ms single-shot, %i tCLK", (dataRate, _ms, period_tCLK) => {
    send(0x44, (dataRate << 5) | mode | 0x08)
    clock.advanceBy_us(100_000)
    expect(register(2)).toBe(0x00) // CM alone starts nothing
    send(0x48, 0x40, 0x08)
    const period_us = period_tCLK / clock_MHz
    clock.advanceBy_us(delay_tCLK / clock_MHz + period_us - 0.1)
    for (let n = 0; n < 5; n++) {
      expect(receive(0x10, 4)[0]).toBe(n)
      expect(register(2) & 0x80).toBe(0)
      clock.advanceBy_us(0.2)
      expect(register(2) & 0x80).toBe(0x80)
      expect(receive(0x10, 4)[0]).toBe(n + 1)
      clock.advanceBy_us(period_us - 0.2)
    }
  })
})

describe("conversions", () => {
  const rising = (at_us: number): number[] => [at_us * 1e-6, 0, 0, 0]
  const input_V = (): number => (data() / 2 ** 23) * 2.048

  test("the value is the input at the middle of the window, at whatever rate it is noticed", () => {
    pins.at = rising
    clock.advanceBy_us(100_000)
    send(0x08)
    clock.advanceBy_us(400_000)
    expect(input_V()).toBeCloseTo(0.1 + 0.05001 / 2, 5)
  })

  test("continuous conversions after a long silence: the last one counts, none is lost", () => {
    pins.at = rising
    send(0x44, 0x08, 0x48, 0x40, 0x08)
    clock.advanceBy_us(1_000_000)
    const bytes = receive(0x10, 4)
    expect(bytes[0]).toBe(20)
    const middle_us = (28.5 + 19.5 * 51192) / 1.024
    const code = (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]
    expect((code / 2 ** 23) * 2.048).toBeCloseTo(middle_us * 1e-6, 6)
  })

  test("the clock error stretches a conversion", () => {
    errors.clockError = 0.02
    send(0x08)
    clock.advanceBy_us(50_900)
    expect(register(2)).toBe(0x00)
    clock.advanceBy_us(200)
    expect(register(2)).toBe(0x80)
  })

  test("RDATA before the end gives the data and the counter of before", () => {
    pins.at = () => [1.024, 0, 0, 0]
    send(0x48, 0x40, 0x08)
    clock.advanceBy_us(60_000)
    expect(receive(0x10, 4)).toEqual([1, 0x40, 0, 0])
    pins.at = () => [-1.024, 0, 0, 0]
    send(0x08)
    clock.advanceBy_us(40_000)
    expect(receive(0x10, 4)).toEqual([1, 0x40, 0, 0])
    clock.advanceBy_us(20_000)
    expect(receive(0x10, 4)).toEqual([2, 0xc0, 0, 0])
  })

  test("data that end between RDATA and the read keep DRDY up", () => {
    send(0x08)
    adc.start(false)
    adc.write(0x10)
    clock.advanceBy_us(60_000)
    adc.start(true)
    adc.read()
    adc.stop()
    expect(register(2)).toBe(0x80)
  })

  test("START and WREG restart a running conversion; WREG at rest starts none", () => {
    for (const restart of [[0x08], [0x40, 0x00], [0x4c, 0x00]]) {
      send(0x06, 0x08)
      clock.advanceBy_us(40_000)
      send(...restart)
      clock.advanceBy_us(40_000)
      expect(register(2)).toBe(0x00)
      clock.advanceBy_us(11_000)
      expect(register(2)).toBe(0x80)
    }
    data()
    send(0x40, 0x60)
    clock.advanceBy_us(100_000)
    expect(register(2)).toBe(0x00)
  })

  test("POWERDOWN lets the running conversion finish and stops the ones after it", () => {
    send(0x44, 0x08, 0x48, 0x40, 0x08)
    clock.advanceBy_us(120_000)
    send(0x02)
    clock.advanceBy_us(500_000)
    expect(receive(0x10, 4)[0]).toBe(3)
    expect(register(1)).toBe(0x08)
  })

  test("RESET and a power cut abandon the running conversion", () => {
    send(0x08)
    send(0x06)
    clock.advanceBy_us(100_000)
    expect(register(2)).toBe(0x00)
    send(0x08)
    adc.powerOff()
    clock.advanceBy_us(100_000)
    adc.powerOn()
    expect(register(2)).toBe(0x00)
    expect(data()).toBe(0)
  })

  test("a circuit that misses its sample is an error, not a stale value", () => {
    pins.advanceTo = () => {}
    send(0x08)
    clock.advanceBy_us(60_000)
    expect(() => adc.start(false)).toThrow("missed a sample")
  })
})

describe("counter and data integrity", () => {
  test("the counter rolls over to 00h and is cleared by DCNT = 0", () => {
    send(0x44, 0xc0, 0x48, 0x40)
    for (let i = 0; i < 255; i++) convert(0)
    expect(receive(0x10, 4)[0]).toBe(0xff)
    convert(0)
    expect(receive(0x10, 4)[0]).toBe(0x00)
    convert(0)
    expect(receive(0x10, 4)[0]).toBe(0x01)
    send(0x48, 0x00)
    send(0x48, 0x40)
    expect(receive(0x10, 4)[0]).toBe(0x00)
  })

  test("inverted copy follows counter, data and register contents", () => {
    pins.at = () => [0.3, 0, 0, 0]
    send(0x48, 0x50)
    convert(0)
    const bytes = receive(0x10, 8)
    expect(bytes.slice(4)).toEqual(bytes.slice(0, 4).map((byte) => byte ^ 0xff))
    expect(receive(0x28, 2)).toEqual([0x50, 0xaf])
    send(0x48, 0x10)
    expect(receive(0x10, 6).slice(3)).toEqual(bytes.slice(5))
  })

  test("CRC16 leaves no remainder over data and checksum", () => {
    // Long division by 1 0001 0000 0010 0001b, the register starting at FFFFh.
    const remainder = (bytes: number[]): number => {
      let register = 0xffff
      for (const byte of bytes) {
        for (let bit = 7; bit >= 0; bit--) {
          const out = (register >> 15) ^ ((byte >> bit) & 1)
          register = ((register << 1) & 0xffff) ^ (out ? 0x1021 : 0)
        }
      }
      return register
    }
    // The check value of this CRC for the ASCII digits 1 to 9.
    expect(remainder([0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39])).toBe(0x29b1)
    pins.at = () => [-0.7, 0, 0, 0]
    send(0x48, 0x60)
    convert(0)
    expect(remainder(receive(0x10, 6))).toBe(0)
    expect(remainder(receive(0x28, 3))).toBe(0)
  })
})
