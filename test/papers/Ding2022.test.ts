import { describe, expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { ding2022 } from "../../host/papers/Ding2022/index"
import { planRun } from "../../host/papers/planRun"
import { simulatedCell } from "../../host/transport/simulated"
import { record, type SyntheticStep, spike } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

const { runs, rows } = ding2022

test("the paper has its 20 tests, in order", () => {
  const ids = Array.from({ length: 20 }, (_, k) => `P2-T${String(k + 1).padStart(2, "0")}`)
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
  test("compiles, ends by itself, and is written of as the simulated cell is", () => {
    expect(planRun(run, 0).plan.duration.most_s).toBeLessThan(Number.POSITIVE_INFINITY)
    const entry = simulatedCell(run.simulatedCell)
    const cell = readCell(JSON.stringify(run.cell), run.key)
    expect(entry.paper).toBe("wn-mo2n-hcn")
    expect(cell.area_cm2).toBeCloseTo(entry.area_cm2, 6)
    if (entry.capacity_mAh !== undefined)
      expect((cell.capacity_mAh ?? 0) / entry.capacity_mAh).toBeCloseTo(1, 6)
    if (entry.activeMass_mg !== undefined)
      expect((cell.active_mass_mg ?? 0) / entry.activeMass_mg).toBeCloseTo(1, 6)
  })
})

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
