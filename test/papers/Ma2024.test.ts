import { describe, expect, test } from "vitest"
import { ma2024 } from "../../host/papers/Ma2024/index"
import { record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

describe("of records that are made up", () => {
  const halves = (cycle: number, current_A: number, plateau_V: number): SyntheticStep[] =>
    [1, -1].map((sign) => ({
      cycle,
      current_A: sign * current_A,
      duration_s: 3600,
      voltage_V: (elapsed_s) => sign * spike(plateau_V, 0.05, 20)(elapsed_s),
      times_s: Array.from({ length: 61 }, (_, k) => 60 * k),
    }))

  test("a life ends before the cycle in which η has doubled, and a spike is not in η", () => {
    const steps = Array.from({ length: 112 }, (_, k) =>
      halves(k + 1, 20 * 1.539e-3, k < 110 ? 0.08 : 0.1601),
    )
    const [hours, overpotential_mV, gap_mV] = measuredOf(ma2024, "P0-T08", {
      "Ma2024/bare-Li-20": record(steps.flat()),
    })
    expect(hours).toBeCloseTo(220, 6)
    expect(overpotential_mV).toBeCloseTo(80, 1)
    expect(gap_mV).toBeCloseTo(160, 1)
  })

  test("a foil gives what it gave to the cutoff, per area", () => {
    const strip: SyntheticStep = {
      current_A: 0.5 * 1.539e-3,
      duration_s: 4.46 * 2 * 3600,
      voltage_V: (elapsed_s) => (elapsed_s < 32_112 ? 0.02 : 1.003),
    }
    const [capacity, end_V] = measuredOf(ma2024, "P0-T14", { "Ma2024/strip": record([strip]) })
    expect(capacity).toBeCloseTo(4.46, 6)
    expect(end_V).toBeCloseTo(1.003, 6)
  })

  test("rates are told apart by their currents, and count per gram of LFP", () => {
    const steps = [125, 100, 73].flatMap((capacity, k) =>
      Array.from({ length: 5 }, (_, n) =>
        [1, -1].map((sign) => ({
          cycle: 5 * k + n + 1,
          current_A: sign * (k + 1) * 2.0358e-3,
          duration_s: (capacity * 11.975e-6 * 3600) / ((k + 1) * 2.0358e-3),
          voltage_V: () => 3.4 + 0.1 * sign,
        })),
      ).flat(),
    )
    const measured = measuredOf(ma2024, "P0-T13", { "Ma2024/LFP-rates": record(steps) })
    measured.forEach((value, k) => {
      expect(value).toBeCloseTo([125, 100, 73][k], 6)
    })
  })
})
