import { describe, expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { ma2024 } from "../../host/papers/Ma2024/index"
import { planRun } from "../../host/papers/planRun"
import { simulatedCell } from "../../host/transport/simulated"
import { record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

const { runs, rows } = ma2024

test("the paper has its 17 tests, in order", () => {
  const ids = Array.from({ length: 17 }, (_, k) => `P0-T${String(k + 1).padStart(2, "0")}`)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test("rows read all runs and no others, and have a substitute where they need one", () => {
  expect(new Set(rows.flatMap((row) => row.runs))).toEqual(new Set(runs.map(({ key }) => key)))
  expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length)
  for (const row of rows) {
    expect(row.printed.length).toBeGreaterThan(0)
    expect(row.substitute === undefined).toBe(row.class === "A" || row.class === "B")
  }
})

describe.each(runs.map((run) => [run.key, run] as const))("%s", (_, run) => {
  test("compiles and ends by itself", () => {
    const { plan } = planRun(run, 0)
    expect(plan.duration.most_s).toBeLessThan(Number.POSITIVE_INFINITY)
  })

  test("is written of as the simulated cell is", () => {
    const entry = simulatedCell(run.simulatedCell)
    const cell = readCell(JSON.stringify(run.cell), run.key)
    expect(entry.paper).toBe("k-li-aln")
    expect(cell.area_cm2).toBeCloseTo(entry.area_cm2, 6)
    if (entry.capacity_mAh !== undefined)
      expect((cell.capacity_mAh ?? 0) / entry.capacity_mAh).toBeCloseTo(1, 3)
    if (entry.activeMass_mg !== undefined)
      expect((cell.active_mass_mg ?? 0) / entry.activeMass_mg).toBeCloseTo(1, 3)
  })
})

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
