import { describe, expect, it } from "vitest"
import { plotCells } from "../../host/report/plot"
import type { Sample } from "../../host/sample"
import { Random } from "../../sim/random"
import { recordsOf } from "../analysis/recordsOf"
import { record, type SyntheticStep, spike, symmetricCell } from "../analysis/synthetic"

const SEED = 11

function noisyCell(seed = SEED): Sample[] {
  const random = new Random(seed)
  const clean = spike(0.017, 0.03, 36)
  const magnitude_V = (t: number) => clean(t) + random.normal(20e-6)
  return symmetricCell({ current_A: 1.539e-3, cycles: 5, magnitude_V })
}

const plot = (...cells: { name: string; samples: Sample[]; gap_s?: number }[]) =>
  plotCells(cells.map(({ samples, ...cell }) => ({ ...cell, records: () => recordsOf(samples) })))

/** The sub-paths of every curve, each a list of its y coordinates. */
function curves(svg: string): number[][][] {
  return [...svg.matchAll(/class="mark-line[^>]*>.*?<path[^>]* d="([^"]*)"/gs)].map(([, path]) =>
    path
      .split("M")
      .slice(1)
      .map((part) => part.split("L").map((point) => Number(point.split(",")[1]))),
  )
}

describe("a figure of two cells", async () => {
  const svg = await plot(
    { name: "Bare Li, 1 mA cm⁻²", samples: noisyCell(1) },
    { name: "K-Li@AlN, 1 mA cm⁻²", samples: noisyCell(2) },
  )

  it("names the cells and the axes with their units", () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(texts).toContain("Bare Li, 1 mA cm⁻²")
    expect(texts).toContain("K-Li@AlN, 1 mA cm⁻²")
    expect(texts.filter((text) => text === "Voltage / mV")).toHaveLength(4)
    expect(texts).toContain("Time / h")
    expect(texts).toContain("Time since reversal / s")
    expect(texts.filter((text) => /^30\.\d mV$/.test(text))).toHaveLength(2)
  })

  it("stands alone: one SVG, no script, nothing to load, nothing that is not a number", () => {
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>$/s)
    expect(svg).not.toMatch(/<script|<image|href=|url\((?!#)|NaN|undefined|Infinity/)
  })

  it("draws overview and close-up of each cell without a break", () => {
    const drawn = curves(svg)
    expect(drawn).toHaveLength(4)
    for (const parts of drawn) expect(parts).toHaveLength(1)
  })
})

it("gives the same file for the same data", async () => {
  const cell = { name: "cell", samples: noisyCell() }
  expect(await plot(cell)).toBe(await plot(cell))
})

it("keeps the one record of a spike among thousands", async () => {
  const samples = noisyCell()
  const lone = samples.findIndex((s) => s.time_s > 20_000)
  samples[lone] = { ...samples[lone], voltage_V: 0.3 }
  const [[overview]] = curves(await plot({ name: "cell", samples }))
  const highest = Math.min(...overview)
  // The spike sets the upper end of the axis: it stands alone at the top of the panel.
  expect(highest).toBeLessThan(10)
  expect(overview.filter((y) => y < 60)).toEqual([highest])
})

it("breaks the line where records are missing", async () => {
  const gapped = noisyCell().filter((s) => s.time_s < 15_000 || s.time_s > 17_500)
  const [overview] = curves(await plot({ name: "cell", samples: gapped }))
  expect(overview).toHaveLength(2)
  const allowed = await plot({ name: "cell", samples: gapped, gap_s: 3000 })
  expect(curves(allowed)[0]).toHaveLength(1)
})

it("plots a full cell in volts, without a nucleation where there is none", async () => {
  const steps = [1, -1].map((sign) => ({
    current_A: sign * 1e-3,
    duration_s: 3600,
    voltage_V: (t: number) => 3.6 + (sign * t) / 3600 / 2,
  }))
  const svg = await plot({ name: "cell", samples: record(steps) })
  expect(svg).toContain("Voltage / V")
  expect(svg).toContain("First charge")
  expect(svg).not.toContain("mV")
})

it("draws an empty frame for a cell that has not begun", async () => {
  const svg = await plot({ name: "waiting", samples: [] })
  expect(svg).toContain("no plating recorded")
  expect(svg).not.toContain("NaN")
})

it("passes over what is no plating at constant current, such as a hold or a pulse", async () => {
  const flat = { current_A: 1e-3, duration_s: 60, voltage_V: () => 0.03 }
  const holds: SyntheticStep[] = [
    { ...flat, stepType: "constant_voltage" },
    { ...flat, stepType: "pulse" },
  ]
  expect(await plot({ name: "cell", samples: record(holds) })).toContain("no plating recorded")
  const plating = { ...flat, duration_s: 3600, voltage_V: spike(0.017, 0.03, 36) }
  const svg = await plot({ name: "cell", samples: record([...holds, plating]) })
  expect(svg).toContain("First plating half-cycle")
  expect(svg).toMatch(/>30\.\d mV</)
})

it("shows the spike of a cell that negative current plates, in millivolts below its volts", async () => {
  const height = spike(0.05, 0.04, 36)
  const samples = record([
    { current_A: 0, duration_s: 600, voltage_V: () => 2.6 },
    { current_A: -1e-3, duration_s: 3600, voltage_V: (t) => -height(t) },
    { current_A: 1e-3, duration_s: 3500, voltage_V: (t) => 0.05 + Math.max(0, (t - 3400) / 100) },
  ])
  const svg = await plotCells([
    { name: "Li‖Cu", records: () => recordsOf(samples), platingSign: -1 },
  ])
  expect(svg).toContain("First plating half-cycle")
  expect(svg).toContain("Voltage / V")
  expect(svg).toContain("Voltage / mV")
  expect(svg).toContain("40.0 mV")
})
