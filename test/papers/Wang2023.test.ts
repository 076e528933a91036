import { describe, expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { planRun } from "../../host/papers/planRun"
import { wang2023 } from "../../host/papers/Wang2023/index"
import { simulatedCell } from "../../host/transport/simulated"
import { boardTimes_s, record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

const { runs, rows } = wang2023

test("the paper has its 24 tests, in order", () => {
  const ids = Array.from({ length: 24 }, (_, k) => `P1-T${String(k + 1).padStart(2, "0")}`)
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
    expect(entry.paper).toBe("li-ag-solid-solution")
    expect(cell.area_cm2).toBeCloseTo(entry.area_cm2, 6)
    if (entry.capacity_mAh !== undefined)
      expect((cell.capacity_mAh ?? 0) / entry.capacity_mAh).toBeCloseTo(1, 3)
    if (entry.activeMass_mg !== undefined)
      expect((cell.active_mass_mg ?? 0) / entry.activeMass_mg).toBeCloseTo(1, 3)
  })
})

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
