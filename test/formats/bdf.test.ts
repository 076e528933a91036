import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, expect, it } from "vitest"
import { BDF_COLUMNS } from "../../host/formats/bdfColumns"
import { bdfCellOf, bdfMetadata, bdfStem } from "../../host/formats/bdfMetadata"
import { CsvFile } from "../../host/formats/csvFile"
import { writeTable } from "../../host/formats/tableFile"
import type { Records } from "../../host/records"
import type { SampleStepType } from "../../host/sample"
import { aCell, anyTest, aStep, batchesOf, START_UNIX_S, testOf } from "./batches"

const seed = 133
const folder = mkdtempSync(join(tmpdir(), "coincell-bdf-"))
afterAll(() => rmSync(folder, { recursive: true }))

type Row = Record<string, string>

async function rowsOf(batches: Records[]): Promise<Row[]> {
  const path = join(folder, "test.bdf.csv")
  await writeTable(new CsvFile(`${path}.partial`, BDF_COLUMNS), batches, () => path)
  const [head, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n")
  const heads = head.split(",")
  return lines.map((line) => {
    const fields = line.split(",")
    expect(fields).toHaveLength(heads.length)
    return Object.fromEntries(heads.map((name, i) => [name, fields[i]]))
  })
}

const column = (rows: Row[], name: string) => rows.map((row) => Number(row[name]))

it("writes the columns under BDF's preferred labels, none of them deprecated", async () => {
  expect(BDF_COLUMNS.slice(0, 13).map(({ head }) => head)).toEqual([
    "Test Time / s",
    "Voltage / V",
    "Current / A",
    "Unix Time / s",
    "Cycle Count / 1",
    "Step Count / 1",
    "Ambient Temperature / degC",
    "Step ID",
    "Step Type",
    "Step Time / s",
    "Step Record Index / 1",
    "Record Index / 1",
    "Power / W",
  ])
  for (const { head } of BDF_COLUMNS.slice(13))
    expect(head).toMatch(
      /^((Charging|Discharging|Net|Cumulative)|(Step|Cycle) (Charging|Discharging)) (Capacity \/ Ah|Energy \/ Wh)$/,
    )
  expect(new Set(BDF_COLUMNS.map(({ head }) => head)).size).toBe(29)
  const [row] = await rowsOf(batchesOf([aStep]))
  expect(Object.values(row).slice(0, 15).join()).toBe(
    "0.1,0.02,0.001,1764547200.1,1,1,24.5,0,CC_CHG,0.1,1,1,0.00002,0.000000028,0",
  )
})

it("names each kind of step as BDF does, where BDF has a name", async () => {
  const nameOf = async (stepType: SampleStepType, current_A: number) =>
    (await rowsOf(batchesOf([{ ...aStep, stepType, current_A }])))[0]["Step Type"]
  const names: [SampleStepType, charging: string, discharging: string][] = [
    ["rest", "REST", "REST"],
    ["constant_current", "CC_CHG", "CC_DCH"],
    ["pulse", "CC_CHG", "CC_DCH"],
    ["constant_voltage", "CV_CHG", ""],
    ["cccv", "CCCV_CHG", ""],
    ["scan", "", ""],
  ]
  for (const [stepType, charging, discharging] of names)
    expect([await nameOf(stepType, 1e-3), await nameOf(stepType, -1e-3)]).toEqual([
      charging,
      discharging,
    ])
})

it(`satisfies the rules of BDF's validator for any test (seed ${seed})`, async () => {
  // numpy.isclose(got, expected, rtol=1e-6), without the absolute slack that BDF allows besides.
  const isClose = (got: number, expected: number) =>
    Math.abs(got - expected) <= 1e-6 * Math.abs(expected) + 1e-15
  await fc.assert(
    fc.asyncProperty(anyTest, async (batches) => {
      const rows = await rowsOf(batches)
      for (const unit of ["Capacity / Ah", "Energy / Wh"]) {
        const charging = column(rows, `Charging ${unit}`)
        const discharging = column(rows, `Discharging ${unit}`)
        const cumulative = column(rows, `Cumulative ${unit}`)
        column(rows, `Net ${unit}`).forEach((net, i) => {
          expect(isClose(net, charging[i] - discharging[i])).toBe(true)
          expect(isClose(cumulative[i], charging[i] + discharging[i])).toBe(true)
        })
        for (const series of [charging, discharging, cumulative]) expectMonotone(series)
      }
      const cycle = column(rows, "Cycle Count / 1")
      expect(cycle.every((count) => Number.isInteger(count) && count >= 0)).toBe(true)
      for (const series of [cycle, column(rows, "Step Count / 1"), column(rows, "Test Time / s")])
        expectMonotone(series)
      const inStep = column(rows, "Step Record Index / 1")
      expect(inStep.every((n, i) => n === 1 || n === inStep[i - 1] + 1)).toBe(true)
      expect(column(rows, "Record Index / 1")).toEqual(rows.map((_, i) => i + 1))
      const time_s = column(rows, "Test Time / s")
      column(rows, "Unix Time / s").forEach((unix_s, i) => {
        expect(unix_s - START_UNIX_S - time_s[i]).toBeCloseTo(0, 5)
      })
    }),
    { seed, numRuns: 50 },
  )
})

function expectMonotone(series: number[]): void {
  expect(series.every((value, i) => i === 0 || value >= series[i - 1])).toBe(true)
}

it("shows a gap in Unix time and leaves empty what is not known", async () => {
  const [before, after] = batchesOf([aStep, aStep])
  for (let i = 0; i < after.length; i++) after.unixTime_s[i] += 86_400
  after.temperature_degC.fill(Number.NaN)
  const rows = await rowsOf([before, after])
  expect(Number(rows[3]["Unix Time / s"]) - Number(rows[2]["Unix Time / s"])).toBeCloseTo(
    86_400.1,
    3,
  )
  expect(Number(rows[3]["Test Time / s"]) - Number(rows[2]["Test Time / s"])).toBeCloseTo(0.1, 6)
  expect(rows[3]["Ambient Temperature / degC"]).toBe("")
})

it("names files as BDF asks, with nothing in them that a file system minds", () => {
  const cell = { institution: "Univ. Zürich", name: "K-Li@AlN 1 mA cm⁻²" }
  expect(bdfStem(cell, 0)).toBe("Univ.-Zurich__K-Li-AlN-1-mA-cm-2__19700101_001.bdf")
  expect(bdfStem(cell, undefined)).toMatch(/__00000000_001\.bdf$/)
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (institution, name) => {
      const stem = bdfStem({ institution, name }, START_UNIX_S, 7)
      expect(stem).toMatch(/^[\w.-]+__20251201_007\.bdf$/)
      expect(stem.split("__")).toHaveLength(3)
    }),
    { seed },
  )
})

it("states in the sidecar what the records cannot, under keys that BDF readers know", () => {
  const metadata = bdfMetadata(testOf([]), { name: "Li-1", institution: "Lab" })
  expect(Object.keys(metadata)).toEqual(["battinfo_test", "battinfo_cell", "extras"])
  expect(JSON.parse(JSON.stringify(metadata))).toMatchObject({
    battinfo_test: {
      test: {
        name: "Li-1, 20251201",
        kind: "cycling",
        instrument_name: "coincell AB12, channel 2",
        started_at: START_UNIX_S,
      },
      provenance: { source_type: "simulation" },
    },
    battinfo_cell: { cell_instance: { name: "Li-1" } },
    extras: { cell: aCell, source: { id: "AB12-2-7", is_running: false }, gaps: [], lost_pages: 0 },
  })
})

it("says which keys a cell's file must get", () => {
  const test = testOf([], { cell: { name: "Li-1" } })
  expect(() => bdfCellOf(test)).toThrow(/institution, area_cm2.*AB12-2-7\/cell\.yaml/s)
  expect(() => bdfCellOf({ ...test, cell: undefined })).toThrow(/name, institution, area_cm2/)
})
