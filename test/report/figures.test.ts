import { describe, expect, test } from "vitest"
import type { Cell } from "../../host/cell"
import type { TestAbout } from "../../host/log/testAbout"
import type { Records } from "../../host/records"
import { cycleReport } from "../../host/report/cycles/cycleReport"
import { figuresOf } from "../../host/report/figures/figures"
import { recordsOf } from "../analysis/recordsOf"
import { record, spike, symmetricCell } from "../analysis/synthetic"
import { reader } from "./syntheticReader"

async function draw(
  records: Records[],
  cell: Partial<Cell>,
  about: Partial<TestAbout> = {},
  marks: { x: number; text: string }[] = [],
) {
  const last = records.at(-1)
  const report = cycleReport(
    reader(records, {
      last: {
        time_s: last?.time_s[last.length - 1] ?? 0,
        unixTime_s: undefined,
        temperature_degC: undefined,
        cycle: last?.cycle ?? 0,
        stepCount: last?.stepCount ?? 0,
        stepIndex: 0,
      },
      ...about,
    }),
    cell,
  )
  return figuresOf(records, cell, report, marks)
}

const SYMMETRIC = recordsOf(
  symmetricCell({ current_A: 1.539e-3, cycles: 8, magnitude_V: spike(0.017, 0.03, 36) }),
)

/** A slope that is charged and discharged. */
const FULL = recordsOf(
  record(
    Array.from({ length: 8 }, (_, i) => [
      { cycle: i + 1, current_A: 1e-3, duration_s: 3600, voltage_V: (t: number) => 3 + t / 3600 },
      { cycle: i + 1, current_A: -1e-3, duration_s: 3600, voltage_V: (t: number) => 4 - t / 3600 },
    ]).flat(),
  ),
)

const SCANS = recordsOf(
  record(
    [1, -1].map((sign) => ({
      stepType: "scan" as const,
      current_A: sign * 1e-3,
      duration_s: 100,
      voltage_V: (t: number) => (sign * (t - 50)) / 500,
    })),
  ),
)

describe.each([
  ["a symmetric cell", SYMMETRIC, { type: "Li||Li" }, ["voltage", "nucleation", "cycles"]],
  [
    "a full cell",
    FULL,
    { type: "full", active_mass_mg: 10 },
    ["voltage", "cycles", "profiles", "differential"],
  ],
  ["a cell of which nothing is known", FULL, {}, ["voltage", "cycles", "profiles"]],
  ["a voltammogram", SCANS, { type: "Li||Li" }, ["voltage", "scan"]],
  ["a test that has not begun", [], { type: "full" }, []],
] as const)("the figures of %s", async (_, records, cell, names) => {
  const figures = await draw([...records], cell as Partial<Cell>)

  test("are those that fit it", () => {
    expect(figures.map(({ name }) => name)).toEqual(names)
  })

  test("stand alone, and hold nothing that is not a number", () => {
    for (const { svg } of figures) {
      expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>$/s)
      expect(svg).not.toMatch(/<script|<image|href=|url\((?!#)|NaN|undefined|Infinity/)
    }
  })
})

/** Sub-paths of the first curve of a figure, which is the whole test's. */
function parts(svg: string): number {
  const [, path] = /class="mark-line[^>]*>.*?<path[^>]* d="([^"]*)"/s.exec(svg) ?? []
  return path?.split("M").length - 1
}

test("the line breaks where pages are lost, and nowhere else", async () => {
  const rest = { current_A: 0, voltage_V: () => 0.01, times_s: [0, 40_000], duration_s: 40_000 }
  const sparse = recordsOf(record([rest, { ...rest, current_A: 1e-3, times_s: undefined }]))
  const [whole] = await draw(sparse, { type: "Li||Li" })
  expect(parts(whole.svg)).toBe(1)
  const lost = { time_s: 0, unixTime_s: undefined, resumed: undefined, restart: undefined }
  const gaps = [{ ...lost, kind: "lost" as const, sampleIndex: 2 }]
  const [broken] = await draw(sparse, { type: "Li||Li" }, { gaps })
  expect(parts(broken.svg)).toBe(2)
})

test("what happened is marked with its number", async () => {
  const [voltage] = await draw(SYMMETRIC, { type: "Li||Li" }, {}, [
    { x: 3, text: "1" },
    { x: 5, text: "2" },
  ])
  expect(
    voltage.svg.match(/class="mark-rule role-mark[^>]*>(<line[^>]*>)+/)?.[0].match(/<line/g),
  ).toHaveLength(2)
  expect(voltage.caption).toContain("numbered lines are the faults and gaps")
})

test("capacities are per gram where the mass is known, and what is not yet discharged is no zero", async () => {
  const half = FULL.slice(0, -1)
  const [, cycles] = await draw(half, { type: "full", active_mass_mg: 10 })
  expect(cycles.svg).toContain("Capacity / mAh g⁻¹")
  // 1 mAh of 10 mg.
  expect(cycles.svg).toContain(">100<")
  expect(cycles.svg).not.toContain(">0<")
})

test("dQ/dV of a straight slope is what was charged for each volt", async () => {
  const figures = await draw(FULL, { type: "full" })
  const differential = figures.find(({ name }) => name === "differential")
  expect(differential?.svg).toContain("dQ/dV / mAh V⁻¹")
  expect(differential?.svg).toContain(">1.0<")
  expect(differential?.svg).toContain(">−1.0<")
})

test("so many cycles as a letter may have are drawn in less than a quarter of it", async () => {
  const step = { duration_s: 60, times_s: [0, 10, 20, 30, 40, 50, 60], voltage_V: () => 0.02 }
  const records = recordsOf(
    record(
      Array.from({ length: 3000 }, (_, i) => [
        { ...step, cycle: i + 1, current_A: 1e-3 },
        { ...step, cycle: i + 1, current_A: -1e-3, voltage_V: () => -0.02 - (i % 7) * 1e-4 },
      ]).flat(),
    ),
  )
  const figures = await draw(records, { type: "Li||Li" })
  expect(figures.map(({ name }) => name)).toContain("cycles")
  expect(figures.reduce((sum, { svg }) => sum + svg.length, 0)).toBeLessThan(250_000)
})
