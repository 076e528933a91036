import { PassThrough } from "node:stream"
import { text } from "node:stream/consumers"
import fc from "fast-check"
import { expect, it } from "vitest"
import {
  bdfFileName,
  bdfLines,
  bdfMetadata,
  bdfMetadataFileName,
  writeBdf,
} from "../../host/formats/bdf"
import type { Sample, SampleStepType } from "../../host/sample"
import { record, symmetricCell } from "../analysis/synthetic"

const seed = 130
const START_UNIX_S = 1_764_547_200

function table(lines: Iterable<string>): Record<string, string>[] {
  const [head, ...rows] = [...lines].map((line) => line.trimEnd().split(","))
  return rows.map((row) => {
    expect(row).toHaveLength(head.length)
    return Object.fromEntries(head.map((column, i) => [column, row[i]]))
  })
}

function column(rows: Record<string, string>[], name: string): number[] {
  return rows.map((row) => Number(row[name]))
}

/** Any test a tester could run: steps of any direction, currents from 1 µA to 50 mA. */
const anyTest = fc
  .array(
    fc.record({
      current_A: fc.oneof(
        fc.constant(0),
        fc.double({ min: 1e-6, max: 0.05, noNaN: true }),
        fc.double({ min: -0.05, max: -1e-6, noNaN: true }),
      ),
      duration_s: fc.double({ min: 1, max: 40_000, noNaN: true }),
      voltage: fc.double({ min: -5, max: 5, noNaN: true }),
      isNewCycle: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => {
    let cycle = 0
    return record(
      steps.map(({ current_A, duration_s, voltage, isNewCycle }) => {
        cycle += isNewCycle ? 1 : 0
        const times_s = Array.from({ length: 8 }, (_, i) => (i * duration_s) / 7)
        return { current_A, duration_s, cycle, times_s, voltage_V: () => voltage }
      }),
    )
  })

/** The same records on a board that knew the time and its temperature. */
const told = (samples: Sample[]) =>
  samples.map((sample) => ({
    ...sample,
    unixTime_s: START_UNIX_S + sample.time_s,
    temperature_degC: 24.5,
  }))

it("writes the columns under BDF's preferred labels", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V: () => 0.017 })
  const [head, first] = bdfLines(told(samples))
  expect(head).toBe(
    "Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1,Step ID,Step Type," +
      "Record Index / 1,Charging Capacity / Ah,Discharging Capacity / Ah,Net Capacity / Ah," +
      "Cumulative Capacity / Ah,Unix Time / s,Ambient Temperature / degC\n",
  )
  expect(first).toBe("0,0.017,0.001,1,1,0,CC_CHG,1,0,0,0,0,1764547200,24.5\n")
})

it("names each kind of step as BDF does, where BDF has a name", () => {
  const typed = (stepType: SampleStepType, current_A: number) =>
    record([{ stepType, current_A, duration_s: 20, voltage_V: () => 1 }])
  const names: [SampleStepType, charging: string, discharging: string][] = [
    ["rest", "REST", "REST"],
    ["constant_current", "CC_CHG", "CC_DCH"],
    ["pulse", "CC_CHG", "CC_DCH"],
    ["constant_voltage", "CV_CHG", ""],
    ["cccv", "CCCV_CHG", ""],
    ["scan", "", ""],
  ]
  for (const [stepType, charging, discharging] of names) {
    const nameOf = (current_A: number) =>
      table(bdfLines(typed(stepType, current_A)))[0]["Step Type"]
    expect([nameOf(1e-3), nameOf(-1e-3)]).toEqual([charging, discharging])
  }
})

it("leaves empty what is not known, and writes a header for an empty test", () => {
  expect([...bdfLines([])].join("")).toMatch(/Ambient Temperature \/ degC\n$/)
  const [, first] = bdfLines(
    symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V: () => 0.017 }),
  )
  expect(first).toMatch(/,,\n$/)
})

it("satisfies the rules of BDF's validator for any test", () => {
  fc.assert(
    fc.property(anyTest, (samples) => {
      const rows = table(bdfLines(told(samples)))
      const charging = column(rows, "Charging Capacity / Ah")
      const discharging = column(rows, "Discharging Capacity / Ah")
      const net = column(rows, "Net Capacity / Ah")
      const cumulative = column(rows, "Cumulative Capacity / Ah")
      // numpy.isclose(got, expected, rtol=1e-6), without the absolute slack BDF allows besides.
      const isClose = (got: number, expected: number) =>
        Math.abs(got - expected) <= 1e-6 * Math.abs(expected) + 1e-15
      rows.forEach((_, i) => {
        expect(isClose(cumulative[i], charging[i] + discharging[i])).toBe(true)
        expect(isClose(net[i], charging[i] - discharging[i])).toBe(true)
      })
      const cycle = column(rows, "Cycle Count / 1")
      expect(cycle.every((count) => Number.isInteger(count) && count >= 0)).toBe(true)
      const time = column(rows, "Test Time / s")
      const step = column(rows, "Step Count / 1")
      for (const series of [charging, discharging, cumulative, cycle, step, time])
        expect(series.every((value, i) => i === 0 || value >= series[i - 1])).toBe(true)
      column(rows, "Unix Time / s").forEach((unix_s, i) => {
        expect(unix_s - START_UNIX_S - time[i]).toBeCloseTo(0, 5)
      })
      expect(column(rows, "Record Index / 1")).toEqual(samples.map((_, i) => i + 1))
    }),
    { seed },
  )
})

it("copies voltage and current, and ends at the sum of the steps' own charges", () => {
  fc.assert(
    fc.property(anyTest, (samples) => {
      const rows = table(bdfLines(samples))
      column(rows, "Voltage / V").forEach((v, i) => {
        expect(v).toBeCloseTo(samples[i].voltage_V, 8)
      })
      column(rows, "Current / A").forEach((a, i) => {
        expect(a).toBeCloseTo(samples[i].current_A, 11)
      })
      const sumOf = (sign: number) =>
        samples
          .filter((s) => s.isLast)
          .reduce((sum, s) => sum + Math.max(0, sign * s.stepCharge_Ah), 0)
      const last = rows[rows.length - 1]
      expect(Number(last["Charging Capacity / Ah"])).toBeCloseTo(sumOf(1), 10)
      expect(Number(last["Discharging Capacity / Ah"])).toBeCloseTo(sumOf(-1), 10)
    }),
    { seed },
  )
})

it("names the direction of a step even where its first record lags, and adds nothing at rest", () => {
  const samples = record([
    { current_A: 1e-3, duration_s: 3600, voltage_V: () => 0.02 },
    { current_A: 0, duration_s: 600, voltage_V: () => 0 },
    { current_A: -1e-3, duration_s: 3600, voltage_V: () => -0.02 },
  ])
  for (const s of samples) {
    if (s.stepType === "rest") s.stepCharge_Ah = (s.time_s - 3600) * 1e-12
    if (s.stepCount === 3 && s.isFirst) s.current_A = 1e-3
  }
  const rows = table(bdfLines(samples))
  const types = rows.map((row) => row["Step Type"])
  expect(types).toEqual(
    samples.map((s) => ({ 1: "CC_CHG", 2: "REST", 3: "CC_DCH" })[s.stepCount as 1 | 2 | 3]),
  )
  const resting = rows.filter((row) => row["Step Type"] === "REST")
  expect(new Set(column(resting, "Cumulative Capacity / Ah"))).toEqual(new Set([0.001]))
  expect(rows[rows.length - 1]["Net Capacity / Ah"]).toBe("0")
})

it("goes on from the board's integral where records of a step are missing", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 2, magnitude_V: () => 0.02 })
  const gapped = samples.filter((s) => s.stepCount !== 2 || s.time_s > 5000)
  const last = table(bdfLines(gapped)).at(-1)
  expect(last).toMatchObject({ "Charging Capacity / Ah": "0.002", "Net Capacity / Ah": "0" })
})

it("reads ahead by one record and no more", () => {
  let taken = 0
  function* endless(): Generator<Sample> {
    const [one] = symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V: () => 0.02 })
    for (;;) {
      taken += 1
      yield { ...one, time_s: taken, stepCharge_Ah: taken * 1e-6 }
    }
  }
  const lines = bdfLines(endless())
  for (let i = 0; i < 1001; i++) lines.next()
  expect(taken).toBeLessThanOrEqual(1001)
})

it("streams to a writable", async () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 2, magnitude_V: () => 0.02 })
  const out = new PassThrough()
  const [written] = await Promise.all([text(out), writeBdf(samples, out)])
  expect(written).toBe([...bdfLines(samples)].join(""))
})

it("names files as BDF asks, with nothing in them that a file system minds", () => {
  const test = { institution: "Univ. Zürich", cell: "K-Li@AlN 1 mA cm⁻²", start_unix_s: 0 }
  expect(bdfFileName(test)).toBe("Univ.-Zurich__K-Li-AlN-1-mA-cm-2__19700101_001.bdf.csv")
  expect(bdfMetadataFileName("a__b__20251201_002.bdf.csv")).toBe(
    "a__b__20251201_002.bdf.metadata.json",
  )
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (institution, cell) => {
      const name = bdfFileName({ institution, cell, start_unix_s: START_UNIX_S }, 7)
      expect(name).toMatch(/^[\w.-]+__20251201_007\.bdf\.csv$/)
      expect(name.split("__")).toHaveLength(3)
    }),
    { seed },
  )
})

it("states in the sidecar what the records cannot, under keys that BDF readers know", () => {
  const metadata = bdfMetadata({
    institution: "Lab",
    cell: "Li-1",
    start_unix_s: START_UNIX_S + 0.5,
    area_cm2: 1.539,
    instrument: "coincell 0001",
    isSimulated: true,
  })
  expect(JSON.parse(JSON.stringify(metadata))).toEqual({
    battinfo_test: {
      test: {
        name: "Li-1, 20251201",
        kind: "cycling",
        instrument_name: "coincell 0001",
        started_at: START_UNIX_S,
      },
      provenance: { source_type: "simulation" },
    },
    battinfo_cell: { cell_instance: { name: "Li-1" } },
    extras: {
      institution: "Lab",
      working_electrode_area_cm2: 1.539,
      current_sign: "positive current charges the cell (plates lithium on the working electrode)",
      capacity_source: "the tester's own integral of the measured current",
    },
  })
})
