import { expect, it } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { firstPlating } from "../../host/analysis/firstPlating"
import { halfCycles, iterateHalfCycles } from "../../host/analysis/halfCycles"
import { atCycle, atTime, cycleOverpotential_V, meanOver } from "../../host/analysis/overCycles"
import type { Sample } from "../../host/sample"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep, spike } from "./synthetic"

/** Two hours each, η of 10 mV more in each cycle, plating 2 mV above stripping; first a rest of an hour. */
const samples = record([
  { current_A: 0, duration_s: 3600, voltage_V: () => 0 },
  ...[1, 2, 3, 4].flatMap((cycle): SyntheticStep[] => [
    { cycle, current_A: 1e-3, duration_s: 3600, voltage_V: () => 0.01 * cycle + 0.001 },
    { cycle, current_A: -1e-3, duration_s: 3600, voltage_V: () => -0.01 * cycle + 0.001 },
    { cycle, current_A: 0, duration_s: 600, voltage_V: () => 0 },
  ]),
])
const rowsOf = (kept: Sample[]) => cycleTable(recordsOf(kept))
const rows = rowsOf(samples)

it("a cycle's η is the mean of its halves, half the hysteresis, whatever the offset", () => {
  const row = atCycle(rows, 3)
  expect(row?.plating?.overpotential_V).toBeCloseTo(0.031, 12)
  expect(row && cycleOverpotential_V(row)).toBeCloseTo(0.03, 12)
  expect(row?.hysteresis_V).toBeCloseTo(0.06, 12)
  expect(atCycle(rows, 5)).toBeUndefined()
  expect(row && cycleOverpotential_V({ ...row, stripping: undefined })).toBeUndefined()
})

it("rows tell when their current began and ended, its size and its highest voltage", () => {
  expect(rows.map(({ start_s, end_s }) => [start_s, end_s])).toEqual([
    [3600, 10800],
    [11400, 18600],
    [19200, 26400],
    [27000, 34200],
  ])
  expect(rows[0].stripping?.current_A).toBeCloseTo(1e-3, 12)
  expect(rows[3].plating?.highest_V).toBeCloseTo(0.041, 12)
  expect(rows[3].stripping?.highest_V).toBeCloseTo(0.039, 12)
})

it("finds the cycle that ran at a time since the first current", () => {
  const at = (elapsed_s: number) => atTime(rows, elapsed_s)?.cycle
  expect([0, 1, 7200, 7500, 7800, 7801, 30600].map(at)).toEqual([1, 1, 1, 1, 1, 2, 4])
  expect([-1, 30601, Number.NaN].map(at)).toEqual([undefined, undefined, undefined])
  expect(atTime([], 0)).toBeUndefined()
})

it("at a time in missing cycles there is none", () => {
  const gapped = rowsOf(samples.filter((s) => s.cycle !== 2))
  expect([7000, 7300, 15000, 15601].map((t) => atTime(gapped, t)?.cycle)).toEqual([
    1,
    undefined,
    undefined,
    3,
  ])
})

it("a mean over cycles wants every one of them", () => {
  expect(meanOver(rows, 2, 4, cycleOverpotential_V)).toBeCloseTo(0.03, 12)
  expect(meanOver(rows, 2, 5, cycleOverpotential_V)).toBeUndefined()
  const running = rowsOf(samples.filter((s) => s.stepCount !== 9 || !s.isLast))
  expect(meanOver(running, 1, 3, (row) => row.hysteresis_V)).toBeUndefined()
  expect(meanOver(running, 1, 2, (row) => row.hysteresis_V)).toBeCloseTo(0.03, 12)
  expect(() => meanOver(rows, 3, 2, cycleOverpotential_V)).toThrow(RangeError)
})

it("the first plating has both nucleation overpotentials, η and the highest voltage", () => {
  const both = record([
    { current_A: -1e-3, duration_s: 3600, voltage_V: () => -0.1 },
    { current_A: 1e-3, duration_s: 3600, voltage_V: spike(0.02, 0.007, 36) },
    { current_A: 1e-3, duration_s: 3600, voltage_V: () => 0.3 },
  ])
  const found = firstPlating(iterateHalfCycles(recordsOf(both)))
  expect(found).toMatchObject({ cycle: 1, start_s: 3600 })
  expect(found?.nucleation?.tip_V).toBeCloseTo(0.027, 12)
  expect(found?.nucleation?.overpotential_V).toBeCloseTo(0.007, 12)
  expect(found?.overpotential_V).toBeCloseTo(0.02, 9)
  expect(found?.highest_V).toBeCloseTo(0.027, 12)
  const other = firstPlating(halfCycles(recordsOf(both)), -1)
  expect(other?.highest_V).toBeCloseTo(0.1, 12)
  expect(firstPlating([])).toBeUndefined()
})

it("a voltage against the current is not the first plating's highest: copper comes from 2 V", () => {
  const falling = (t: number) => (t < 5 ? 2 - 0.41 * t : -0.05 - 0.03 * Math.exp(-(t - 5) / 36))
  const copper = record([{ current_A: -1e-3, duration_s: 3600, voltage_V: falling }])
  const found = firstPlating(halfCycles(recordsOf(copper)), -1)
  expect(found?.highest_V).toBeCloseTo(0.08, 9)
  const opposed = record([{ current_A: -1e-3, duration_s: 60, voltage_V: () => 3.7 }])
  expect(firstPlating(halfCycles(recordsOf(opposed)), -1)?.highest_V).toBeUndefined()
})
