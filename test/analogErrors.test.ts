import { describe, expect, test } from "vitest"
import {
  type AnalogErrorName,
  type AnalogErrorSwitches,
  type BoardErrors,
  drawBoardErrors,
} from "../sim/analogErrors"
import type { ChannelFrontEnd } from "../sim/analogFrontEnd"
import { Resistor } from "../sim/cells/resistor"
import { connect, expectAllClose, MIDDLE_V, pins, setCurrent } from "./analogBench"

describe("errors of a board", () => {
  /** All that was drawn, as numbers. */
  function numbers(errors: BoardErrors): Record<string, number[]> {
    const [channel] = errors.channels
    const [adc] = errors.adcs
    const codes = [0, 1000, 2048, 3000, 4095]
    const { board: _board, ...ofChannel } = channel
    const rows: Record<string, number | readonly number[]> = {
      ...ofChannel,
      crystalError: errors.crystalError,
      dacReferenceError: errors.dacReferenceError,
      adcOffset_V: adc.offset_V,
      adcGainError: adc.gainError,
      adcReference_V: adc.reference_V,
      adcNonlinearity: adc.integralNonlinearity,
      adcClock: adc.clockError,
      adcNoise_V: adc.noise_V(0, 0, false),
      dacOffset_V: [...errors.dacCoarse.offset_V, ...errors.dacFine.offset_V],
      dacGainError: [...errors.dacCoarse.gainError, ...errors.dacFine.gainError],
      dacNonlinearity: codes.map((code) => errors.dacFine.integralNonlinearity_LSB(3, code)),
    }
    return Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, [value].flat()]))
  }

  /** Warm and old, so that every drift shows. */
  function drawWarm(switches: AnalogErrorSwitches, seed = 7): BoardErrors {
    const errors = drawBoardErrors(seed, 4, switches)
    errors.temperature_C = 30
    errors.age_h = 1000
    return errors
  }

  const reaches: Record<AnalogErrorName, string> = {
    shuntTolerance: "shuntTolerance",
    shuntTempco: "shuntTempco_per_K",
    shuntSelfHeating: "shuntSelfHeating_per_W",
    dividerTolerance: "dividerTolerance",
    dividerTempco: "dividerTempco_per_K",
    dummyTolerance: "dummyTolerance",
    senseOffset: "senseOffset_V",
    senseOffsetDrift: "senseOffset_V_per_K",
    commonMode: "commonMode_V_per_V",
    setpointOffset: "setpointOffset_V",
    setpointOffsetDrift: "setpointOffset_V_per_K",
    setpointGain: "setpointGainError",
    dacReference: "dacReferenceError",
    dacReferenceDrift: "dacReferenceError",
    dacOffset: "dacOffset_V",
    dacGain: "dacGainError",
    dacNonlinearity: "dacNonlinearity",
    adcOffset: "adcOffset_V",
    adcOffsetDrift: "adcOffset_V",
    adcGain: "adcGainError",
    adcGainDrift: "adcReference_V",
    adcNonlinearity: "adcNonlinearity",
    adcNoise: "adcNoise_V",
    adcReference: "adcReference_V",
    adcReferenceDrift: "adcReference_V",
    adcReferenceAgeing: "adcReference_V",
    adcClock: "adcClock",
    crystal: "crystalError",
  }

  const all = numbers(drawWarm({}))
  test.each(Object.entries(reaches))("%s off changes %s and nothing else", (name, reached) => {
    const without = numbers(drawWarm({ [name]: false }))
    for (const key of Object.keys(all)) {
      if (key === reached) expect(without[key]).not.toEqual(all[key])
      else expect(without[key]).toEqual(all[key])
    }
  })

  test("none: every number is nominal", () => {
    for (const [name, values] of Object.entries(numbers(drawWarm("none"))))
      for (const value of values)
        expect(Math.abs(value)).toBe(name === "adcReference_V" ? 2.048 : 0)
  })

  test("a seed gives its board again; another seed, or channel, is another", () => {
    expect(numbers(drawWarm({}))).toEqual(all)
    expect(numbers(drawWarm({}, 8)).shuntTolerance).not.toEqual(all.shuntTolerance)
    const [a, b] = drawWarm({}).channels
    expect(a.shuntTolerance).not.toBe(b.shuntTolerance)
  })

  test("over a thousand channels: sigma as typical, never past the maximum", () => {
    const { channels, adcs, dacCoarse } = drawBoardErrors(3, 1000)
    const rms = (values: number[]) => Math.hypot(...values) / Math.sqrt(values.length)
    const shunt = channels.map((channel) => channel.shuntTolerance)
    expect(Math.max(...shunt.map(Math.abs))).toBe(0.001)
    expect(rms(shunt)).toBeGreaterThan(0.0004)
    expect(rms(shunt)).toBeLessThan(0.0005)
    expect(Math.max(...adcs.map((adc) => Math.abs(adc.clockError)))).toBe(0.02)
    expect(Math.min(...dacCoarse.offset_V)).toBeGreaterThan(0)
    for (let code = 0; code < 4096; code++)
      expect(Math.abs(dacCoarse.integralNonlinearity_LSB(0, code))).toBeLessThanOrEqual(13)
    expect(dacCoarse.integralNonlinearity_LSB(0, 0)).toBe(0)
  })

  /** One error at work, everything else ideal, 10 mA through 100 Ω. */
  function withOnly(name: AnalogErrorName): { errors: BoardErrors; channel: ChannelFrontEnd } {
    const off = Object.keys(reaches).map((key) => [key, key === name])
    const errors = drawWarm(Object.fromEntries(off))
    const channel = connect(new Resistor(100), errors)
    setCurrent(channel, 0.01, 0)
    return { errors, channel }
  }

  test("a high shunt takes less current for the same reading", () => {
    const { errors, channel } = withOnly("shuntTolerance")
    const { shuntTolerance } = errors.channels[0]
    expect(channel.current_A).toBeCloseTo(0.01 / (1 + shuntTolerance), 15)
    expect(pins(channel, 1)[2]).toBeCloseTo(0.2, 15)
  })

  test("the shunt warms by 84 K/W, and a limited current heats it too", () => {
    const { errors, channel } = withOnly("shuntSelfHeating")
    const power_W = 0.01 ** 2 * 20
    const heated = 1 + errors.channels[0].shuntSelfHeating_per_W * power_W
    expect(channel.current_A).toBeCloseTo(0.01 / heated, 15)
    channel.attach(new Resistor(1000), 1)
    const limited_A = channel.current_A
    const ohm = pins(channel, 2)[2] / limited_A
    expect(ohm / 20 - 1).toBeCloseTo(
      errors.channels[0].shuntSelfHeating_per_W * limited_A ** 2 * 20,
      12,
    )
  })

  test("the DAC reference's drift cancels at 0 A", () => {
    const { errors, channel } = withOnly("dacReferenceDrift")
    const middle_V = MIDDLE_V * (1 + errors.dacReferenceError)
    channel.setCoarse_V(middle_V, 1)
    channel.setFine_V(middle_V, 1)
    expect(channel.current_A).toBe(0)
    errors.temperature_C = 25
    channel.advanceTo(2)
    expect(channel.current_A).not.toBe(0)
  })

  test("divider, sense offset and common mode move the voltage pin alone", () => {
    for (const [name, shift_V] of [
      ["dividerTolerance", (e) => e.dividerTolerance * 0.4],
      ["senseOffset", (e) => e.senseOffset_V * 0.4],
      ["commonMode", (e) => e.commonMode_V_per_V * 0.2 * 0.4],
    ] as [AnalogErrorName, (e: BoardErrors["channels"][0]) => number][]) {
      const { errors, channel } = withOnly(name)
      const shifted_V = shift_V(errors.channels[0])
      expect(shifted_V).not.toBe(0)
      expectAllClose(pins(channel, 1), [0.6 + shifted_V, 0.2, 0.2, 0], 14)
    }
  })

  test("an untrimmed set-point offset is at most 37.5 µA", () => {
    for (const { setpointOffset_V } of drawBoardErrors(3, 300).channels)
      expect(Math.abs(setpointOffset_V) / 20).toBeLessThanOrEqual(37.5e-6)
  })
})
