import { describe, expect, test } from "vitest"
import { wang2023 } from "../../host/papers/Wang2023/index"
import { boardTimes_s, record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

describe("of records that are made up", () => {
  const mA = 1.539e-3
  const passing = (sign: 1 | -1, arealCapacity: number, end_V = 0.02): SyntheticStep => ({
    current_A: sign * mA,
    duration_s: 3600 * arealCapacity,
    voltage_V: (elapsed_s) => (elapsed_s < 3600 * arealCapacity ? sign * 0.02 : end_V),
  })

  test("a thin foil's average efficiency comes from what another piece gave", () => {
    const cycles = Array.from({ length: 50 }, () => [passing(1, 1), passing(-1, 1)]).flat()
    const [silver, lithium] = measuredOf(wang2023, "P1-T08", {
      "Wang2023/Li-Ag-foil-strip": record([passing(1, 10, 1.2)]),
      "Wang2023/Li-Ag-foil-efficiency": record([...cycles, passing(1, 10 - 50 * 0.015, 1.2)]),
      "Wang2023/Li-foil-strip": record([passing(1, 10.3, 1.2)]),
      "Wang2023/Li-foil-efficiency": record([...cycles, passing(1, 10.3 - 50 * 0.038, 1.2)]),
    })
    expect(silver).toBeCloseTo(98.5, 6)
    expect(lithium).toBeCloseTo(96.2, 6)
  })

  test("a nucleation overpotential is tip less plateau of the plating, not of the stripping before", () => {
    const plating: SyntheticStep = {
      current_A: mA,
      duration_s: 3600,
      voltage_V: spike(0.025, 0.073, 36),
      times_s: boardTimes_s(3600),
    }
    const [, , difference_mV, tip_mV] = measuredOf(wang2023, "P1-T19", {
      "Wang2023/nucleation-3": record([passing(-1, 3), plating]),
    })
    expect(difference_mV).toBeCloseTo(73, 3)
    expect(tip_mV).toBeCloseTo(98, 3)
  })

  test("the bump of a charge is how far the voltage falls after it", () => {
    const charge = (rise_V: number): SyntheticStep => ({
      current_A: 0.3e-3,
      duration_s: 36_000,
      voltage_V: (elapsed_s) => 3.6 + rise_V * Math.exp(-elapsed_s / 100) + 1e-6 * elapsed_s,
    })
    const [lithium, silver] = measuredOf(wang2023, "P1-T16", {
      "Wang2023/NCM622-Li": record([charge(0.05)]),
      "Wang2023/NCM622-Li-Ag": record([charge(-0.05)]),
    })
    expect(lithium).toBeCloseTo(49.4, 0)
    expect(silver).toBeCloseTo(0, 9)
  })
})
