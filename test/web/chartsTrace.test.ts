import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { LiveChannel, Trace } from "../../host/web/api"
import { NO_TAIL, type Tail, unstored, withReading } from "../../host/web/page/charts/liveTail"
import { LIVE, STORED, traceLines } from "../../host/web/page/charts/traceLines"
import { traceReading } from "../../host/web/page/charts/traceReading"
import { MILLIAMPERE, MILLIVOLT } from "../../host/web/page/charts/units"

const SEED = 74
const PALETTE = { series: ["#000001", "#000002", "#000003"] }
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2212", "-")

function traceOf(times: number[], live: number[], end_s = times.at(-1) ?? 0): Trace {
  return {
    from_s: times[0] ?? 0,
    to_s: times.at(-1) ?? 0,
    end_s,
    records: times.length,
    isWhole: true,
    time_s: times,
    voltage_V: times.map(() => 0.017),
    current_A: times.map(() => -0.0015),
    gaps: [],
    cycles: [
      { cycle: 4, time_s: 0 },
      { cycle: 5, time_s: 20 },
    ],
    live: { time_s: live, voltage_V: live.map(() => 0.02), current_A: live.map(() => 0.001) },
  }
}

function reading(testTime_s: number): LiveChannel {
  return { testTime_s, voltage_V: 0.03, current_A: 0.002 } as LiveChannel
}

function tailOf(...times: number[]): Tail {
  return times.map(reading).reduce(withReading, NO_TAIL)
}

describe("what is not stored yet", () => {
  test(`grows with time and has no reading twice, seed ${SEED}`, () => {
    const times = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 40 })
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 200 }), (seen, told, stored) => {
        const live = [...new Set(told.map((time) => time + stored + 1))].sort((a, b) => a - b)
        const all = unstored(traceOf([0, stored], live), tailOf(...seen)).time_s
        for (let i = 1; i < all.length; i++) expect(all[i]).toBeGreaterThan(all[i - 1])
        const known_s = live.at(-1) ?? stored
        const latest = Math.max(...seen, -1)
        if (latest > known_s) expect(all.at(-1)).toBe(latest)
        if (all.length > 0) expect(all[0]).toBe(stored)
      }),
      { seed: SEED },
    )
  })

  test("does not hang on a trace that ends before the test does", () => {
    const trace = traceOf([0, 10], [100], 90)
    expect(unstored(trace, NO_TAIL).time_s).toEqual([100])
  })

  test("is drawn apart, and only where there is any", () => {
    const both = traceLines(traceOf([0, 10], []), tailOf(12, 14), PALETTE)
    expect(both.voltage.map(({ name, xs }) => [name, xs])).toEqual([
      [STORED, [0, 10]],
      [LIVE, [10, 12, 14]],
    ])
    expect(both.voltage[1].dash).not.toEqual(both.voltage[0].dash)
    expect([both.current.length, both.end_s]).toEqual([2, 14])
    const stored = traceLines(traceOf([0, 10], []), tailOf(8), PALETTE)
    expect([stored.voltage.length, stored.end_s]).toEqual([1, 10])
  })
})

describe("what the cursor reads", () => {
  const shown = {
    x: { from: 0, to: 60 },
    voltage: { from: 0, to: 0.05 },
    current: { from: -0.002, to: 0.002 },
    voltageUnit: MILLIVOLT,
    currentUnit: MILLIAMPERE,
  }
  const trace = traceOf([0, 10, 30], [], 30)
  const lines = traceLines(trace, tailOf(35), PALETTE)
  const at = (line: number, index: number, of = trace) =>
    plain(traceReading([{ line, index }], of, lines, shown))

  test("is when, cycle, voltage and current", () => {
    expect(at(0, 1)).toBe("10.0 s  ·  cycle 4  ·  17.00 mV  ·  -1.500 mA")
    expect(at(0, 2)).toContain("cycle 5")
    expect(traceReading([], trace, lines, shown)).toBe("")
  })

  test("says what is not stored, and what gap is there", () => {
    expect(at(1, 1)).toBe("35.0 s  ·  cycle 5  ·  30.00 mV  ·  +2.000 mA  ·  live, not stored yet")
    const gaps: Trace["gaps"] = [{ kind: "pause", time_s: 10, resumed_s: 10, text: "Paused." }]
    expect(at(0, 1, { ...trace, gaps })).toMatch(/Paused\.$/)
    expect(at(0, 2, { ...trace, gaps })).not.toContain("Paused")
  })
})
