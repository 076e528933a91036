import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { type FaultOptions, SOAK } from "../faultOptions"
import { BoardTime } from "./boardTime"
import type { Ear } from "./ear"
import { type Problem, runLeg } from "./leg"
import { differences, hasState, readState } from "./legState"
import { schedule, STEADY_d } from "./schedule"
import { Silence } from "../silence"
import { type SoakOptions, soak } from "./year"

const SEED = 91
const folder = mkdtempSync(join(tmpdir(), "soak-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** As much as happens in the long form in four days happens in 0.1. */
const RATES: FaultOptions = {
  ...SOAK,
  cuts_per_d: 40,
  off_s: [1, 60],
  resets_per_d: 40,
  stalls_per_d: 80,
  chips_per_d: { nack: 1, flaky: 1, wrongBytes: 1, stale: 1, mute: 1, zeros: 1, reset: 1 },
  cells_per_d: { opened: 2, shorted: 1, replaced: 1 },
  relays_per_d: { welded: 30, open: 12 },
  relay_s: [0.1, 60],
  eeproms_per_d: 10,
  hosts_per_d: 100,
  persons_per_d: 400,
}
const DAYS = 0.09
const LEGS = 3

function run(name: string, engine: SoakOptions["engine"], leg?: number) {
  const said: string[] = []
  const log = (line: string) => said.push(line)
  const options = { seed: SEED, days: DAYS, legs: LEGS, rates: RATES, folder: join(folder, name) }
  return soak({ ...options, engine, leg, log }).then((problems) => ({ problems, said }))
}

type Summary = {
  counts: Record<string, number>
  panics: number
  restartsChecked: number
  committedPagesFound: number
} & {
  host: { visits: number }
  scriptHeap: { bytes: number; least: number; most: number }
}
/** What a leg said when it was over. */
function endOf(name: string, engine: string, leg: number): Summary {
  const lines = readFileSync(join(folder, name, `${engine}-leg-${leg}.jsonl`), "utf8")
  const ends = lines.split("\n").filter((line) => line.startsWith('{"end"'))
  expect(ends).toHaveLength(1)
  return JSON.parse(ends[0]) as Summary
}

test(`hours of four channels with all faults on, in legs: each begins with what the one before left, and compiled, without those before it, ends as in Node, seed ${SEED}`, async () => {
  expect(await run("a", "native")).toMatchObject({ problems: 0 })
  const ends = [1, 2, 3].map((leg) => endOf("a", "native", leg))
  const sum = (of: (end: Summary) => number) => ends.reduce((all, end) => all + of(end), 0)
  expect(sum(({ panics }) => panics)).toBe(0)
  for (const what of ["relay welded", "relay open", "EEPROM forgets", "stalls", "resets"])
    expect(
      sum(({ counts }) => counts[what] ?? 0),
      what,
    ).toBeGreaterThan(0)
  expect(sum(({ restartsChecked }) => restartsChecked)).toBeGreaterThan(10)
  expect(sum(({ committedPagesFound }) => committedPagesFound)).toBeGreaterThan(10)
  // Neither the leg before it nor the one after it was run by the VM.
  const { problems, said } = await run("a", "vm", 2)
  expect(problems, said.join()).toBe(0)
  expect(said.at(-1)).toBe("leg 2: the VM left the same as Node, to the byte")
  const { bytes, least } = endOf("a", "vm", 2).scriptHeap
  expect(bytes).toBeGreaterThan(60_000)
  expect(least).toBeGreaterThan(40_000)
  expect(least).toBeLessThan(bytes - 6_000)
})

test(`the same legs again: the same bytes, and one that was interrupted is all that is lost, seed ${SEED}`, async () => {
  mkdirSync(join(folder, "b"))
  cpSync(join(folder, "a", "start.gz"), join(folder, "b", "start.gz"))
  await run("b", "native", 1)
  expect(hasState(join(folder, "b"), 1)).toBe(true)
  // Leg 2 has not been: the third cannot begin.
  await expect(run("b", "native", 3)).rejects.toThrow(/run that with --engine native first/)
  const { said } = await run("b", "native")
  expect(said[0]).toBe("leg 1, native: is there already")
  for (const leg of [1, 2, 3])
    expect(
      differences(readState(join(folder, "b"), leg), readState(join(folder, "a"), leg)),
    ).toEqual([])
})

test("what two legs left differs by a bit, a charge or a page: it is said where", () => {
  const one = readState(join(folder, "a"), 0)
  const other = structuredClone(one)
  expect(differences(one, other)).toEqual([])
  other.memories.flash[258] ^= 1
  other.memories.eeproms[1][3] ^= 1
  other.lab.charges = [[0, 7, 1e-9]]
  other.lab.stored = "another"
  expect(differences(one, other)).toEqual([
    "flash from page 1, byte 2 on",
    "eeproms",
    "charges",
    "host",
  ])
})

test(`a leg that is to come past the wraps: all faults but those that start the board anew, seed ${SEED}`, async () => {
  const problems: Problem[] = []
  const { summary } = await runLeg(
    {
      seed: SEED,
      boardSeed: SEED,
      firmware: "native",
      days: DAYS,
      faults: { ...RATES, isSteady: true },
      folder: join(folder, "steady"),
      onProblem: (problem) => problems.push(problem),
    },
    readState(join(folder, "a"), 0),
  )
  expect(problems).toEqual([])
  const counts = summary.counts as Record<string, number>
  expect(Object.keys(counts).filter((what) => /reset|cut|cycle/.test(what))).toEqual([])
  expect(counts.stalls).toBeGreaterThan(1)
  expect(Object.keys(counts).filter((what) => /^chip/.test(what)).length).toBeGreaterThan(1)
  expect(Number(summary.board_ms)).toBeGreaterThan(DAYS * 86_400_000)
})

test("the year's first leg is longer than 32 bits of milliseconds, all legs together are a year", () => {
  const legs = schedule(365, 22)
  expect(legs.reduce((days, leg) => days + leg.days, 0)).toBeCloseTo(365, 9)
  expect(legs.filter(({ isSteady }) => isSteady)).toEqual([
    { number: 1, days: STEADY_d, isSteady: true },
  ])
  expect(STEADY_d * 86_400_000).toBeGreaterThan(2 ** 32 + 86_400_000)
})

test("a board's clock that has not come past 32 bits of milliseconds is a problem, one that leaps too", () => {
  const problems: string[] = []
  const time = new BoardTime((what) => problems.push(what))
  const tell = (board_ms: number, boot: number, now_ms: number) =>
    time.check(
      {
        registers: new Map([
          ["time", [board_ms]],
          ["boot_count", [boot]],
        ]),
      } as unknown as Ear,
      now_ms,
    )
  tell(4_294_967_000, 1, 5_000_000_000)
  time.checkWraps()
  expect(problems.splice(0)).toHaveLength(1)
  tell(4_294_968_000, 1, 5_000_001_000)
  time.checkWraps()
  expect(problems).toEqual([])
  expect(time.wraps).toEqual({ ms: 1, us: 1000 })
  tell(705, 1, 5_000_002_000)
  expect(problems.splice(0)).toHaveLength(1)
})

test.each([
  ["nothing held it up", [], 20_000, false],
  ["for less than an interval", [[10_000, 6_000]], 16_000, false],
  ["for an interval", [[10_000, 8_000]], 18_000, true],
  [
    "in two that overlap",
    [
      [10_000, 5_000],
      [14_000, 5_000],
    ],
    19_000,
    true,
  ],
  ["for long, but long before", [[10_000, 20_000]], 60_000, false],
])("the watchdog may reset a board whose heartbeat was held up: %s", (_, spells, bite_ms, may) => {
  const silence = new Silence()
  for (const [from_ms, for_ms] of spells) silence.add(from_ms, for_ms)
  expect(silence.explains(bite_ms)).toBe(may)
})
