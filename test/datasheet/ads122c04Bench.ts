/** A powered ADS122C04 on a bus, with pins that a test sets: new before each test by `powerNewAdc`. */
import { expect } from "vitest"
import type { AdcInputs } from "../../sim/chips/adcInputs"
import { Ads122c04, IDEAL_ADC } from "../../sim/chips/ads122c04"
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

export let clock: Clock
export let pins: Pins
export let errors: typeof IDEAL_ADC
export let adc: Ads122c04

export function powerNewAdc(): void {
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
}

export function send(...bytes: number[]): void {
  expect(adc.start(false)).toBe(true)
  for (const byte of bytes) expect(adc.write(byte)).toBe(true)
  adc.stop()
}

export function receive(command: number, length: number): number[] {
  adc.start(false)
  adc.write(command)
  adc.start(true)
  const bytes = Array.from({ length }, () => adc.read())
  adc.stop()
  return bytes
}

export const data = (): number => receive(0x10, 3).reduce((code, byte) => code * 256 + byte, 0)
export const register = (address: number): number => receive(0x20 | (address << 2), 1)[0]

export function convert(r0: number): number {
  send(0x40, r0, 0x08)
  clock.advanceBy_us(60_000)
  return data()
}
