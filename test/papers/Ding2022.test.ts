import { describe, expect, test } from "vitest"
import { ding2022 } from "../../host/papers/Ding2022/index"
import { record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

describe("of records that are made up", () => {
  /** 1 mA cm⁻² for an hour each way. */
  const halves = (cycle: number, plateau_V: number): SyntheticStep[] =>
    [1, -1].map((sign) => ({
      cycle,
      current_A: sign * 1.539e-3,
      duration_s: 3600,
      voltage_V: (elapsed_s) => sign * spike(plateau_V, 0.02, 36)(elapsed_s),
      times_s: Array.from({ length: 61 }, (_, k) => 60 * k),
    }))

  test("an overpotential enlarges with the first cycle that has twice that of cycle 10", () => {
    const steps = Array.from({ length: 302 }, (_, k) => halves(k + 1, k < 300 ? 0.025 : 0.0501))
    const [hours, overpotential_mV] = measuredOf(ding2022, "P2-T02", {
      "Ding2022/WN, 1 mA": record(steps.flat()),
    })
    expect(hours).toBeCloseTo(600, 6)
    expect(overpotential_mV).toBeCloseTo(25, 1)
  })

  /** A discharge of so many mAh per gram of NCM811 after a charge of that by the efficiency, at 1C. */
  const cycle = (number: number, capacity: number, efficiency = 1): SyntheticStep[] =>
    [capacity / efficiency, -capacity].map((mAh_per_g) => ({
      cycle: number,
      current_A: Math.sign(mAh_per_g) * 0.5655e-3,
      duration_s: (Math.abs(mAh_per_g) / 200) * 3600,
      voltage_V: () => 3.8 + 0.03 * Math.sign(mAh_per_g),
      times_s: [0, (Math.abs(mAh_per_g) / 200) * 3600],
    }))

  test("capacity, retention and efficiency are of the cycles that the paper names", () => {
    const steps = Array.from({ length: 400 }, (_, k) => cycle(k + 1, 182.4 - 0.176 * k, 0.991))
    const [first, retention, last, efficiency] = measuredOf(ding2022, "P2-T11", {
      "Ding2022/NCM811, composite": record(steps.flat()),
    })
    expect(first).toBeCloseTo(182.4, 6)
    expect(last).toBeCloseTo(182.4 - 0.176 * 399, 6)
    expect(retention).toBeCloseTo((100 * (182.4 - 0.176 * 399)) / 182.4, 6)
    expect(efficiency).toBeCloseTo(99.1, 6)
  })

  test("a rapid decay begins where two straight lines cross", () => {
    const fall = (k: number) => 178 - 0.2 * k - (k > 299 ? 3 * (k - 299) : 0)
    const steps = Array.from({ length: 330 }, (_, k) => cycle(k + 1, fall(k)))
    const [, , knee] = measuredOf(ding2022, "P2-T13", {
      "Ding2022/NCM811, Mo2N": record(steps.flat()),
    })
    expect(knee).toBeCloseTo(300, 6)
  })

  test("a pulse's resistance holds what settles in a second, and not what its charge raises", () => {
    const rest = (duration_s: number, voltage_V: number): SyntheticStep => ({
      current_A: 0,
      duration_s,
      voltage_V: () => voltage_V,
    })
    const pulse: SyntheticStep = {
      current_A: 0.28e-3,
      stepType: "pulse",
      duration_s: 33,
      voltage_V: (t) => 3.8 + 0.28e-3 * (5 + 41 * -Math.expm1(-t / 0.1)) + 1e-3 * t,
      times_s: Array.from({ length: 331 }, (_, k) => k / 10),
    }
    const samples = record([rest(60, 3.8), pulse, rest(60, 3.833)])
    const [composite, lithium] = measuredOf(ding2022, "P2-T15", {
      "Ding2022/pulses, composite": samples,
    })
    expect(composite).toBeCloseTo(46, 2)
    expect(lithium).toBeUndefined()
  })
})
