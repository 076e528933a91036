import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { readCell } from "../../host/cell"
import { sweepFit } from "../../host/papers/common/sweepFit"
import type { Printed, Row, Run, RunResult } from "../../host/papers/paper"
import { runTest } from "../../host/papers/runTest"
import { storedResult } from "../../host/papers/storedResult"
import { zhang2021 } from "../../host/papers/Zhang2021"
import type { Sample } from "../../host/sample"
import { recordsOf } from "../analysis/recordsOf"
import { record, type SyntheticStep } from "../analysis/synthetic"

const { runs, rows } = zhang2021
const runOf = (name: string) => found(runs.find(({ key }) => key === `Zhang2021/${name}`))
const rowOf = (id: string) => found(rows.find((row) => row.id === id))

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("there is no such thing")
  return thing
}

/** A run that was done, of records made up. */
function resultOf(run: Run, samples: Sample[]): RunResult {
  const cell = readCell(JSON.stringify(run.cell), "cell")
  const records = recordsOf(samples)
  const cycles = cycleTable(records, { area_cm2: cell.area_cm2 })
  const about = { events: [], gaps: [], lostPages: 0, duplicatePages: 0 } as unknown
  return {
    run,
    cell,
    about: about as RunResult["about"],
    records: () => records,
    cycles: () => cycles,
  }
}

const measured = (row: Row, ...results: RunResult[]) => {
  const byKey = new Map(results.map((result) => [result.run.key, result]))
  return row.printed.map((printed: Printed) => printed.measure(byKey))
}

const hour_s = [0, 900, 1000, 1400, 1800, 2200, 2600, 2700, 3600]

/** A cycle of a symmetric cell with a constant |V|. */
const symmetricCycle = (cycle: number, current_A: number, voltage_V: number): SyntheticStep[] =>
  [1, -1].map((sign) => ({
    cycle,
    current_A: sign * current_A,
    duration_s: 3600,
    times_s: hour_s,
    voltage_V: () => sign * voltage_V,
  }))

describe("measures on records made up", () => {
  test("the staircase's overpotentials, step by step", () => {
    const steps = [0.5, 1, 2, 5, 0.5].flatMap((current, step) =>
      [1, 2, 3, 4, 5].flatMap((k) =>
        symmetricCycle(5 * step + k, 1.539e-3 * current, 1e-3 * (10 * (step + 1) + (k - 3))),
      ),
    )
    const row = rowOf("P4-T18")
    const found_mV = measured(row, resultOf(runOf("alloy-rates"), record(steps)))
    found_mV.forEach((value, step) => {
      expect(value).toBeCloseTo(10 * (step + 1), 6)
    })
  })

  test("when the overpotential rises, in cycles and in hours; not before it does", () => {
    const cycles = (last: number) =>
      record(
        Array.from({ length: last }, (_, k) =>
          symmetricCycle(k + 1, 1e-3, k + 1 > 23 ? 0.05 : 0.02),
        ).flat(),
      )
    const [until] = measured(rowOf("P4-T08"), resultOf(runOf("bare-Li-0.5"), cycles(25)))
    expect(until).toBe(23)
    const [hours] = measured(rowOf("P4-T13"), resultOf(runOf("bare-Li-10"), cycles(25)))
    expect(hours).toBeCloseTo(46, 6)
    const [never] = measured(rowOf("P4-T08"), resultOf(runOf("bare-Li-0.5"), cycles(23)))
    expect(never).toBeUndefined()
  })

  test("the knee of a capacity, and its decay per cycle", () => {
    const fading = (capacity_mAh: (cycle: number) => number, cycles: number) =>
      record(
        Array.from({ length: cycles }, (_, k) =>
          [1, -1].map(
            (sign): SyntheticStep => ({
              cycle: k + 1,
              current_A: sign * 3e-3,
              duration_s: 1200 * capacity_mAh(k + 1),
              times_s: [0, 1200 * capacity_mAh(k + 1)],
              voltage_V: () => 3.4,
            }),
          ),
        ).flat(),
      )
    const bent = fading((n) => 5 - 0.005 * n - 0.2 * Math.max(0, n - 38), 55)
    const [knee] = measured(rowOf("P4-T26"), resultOf(runOf("LFP-30-bare-Li"), bent))
    expect(knee).toBeCloseTo(38, 6)
    const straight = fading((n) => 5 * (1 - 0.0007 * (n - 1)), 101)
    const [, decay] = measured(rowOf("P4-T25"), resultOf(runOf("LFP-30-alloy"), straight))
    expect(decay).toBeCloseTo(0.07, 9)
  })

  test.each([
    [3.7, 4],
    [0.4, 4],
    [2, 0],
  ])("exchange current %f mA cm⁻² and resistance %f Ω cm² of a sweep", (i0, resistance) => {
    const area_cm2 = 1.539
    // Swept in current, so that the voltage is exact: V = iR + (4RT/F)·asinh(i/2i₀), 25 °C.
    const density = (t: number) => (t - 1000) * 0.01 * Math.min(1, i0)
    const sweep: SyntheticStep = {
      stepType: "scan",
      current_A: { current_A: (t) => density(t) * area_cm2 * 1e-3, charge_C: (t) => t },
      duration_s: 2000,
      times_s: Array.from({ length: 201 }, (_, k) => 10 * k),
      voltage_V: (t) => {
        const kinetic_V = 0.10277 * Math.asinh(density(t) / (2 * i0))
        return kinetic_V + 1e-3 * resistance * density(t)
      },
    }
    const fitted = found(sweepFit(resultOf(runOf("Tafel-bare-Li"), record([sweep]))))
    expect(fitted.exchangeCurrent_mA_per_cm2 / i0).toBeCloseTo(1, 3)
    expect(fitted.resistance_ohm_cm2).toBeCloseTo(resistance, 1)
  })
})

test("on a board, bare lithium shows the printed tip, plateau and nucleation overpotential", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zhang2021-"))
  try {
    const run = runOf("nucleation-bare-Li")
    await runTest(run, { engine: "native", folder })
    const result = found(storedResult(run, folder))
    const { printed } = rowOf("P4-T01")
    const results = new Map([[run.key, result]])
    for (const { value, measure } of printed.slice(0, 3)) {
      const value_mV = found(measure(results))
      expect(Math.abs(value_mV - found(value))).toBeLessThan(1)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
