import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { putCrc } from "../../host/crc"
import { LogError } from "../../host/errors"
import { BoardClock } from "../../host/log/clock"
import { TestReader } from "../../host/log/testReader"
import { chosenCycles } from "../../host/web/data/cycles/chosen"
import { TestIndex } from "../../host/web/data/index/testIndex"
import { PageWriter } from "../log/pageWriter"
import { bothOf, randomLog } from "./randomLog"

const SEED = 20261121

describe(`an index of a test against its reader, seed ${SEED}`, () => {
  const holds = (check: (both: ReturnType<typeof bothOf>) => void) =>
    fc.assert(
      fc.property(randomLog, (log) => check(bothOf(log))),
      { seed: SEED, numRuns: 200 },
    )

  test("has the extremes and times of every stretch, and all records", () => {
    holds(({ records, index }) => {
      const { stretches } = index
      expect(index.records).toBe(records.length)
      let at = 0
      let latest_s = 0
      const found: unknown[] = []
      const expected: unknown[] = []
      for (let i = 0; i < stretches.length; i++) {
        const own = records.slice(at, at + stretches.count[i])
        const voltages = own.map(({ voltage_V }) => voltage_V)
        const currents = own.map(({ current_A }) => current_A)
        const first_s = Math.max(latest_s, own[0].time_s)
        latest_s = Math.max(latest_s, ...own.map(({ time_s }) => time_s))
        expected.push([first_s, latest_s, ...extremes(voltages), ...extremes(currents)])
        found.push([
          stretches.first_ms[i] / 1000,
          stretches.last_ms[i] / 1000,
          stretches.lowest_uV[i] / 1e6,
          stretches.highest_uV[i] / 1e6,
          stretches.isHighVoltageFirst(i),
          stretches.lowest_nA[i] / 1e9,
          stretches.highest_nA[i] / 1e9,
          stretches.isHighCurrentFirst(i),
        ])
        at += own.length
      }
      expect(found).toEqual(expected)
      expect(at).toBe(records.length)
    })
  })

  test("has the same gaps, and breaks the line there and nowhere else", () => {
    holds(({ records, about, index, clock }) => {
      expect(index.gaps(() => clock)).toEqual(about.gaps)
      if (about.last !== undefined) expect(index.end_s).toBe(about.last.time_s)
      const { stretches } = index
      const broken = Array.from({ length: stretches.length }, (_, i) => i)
        .filter((i) => i > 0 && stretches.isAfterGap(i))
        .map((i) => stretches.points(0, i))
      const inside = (sampleIndex: number) => sampleIndex > 0 && sampleIndex < records.length
      const gaps = about.gaps.map(({ sampleIndex }) => sampleIndex).filter(inside)
      // A fault that nobody has resumed is an end, not a gap; points after it are those of a page whose end is lost.
      const faults = about.events.flatMap(({ kind, sampleIndex }) =>
        kind === "fault" ? [sampleIndex] : [],
      )
      expect(broken).toEqual(expect.arrayContaining(gaps))
      expect([...gaps, ...faults]).toEqual(expect.arrayContaining(broken))
    })
  })

  test("knows which records a cycle has, and when it began", () => {
    holds(({ records, about, index }) => {
      const numbers = [...new Set(records.map(({ cycle }) => cycle))]
      const chosen = chosenCycles(index, numbers)
      expect(chosen.map(({ cycle }) => cycle)).toEqual(numbers)
      for (const { cycle, from, to, begin_ms } of chosen) {
        const before = index.stretches.points(0, from)
        const own = records.slice(before, before + index.stretches.points(from, to))
        expect(own).toEqual(records.filter((record) => record.cycle === cycle))
        const begun = about.events.find((one) => one.kind === "stepBegins" && one.cycle === cycle)
        if (begun !== undefined && about.lostPages === 0) expect(begin_ms / 1000).toBe(begun.time_s)
      }
      expect(chosenCycles(index, [-1])[0]?.cycle).toBe(records.at(-1)?.cycle)
      expect(chosenCycles(index, [-1, numbers.at(-1) ?? 1, 4000])).toHaveLength(
        Math.min(1, numbers.length),
      )
    })
  })
})

test("a point that is followed by another board time alone keeps its own", () => {
  const log = new PageWriter()
  log.recorder(BOARD_CHANNEL).clock(Date.UTC(2026, 0, 1), 0)
  log.now_ms = 1000
  for (const testTime_ms of [1000, 2000]) {
    const recorder = log.recorder(0)
    recorder.resume(5, 0, 2, 1, 1, 0)
    recorder.point(0, testTime_ms, 0.1, 1e-3, 1, 1)
    recorder.flush()
    log.boot++
  }
  const [, first, second] = log.written.map((page) => Buffer.from(page))
  first.set([0x03, 12, 5, 0xff, 0xff, 0, 0, 0], 32 + first[2])
  first[2] += 8
  putCrc(first, 0, 252)
  const { about, index, clock } = bothOf({
    pages: [first, second],
    clock: BoardClock.of(log.written),
  })
  expect(about.gaps).toMatchObject([
    { kind: "restart", unixTime_s: Date.UTC(2026, 0, 1) / 1000 + 1 },
  ])
  expect(index.gaps(() => clock)).toEqual(about.gaps)
})

describe("pages that are not to be understood", () => {
  const page = (used: number, bytes: number[]) => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.point(1, 1000, 0.1, 1e-3, 1, 1)
    recorder.flush()
    const whole = Buffer.from(log.written[0])
    whole.set(bytes, 32)
    whole[2] = used
    putCrc(whole, 0, 252)
    return whole
  }

  test.each([
    ["a point that runs over", 3, [0x00, 1, 1]],
    ["more than a page has room for", 221, []],
    ["an event that runs over", 3, [0x03, 5, 1]],
    ["an event that is too short", 3, [0x03, 7, 0]],
    ["a number without an end", 5, [0x80, 0x80, 0x80, 0x80, 0x80]],
  ])("%s is refused, as by the reader", (_, used, bytes) => {
    const own = page(used, bytes)
    const reader = new TestReader([own], BoardClock.of([]))
    expect(() => [...reader]).toThrow(LogError)
    expect(() => new TestIndex().add(own, 0)).toThrow(LogError)
  })

  test("another format is refused", () => {
    const own = page(0, [])
    own[0] = 0xc3
    putCrc(own, 0, 252)
    expect(() => new TestIndex().add(own, 0)).toThrow(/begins with c3h/)
  })
})

function extremes(values: number[]): [low: number, high: number, isHighFirst: boolean] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return [low, high, values.indexOf(high) < values.indexOf(low)]
}
