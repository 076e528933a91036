/** TI SNOSD82D: Tables 7-1 (codes) and 7-7 (cycle times), section 7.6 (registers), transcribed here. */
import { beforeEach, describe, expect, test } from "vitest"
import { ChipModelError } from "../../sim/chips/chip"
import { Tmp117 } from "../../sim/chips/tmp117"
import { Clock } from "../../sim/clock"

let clock: Clock
let temperature_degC: number
let sensor: Tmp117

beforeEach(() => {
  clock = new Clock()
  temperature_degC = 25
  sensor = new Tmp117({ name: "TMP117 0x48", clock, temperature_degC: () => temperature_degC })
  sensor.powerOn()
})

function read(register: number): number {
  expect(sensor.start(false)).toBe(true)
  expect(sensor.write(register)).toBe(true)
  expect(sensor.start(true)).toBe(true)
  const value = (sensor.read() << 8) | sensor.read()
  sensor.stop()
  return value
}

function write(register: number, value: number): void {
  sensor.start(false)
  sensor.write(register)
  expect(sensor.write(value >> 8)).toBe(true)
  expect(sensor.write(value & 0xff)).toBe(true)
  sensor.stop()
}

test.each([
  ["Temp_Result", 0x00, 0x8000],
  ["Configuration", 0x01, 0x0220],
  ["THigh_Limit", 0x02, 0x6000],
  ["TLow_Limit", 0x03, 0x8000],
  ["EEPROM_UL", 0x04, 0x0000],
  ["Temp_Offset", 0x07, 0x0000],
  ["Device_ID", 0x0f, 0x0117],
])("%s after power-on", (_name, register, value) => {
  expect(read(register)).toBe(value)
})

test.each([
  [-256, 0x8000],
  [-25, 0xf380],
  [-0.125, 0xfff0],
  [-0.0078125, 0xffff],
  [0, 0x0000],
  [0.0078125, 0x0001],
  [0.125, 0x0010],
  [1, 0x0080],
  [25, 0x0c80],
  [100, 0x3200],
  [255.9921, 0x7fff],
  [300, 0x7fff],
])("%f °C", (degC, code) => {
  temperature_degC = degC
  clock.advanceBy_us(200_000)
  expect(read(0x00)).toBe(code)
})

describe("conversions", () => {
  test("the first one takes start-up and eight times 15.5 ms, the next ones come every second", () => {
    clock.advanceBy_us(125_499)
    expect(read(0x00)).toBe(0x8000)
    clock.advanceBy_us(1)
    expect(read(0x01)).toBe(0x2220)
    expect(read(0x00)).toBe(0x0c80)
    for (let n = 0; n < 3; n++) {
      temperature_degC++
      clock.advanceBy_us(999_999)
      expect(read(0x00)).toBe(0x0c80 + 0x80 * n)
      clock.advanceBy_us(1)
      expect(read(0x00)).toBe(0x0c80 + 0x80 * (n + 1))
    }
  })

  test.each([0x00, 0x01])("Data_Ready is cleared by reading register %i", (register) => {
    clock.advanceBy_us(200_000)
    read(register)
    expect(read(0x01)).toBe(0x0220)
  })

  const TABLE_7_7_ms = [
    [15.5, 125, 500, 1000],
    [125, 125, 500, 1000],
    [250, 250, 500, 1000],
    [500, 500, 500, 1000],
    [1000, 1000, 1000, 1000],
    [4000, 4000, 4000, 4000],
    [8000, 8000, 8000, 8000],
    [16000, 16000, 16000, 16000],
  ]
  test.each(TABLE_7_7_ms.flatMap((row, conv) => row.map((cycle_ms, avg) => [conv, avg, cycle_ms])))(
    "CONV %i, AVG %i: a cycle of %f ms",
    (conv, avg, cycle_ms) => {
      const configuration = (conv << 7) | (avg << 5)
      write(0x01, configuration)
      clock.advanceBy_us([15_500, 124_000, 496_000, 992_000][avg])
      for (let n = 0; n < 3; n++) {
        expect(read(0x01)).toBe(0x2000 | configuration)
        clock.advanceBy_us(cycle_ms * 1000 - 1)
        expect(read(0x01)).toBe(configuration)
        clock.advanceBy_us(1)
      }
    },
  )

  test("shutdown converts no more and keeps the result", () => {
    clock.advanceBy_us(200_000)
    write(0x01, 0x0620)
    read(0x00)
    temperature_degC = 30
    clock.advanceBy_us(10_000_000)
    expect(read(0x01)).toBe(0x0620)
    expect(read(0x00)).toBe(0x0c80)
  })

  test("one-shot converts once and shuts down, whatever CONV", () => {
    write(0x01, 0x0e00) // MOD 11, CONV 100, AVG 00
    clock.advanceBy_us(15_499)
    expect(read(0x01)).toBe(0x0e00)
    clock.advanceBy_us(1)
    expect(read(0x01)).toBe(0x2600)
    expect(read(0x00)).toBe(0x0c80)
    temperature_degC = 30
    clock.advanceBy_us(10_000_000)
    expect(read(0x00)).toBe(0x0c80)
  })

  test("MOD 10 is continuous and reads 00", () => {
    write(0x01, 0x0a20)
    expect(read(0x01)).toBe(0x0220)
  })

  test("the offset register adds to the result, signed", () => {
    write(0x07, 0xff80)
    clock.advanceBy_us(200_000)
    expect(read(0x00)).toBe(0x0c00)
  })

  test("soft reset and power-on start over", () => {
    clock.advanceBy_us(200_000)
    write(0x07, 0x0080)
    write(0x01, 0x0002)
    expect(read(0x07)).toBe(0)
    expect(read(0x00)).toBe(0x8000)
    clock.advanceBy_us(200_000)
    sensor.powerOff()
    expect(sensor.start(false)).toBe(false)
    sensor.powerOn()
    expect(read(0x00)).toBe(0x8000)
  })
})

describe("loud", () => {
  test.each([0x05, 0x06, 0x08, 0x09, 0x0e, 0x10, 0xff])("reading register %i", (register) => {
    expect(() => read(register)).toThrow(ChipModelError)
  })

  test.each([0x00, 0x02, 0x03, 0x04, 0x05, 0x08, 0x0f])("writing register %i", (register) => {
    expect(() => write(register, 0x8000)).toThrow("TMP117 0x48")
  })

  test.each([0x0230, 0x0228, 0x0224])("alert function in configuration %i", (configuration) => {
    expect(() => write(0x01, configuration)).toThrow(ChipModelError)
  })

  test("a third byte", () => {
    read(0x0f)
    expect(() => sensor.read()).toThrow(ChipModelError)
    write(0x07, 0)
    expect(() => sensor.write(0)).toThrow(ChipModelError)
  })
})
