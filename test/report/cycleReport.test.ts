import { describe, expect, test } from "vitest"
import type { Records } from "../../host/records"
import { type CycleReportOptions, cycleReport } from "../../host/report/cycles/cycleReport"
import { reportJson } from "../../host/report/cycles/json"
import { reportsText } from "../../host/report/cycles/text"
import { spike, symmetricCell } from "../analysis/synthetic"
import { cycling, reader, readerOf } from "./syntheticReader"

const full = (returned: number[], cell = {}, options: CycleReportOptions = {}) =>
  cycleReport(reader(cycling(returned)), { type: "full", ...cell }, options)

/** One column of the JSON. */
const column = (report: ReturnType<typeof full>, key: string) =>
  (reportJson(report).cycles as Record<string, number | undefined>[]).map((cycle) => cycle[key])

describe("a full cell", () => {
  test("capacities, efficiency, retention, voltages and energies of what passed", () => {
    const report = full([0.8, 0.9, 0.72], { area_cm2: 2, active_mass_mg: 10 })
    const [, second] = reportJson(report).cycles as Record<string, number>[]
    const expected = {
      charge_Ah: 1e-3,
      charge_mAh_per_cm2: 0.5,
      charge_mAh_per_g: 100,
      discharge_Ah: 0.9e-3,
      discharge_mAh_per_cm2: 0.45,
      discharge_mAh_per_g: 90,
      coulombicEfficiency: 0.9,
      retention: 0.9 / 0.8,
      chargeMean_V: 4,
      dischargeMean_V: 3.5,
      chargeEnergy_Wh: 4e-3,
      dischargeEnergy_Wh: 3.15e-3,
      underCurrent_s: 3600 * 1.9,
    }
    for (const [key, value] of Object.entries(expected)) expect(second[key]).toBeCloseTo(value, 9)
    expect(Object.keys(second).sort()).toEqual(
      ["cycle", "isComplete", "isAbove100", ...Object.keys(expected)].sort(),
    )
  })

  test("retention compares to the cycle that is named", () => {
    expect(column(full([0.8, 0.9, 0.72], {}, { reference: 2 }), "retention")[2]).toBeCloseTo(0.8, 9)
    expect(full([0.8, 0.9], {}, { reference: 7 }).reference).toBeUndefined()
    expect(column(full([0.8, 0.9], {}, { reference: 7 }), "retention")).toEqual([
      undefined,
      undefined,
    ])
  })

  test("without area and mass nothing is divided by them, and it is said what is missing", () => {
    const report = full([0.9])
    expect(column(report, "charge_mAh_per_cm2")).toEqual([undefined])
    const text = reportsText([{ name: "cell", report }])
    expect(text.split("─")[0]).not.toContain("cm⁻²")
    expect(text).toContain("mAh cm⁻² needs area_cm2 or diameter_mm, in its cell.yaml.")
    expect(text).toContain("mAh g⁻¹ needs active_mass_mg or loading_mg_per_cm2, in its cell.yaml.")
    const withArea = reportsText([{ name: "cell", report: full([0.9], { area_cm2: 2 }) }])
    expect(withArea).not.toContain("needs area_cm2")
    expect(withArea).toContain("0.45000")
  })

  test("efficiency above 100 % is flagged, never clipped", () => {
    const report = full([0.9, 1.03])
    expect(column(report, "coulombicEfficiency")[1]).toBeCloseTo(1.03, 9)
    const text = reportsText([{ name: "cell", report }])
    expect(text).toContain("103.000!")
    expect(text).toContain("!: above 100 %")
    expect(text).toContain("Above 100 %, and counted as they are: cycle 2.")
    expect(text).toContain("cycles 1–2: mean 96.500 %; Σ discharged ÷ Σ charged 96.500 %.")
  })

  test("only the cycles that are asked for are told of, and averaged", () => {
    const report = full([0.5, 0.9, 0.8, 0.1], {}, { cycles: { from: 2, to: 3 } })
    expect(column(report, "cycle")).toEqual([2, 3])
    expect(report.efficiency?.mean).toBeCloseTo(0.85, 9)
    expect(report.reference).toBe(1)
  })

  test("a cycle without its end has no efficiency, and the mean leaves it out", () => {
    const batches = cycling([0.9, 0.8])
    const last = batches.at(-1) as Records
    const report = cycleReport(reader([...batches.slice(0, -1), { ...last, hasLast: false }]), {
      type: "full",
    })
    expect(column(report, "coulombicEfficiency")[1]).toBeUndefined()
    expect(report.efficiency).toMatchObject({ from: 1, to: 1 })
    expect(reportsText([{ name: "cell", report }])).toMatch(/^ +2\*.*–/m)
  })
})

describe("lithium on copper", () => {
  const cell = { type: "Li||Cu", area_cm2: 1 } as const

  test("stripped ÷ plated, its mean and the ratio of sums", () => {
    const report = cycleReport(reader(cycling([0.97, 0.99], 0.05, -0.05)), {
      ...cell,
      positive_terminal: "counter",
    })
    expect(report.columns.map(({ key }) => key)).toContain("plated_mAh_per_cm2")
    expect(report.columns.map(({ key }) => key)).not.toContain("retention")
    expect(column(report, "coulombicEfficiency")).toEqual([
      expect.closeTo(0.97, 9),
      expect.closeTo(0.99, 9),
    ])
    expect(reportsText([{ name: "cell", report }])).toContain(
      "cycles 1–2: mean 98.000 %; Σ stripped ÷ Σ plated 98.000 %.",
    )
  })

  test("with copper at the positive terminal negative current plates", () => {
    // 1 mAh comes by positive current, 1.25 mAh went by negative current.
    const report = cycleReport(reader(cycling([1.25], 0.05, -0.05)), {
      ...cell,
      positive_terminal: "working",
    })
    const [cycle] = reportJson(report).cycles as Record<string, number>[]
    expect(cycle).toMatchObject({ plated_Ah: 1.25e-3, stripped_Ah: 1e-3, strippingEnd_V: 0.05 })
    expect(cycle.coulombicEfficiency).toBeCloseTo(0.8, 9)
    expect(reportsText([{ name: "cell", report }])).toContain("negative current plates")
  })

  test("has no efficiency while nobody says which way round it is", () => {
    const report = cycleReport(reader(cycling([0.97])), cell)
    expect(column(report, "coulombicEfficiency")).toEqual([undefined])
    expect(report.missing).toContain("positive_terminal")
    const text = reportsText([{ name: "cell", report }])
    expect(text).toContain("Efficiency needs positive_terminal, working or counter")
    expect(text).not.toContain("CE")
  })
})

test("a symmetric cell has overpotentials and no efficiency", () => {
  const magnitude_V = spike(0.017, 0.03, 36)
  const samples = symmetricCell({ current_A: 1.539e-3, cycles: 2, magnitude_V })
  const report = cycleReport(readerOf(samples), { type: "Li||Li" })
  expect(column(report, "hysteresis_V")[0]).toBeCloseTo(0.034, 6)
  expect(column(report, "platingNucleationOverpotential_V")[0]).toBeCloseTo(0.03, 4)
  expect(column(report, "coulombicEfficiency")).toEqual([undefined, undefined])
})

test("a cell of no type is told of by its charges, with the key that would say more", () => {
  const report = cycleReport(reader(cycling([0.9])))
  expect(column(report, "discharge_Ah")[0]).toBeCloseTo(0.9e-3, 12)
  expect(column(report, "coulombicEfficiency")).toEqual([undefined])
  expect(reportsText([{ name: "cell", report }])).toContain(
    "Columns that suit the cell need its type, one of Li||Li",
  )
})

test("readings without a calibration are counted", () => {
  const batches = cycling([0.9]).map((one, i) => ({ ...one, isUncalibrated: i === 0 }))
  const { count } = cycleReport(reader(batches))
  expect(count.uncalibrated).toBe(batches[0].length)
  expect(count.all).toBe(batches.reduce((sum, one) => sum + one.length, 0))
})

test("tests of one kind share a table, a long one is cut short, and JSON has all of it", () => {
  const long = full(Array(60).fill(0.9))
  const copper = cycleReport(reader(cycling([0.9])), { type: "Li||Cu" })
  const text = reportsText([
    { name: "one", report: long },
    { name: "two", report: full([0.9]) },
    { name: "three", report: copper },
  ])
  expect(text.match(/^cycle/gm)).toHaveLength(2)
  expect(text).toContain("--all shows all")
  expect(reportsText([{ name: "one", report: long }], true).match(/^ +\d+ /gm)).toHaveLength(60)
  expect(column(long, "cycle")).toHaveLength(60)
})

test("how a test ended stands below its table", () => {
  const text = reportsText([{ name: "cell", report: full([0.9]) }])
  expect(text).toContain("cell\n")
  expect(text).toContain("  The protocol ended after 2 h 00 min of test time; that is no failure")
})

test("a test of which nothing was fetched yet has an empty table", () => {
  const about = { end: undefined, start_unix_s: undefined }
  const text = reportsText([{ name: "cell", report: cycleReport(reader([], about)) }])
  expect(text).toContain("Nothing of this test is in the store.")
  expect(text).not.toMatch(/NaN|Infinity|undefined/)
})
