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
    const parts = Object.entries(ofChannel).map(([name, part]): [string, number | number[]] => [
      name,
      typeof part === "number" ? part : Object.values(part),
    ])
    const rows: Record<string, number | readonly number[]> = {
      ...Object.fromEntries(parts),
      dropOut_s: errors.dropOut_s,
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

  const reaches: Record<AnalogErrorName, string[]> = {
    shuntTolerance: ["shunt"],
    shuntTempco_per_K: ["shunt"],
    shuntAgeing: ["shunt"],
    shuntSelfHeating: ["shuntSelfHeating_per_W"],
    shuntLoad: ["shuntLoad"],
    shuntEmf_V_per_K: ["shuntEmf_V_per_K"],
    dividerTolerance: ["dividerPlus", "dividerMinus"],
    dividerTempco_per_K: ["dividerPlus", "dividerMinus"],
    dividerAgeing: ["dividerPlus", "dividerMinus"],
    dummyTolerance: ["dummyTolerance"],
    bufferOffset_V: ["bufferPlus", "bufferMinus"],
    bufferDrift_V_per_K: ["bufferPlus", "bufferMinus"],
    adcBypassedDrift_V_per_K: ["bypassedDrift_V_per_K"],
    summerTolerance: ["setpointGainError", "setpointOffset"],
    summerTempco_per_K: ["setpointOffset"],
    setpointOffset_V: ["setpointOffset"],
    setpointDrift_V_per_K: ["setpointOffset"],
    tripVoltage_V: ["trip_V"],
    dropOut_s: ["dropOut_s"],
    dacReference: ["dacReferenceError"],
    dacReferenceDrift_per_K: ["dacReferenceError"],
    dacOffset_V: ["dacOffset_V"],
    dacGain: ["dacGainError"],
    dacNonlinearity_LSB: ["dacNonlinearity"],
    adcOffset_V: ["adcOffset_V"],
    adcOffsetDrift_V_per_K: ["adcOffset_V"],
    adcGain: ["adcGainError"],
    adcGainDrift_per_K: ["adcReference_V"],
    adcNonlinearity: ["adcNonlinearity"],
    adcNoise: ["adcNoise_V"],
    adcReference: ["adcReference_V"],
    adcReferenceDrift_per_K: ["adcReference_V"],
    adcReferenceAgeing: ["adcReference_V"],
    adcClock: ["adcClock"],
    crystal: ["crystalError"],
  }

  const all = numbers(drawWarm({}))
  test.each(Object.entries(reaches))("%s off changes %s and nothing else", (name, reached) => {
    const without = numbers(drawWarm({ [name]: false }))
    for (const key of Object.keys(all)) {
      if (reached.includes(key)) expect(without[key]).not.toEqual(all[key])
      else expect(without[key]).toEqual(all[key])
    }
  })

  test("none: every number is nominal", () => {
    for (const [name, values] of Object.entries(numbers(drawWarm("none"))))
      for (const value of values)
        if (name !== "trip_V")
          expect(Math.abs(value)).toBe({ adcReference_V: 2.048, dropOut_s: 0.627 }[name] ?? 0)
  })

  test("a seed gives its board again; another seed, or channel, is another", () => {
    expect(numbers(drawWarm({}))).toEqual(all)
    expect(numbers(drawWarm({}, 8)).shunt).not.toEqual(all.shunt)
    const [a, b] = drawWarm({}).channels
    expect(a.shunt.tolerance).not.toBe(b.shunt.tolerance)
  })

  test("over a thousand channels: sigma as typical, never past the maximum", () => {
    const { channels, adcs, dacCoarse } = drawBoardErrors(3, 1000)
    const rms = (values: number[]) => Math.hypot(...values) / Math.sqrt(values.length)
    const shunt = channels.map((channel) => channel.shunt.tolerance)
    expect(Math.max(...shunt.map(Math.abs))).toBe(0.001)
    expect(rms(shunt)).toBeGreaterThan(0.0004)
    expect(rms(shunt)).toBeLessThan(0.0005)
    expect(Math.max(...adcs.map((adc) => Math.abs(adc.clockError)))).toBe(0.02)
    expect(Math.min(...dacCoarse.offset_V)).toBeGreaterThan(0)
    for (let code = 0; code < 4096; code++)
      expect(Math.abs(dacCoarse.integralNonlinearity_LSB(0, code))).toBeLessThanOrEqual(13)
    expect(dacCoarse.integralNonlinearity_LSB(0, 0)).toBeCloseTo(0, 12)
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
    const { shunt } = errors.channels[0]
    expect(channel.current_A).toBeCloseTo(0.01 / (1 + shunt.tolerance), 15)
    expect(pins(channel, 1)[2]).toBeCloseTo(0.2, 15)
  })

  test("the shunt warms by 220 K/W, and a limited current heats it too", () => {
    const { errors, channel } = withOnly("shuntSelfHeating")
    const power_W = 0.01 ** 2 * 20
    const heated = 1 + errors.channels[0].shuntSelfHeating_per_W * power_W
    expect(channel.current_A).toBeCloseTo(0.01 / heated, 15)
    channel.attach(new Resistor(1000), 1)
    setCurrent(channel, -0.01, 1)
    const limited_A = channel.current_A
    const ohm = pins(channel, 2)[2] / limited_A
    expect(ohm / 20 - 1).toBeCloseTo(
      errors.channels[0].shuntSelfHeating_per_W * limited_A ** 2 * 20,
      12,
    )
  })

  test("the DAC reference's drift cancels at 0 A", () => {
    const { errors, channel } = withOnly("dacReferenceDrift_per_K")
    const middle_V = MIDDLE_V * (1 + errors.dacReferenceError)
    channel.setCoarse_V(middle_V, 1)
    channel.setFine_V(middle_V, 1)
    expect(channel.current_A).toBe(0)
    errors.temperature_C = 25
    channel.advanceTo(2)
    expect(channel.current_A).not.toBe(0)
  })

  test("the divider of cell− takes 80 ppm of the shunt's current", () => {
    const { channel } = withOnly("shuntLoad")
    expect(channel.current_A / 0.01 - 1).toBeCloseTo(80e-6, 12)
    expect(pins(channel, 1)[2]).toBeCloseTo(0.2, 15)
  })

  test("dividers and buffers move the voltage's pins alone, the shunt's EMF its own", () => {
    for (const [name, shifts_V] of [
      [
        "dividerTolerance",
        (e) => [e.dividerPlus.tolerance * 0.48, e.dividerMinus.tolerance * 0.08, 0],
      ],
      ["bufferOffset_V", (e) => [e.bufferPlus.at25C_V, e.bufferMinus.at25C_V, 0]],
      ["adcBypassedDrift_V_per_K", (e) => [5 * e.bypassedDrift_V_per_K, 0, 0]],
      ["shuntEmf_V_per_K", (e) => [0, 0, 5 * e.shuntEmf_V_per_K]],
    ] as [AnalogErrorName, (e: BoardErrors["channels"][0]) => number[]][]) {
      const { errors, channel } = withOnly(name)
      const shifted_V = shifts_V(errors.channels[0])
      expect(Math.hypot(...shifted_V)).not.toBe(0)
      const ideal_V = [0.48, 0.08, 0.2]
      expectAllClose(pins(channel, 1), [...ideal_V.map((v, i) => v + shifted_V[i]), 0], 14)
    }
  })

  test("resistors age with the cube root of time, the converter's reference with its square root", () => {
    const { errors, channel } = withOnly("shuntAgeing")
    const { ageing } = errors.channels[0].shunt
    const after = (age_h: number) => {
      errors.age_h = age_h
      channel.advanceTo(age_h)
      return pins(channel, age_h)[2] / channel.shuntCurrent_A / 20 - 1
    }
    for (const [age_h, part] of [
      [0, 0],
      [125, 0.5],
      [1000, 1],
    ])
      expect(after(age_h)).toBeCloseTo(ageing * part, 12)
    const { errors: old } = withOnly("adcReferenceAgeing")
    const new_V = (age_h: number) => {
      old.age_h = age_h
      return old.adcs[0].reference_V / 2.048 - 1
    }
    expect(new_V(250)).toBeCloseTo(new_V(1000) / 2, 12)
  })

  test("two dividers differ by 0.24 % at most, typically by 0.06 %: the common mode", () => {
    const differences = drawBoardErrors(3, 1000).channels.map(
      ({ dividerPlus, dividerMinus }) => dividerPlus.tolerance - dividerMinus.tolerance,
    )
    expect(Math.max(...differences.map(Math.abs))).toBeLessThanOrEqual(2.4e-3)
    const sigma = Math.hypot(...differences) / Math.sqrt(1000)
    expect(sigma).toBeGreaterThan(0.52e-3)
    expect(sigma).toBeLessThan(0.64e-3)
  })

  test("an untrimmed set-point is some 1 mV, or 50 µA, and at most 5 mV off", () => {
    const offsets_V = drawBoardErrors(3, 1000).channels.map((one) => one.setpointOffset.at25C_V)
    expect(Math.max(...offsets_V.map(Math.abs))).toBeLessThan(5e-3)
    const sigma_V = Math.hypot(...offsets_V) / Math.sqrt(1000)
    expect(sigma_V).toBeGreaterThan(0.6e-3)
    expect(sigma_V).toBeLessThan(1e-3)
  })

  test("relays hold for 457 to 799 ms, comparators trip between 5.09 and 5.36 V", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { dropOut_s, channels } = drawBoardErrors(seed, 1)
      expect(dropOut_s).toBeGreaterThan(0.456)
      expect(dropOut_s).toBeLessThan(0.8)
      expect(channels[0].trip_V).toBeGreaterThan(5.085)
      expect(channels[0].trip_V).toBeLessThan(5.365)
    }
  })
})
