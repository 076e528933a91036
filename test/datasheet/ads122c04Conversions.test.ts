/** TI SBAS751B: Table 12, conversions in time, the counter and data integrity, transcribed here. */
import { beforeEach, describe, expect, test } from "vitest"
import {
  adc,
  clock,
  convert,
  data,
  errors,
  pins,
  powerNewAdc,
  receive,
  register,
  send,
} from "./ads122c04Bench"

beforeEach(powerNewAdc)

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
