import { describe, expect, test } from "vitest"
import {
  type ProgramHeader,
  RESUME_ASK,
  RESUME_CONTINUE,
  RESUME_STOP,
} from "../../firmware/core/program"
import { load, plate, protocol, record, rest, safety, stop } from "./fixtures"

const headerOf = (over: object) => load(protocol([rest], over)).header

describe("record rules", () => {
  const rulesOf = (header: ProgramHeader) =>
    [0, 4, 8, 12].map((at) => header.rules.slice(at, at + 4))
  test("the default: 10 s, 1 mV, 1 % of the largest current, a burst of 10 s", () => {
    expect(rulesOf(headerOf({}))).toEqual(Array(4).fill([10_000, 0.001, 5e-5, 10_000]))
  })

  test("what is left out does not count, but for the burst", () => {
    expect(rulesOf(headerOf(record({})))[0]).toEqual([10_000, Infinity, Infinity, 10_000])
    const fine = { record: { voltage_V: 1e-9, current_mA: 0.1, burst_s: 0 } }
    expect(rulesOf(headerOf(fine))[0]).toEqual([Infinity, 1e-6, 1e-4, 0])
  })

  test("a step's own rule is in force for it, each kept once", () => {
    const own = (time_s: number) => ({ ...rest, record: { time_s } })
    const method = [rest, own(1), own(2), own(10), own(1), own(3), plate]
    const { header, steps } = load(protocol(method, record({})))
    expect(steps.map(({ rule }) => rule)).toEqual([0, 1, 2, 0, 1, 3, 0])
    expect(rulesOf(header).map(([interval_ms]) => interval_ms)).toEqual([10_000, 1000, 2000, 3000])
  })
})

describe("the header", () => {
  test("safety limits", () => {
    const limits = {
      max_temperature_degC: 60.5,
      min_temperature_degC: -10,
      delay_s: 0.2,
      min_current_mA: -7,
    }
    expect(headerOf(safety(limits))).toMatchObject({
      maxVoltage_V: 4.5,
      minVoltage_V: -0.5,
      maxCurrent_A: 7e-3,
      maxTemperature_degC: 60.5,
      minTemperature_degC: -10,
      delay_ms: 200,
    })
    expect(headerOf({})).toMatchObject({
      maxCurrent_A: 5e-3,
      maxTemperature_degC: Infinity,
      minTemperature_degC: -Infinity,
      delay_ms: 0,
    })
  })

  test("stops", () => {
    const all = {
      coulombic_efficiency: "charge/discharge",
      coulombic_efficiency_below: 0.8,
      coulombic_efficiency_cycles: 5,
      coulombic_efficiency_above: 1.02,
      retention_below: 0.7,
      retention_reference_cycle: 3,
      overpotential_growth: 2,
      overpotential_reference_cycle: 12,
      plateau_drop: 0.3,
      rest_voltage_below_mV: 1,
      hard_short: true,
    }
    const header = headerOf(stop(all))
    expect(header.detectsHardShort).toBe(true)
    expect(header.stops).toEqual({
      efficiencyBelow: 0.8,
      efficiencyAbove: 1.02,
      efficiencyCycles: 5,
      isChargeOverDischarge: true,
      retentionBelow: 0.7,
      retentionCycle: 3,
      overpotentialCycle: 12,
      overpotentialGrowth: 2,
      plateauDrop: 0.3,
      restVoltageBelow_V: 0.001,
    })
  })

  test("no stops", () => {
    const header = headerOf({})
    expect(header.detectsHardShort).toBe(false)
    expect(header.stops).toEqual({
      efficiencyBelow: 0,
      efficiencyAbove: Infinity,
      efficiencyCycles: 3,
      isChargeOverDischarge: false,
      retentionBelow: 0,
      retentionCycle: 1,
      overpotentialCycle: 10,
      overpotentialGrowth: Infinity,
      plateauDrop: 0,
      restVoltageBelow_V: 0,
    })
  })

  test("restarts, self-tests, calibration", () => {
    expect(headerOf({})).toMatchObject({
      resumePolicy: RESUME_ASK,
      maxOpenCircuitChange_V: 0.3,
      testsAtRest: true,
      mayRunUncalibrated: false,
      isRaw: false,
    })
    expect(headerOf({ resume: "continue" }).resumePolicy).toBe(RESUME_CONTINUE)
    expect(headerOf({ resume: "stop" }).resumePolicy).toBe(RESUME_STOP)
    expect(headerOf({ resume: "ask" }).resumePolicy).toBe(RESUME_ASK)
    expect(headerOf({ resume_max_voltage_change_V: 0.1 }).maxOpenCircuitChange_V).toBe(0.1)
    expect(headerOf({ self_test_at_rest: false }).testsAtRest).toBe(false)
    expect(headerOf({ allow_uncalibrated: true })).toMatchObject({
      mayRunUncalibrated: true,
      isRaw: false,
    })
    expect(headerOf({ raw: true })).toMatchObject({ mayRunUncalibrated: true, isRaw: true })
  })
})
