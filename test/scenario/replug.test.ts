import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fetcher } from "../../host/follow/fetch"
import type { Change } from "../../host/follow/follower"
import type { TestAbout } from "../../host/log/testAbout"
import type { Records } from "../../host/records"
import { Store } from "../../host/store/store"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { followRig } from "./following"
import { protocol, type Rig, start, startRig } from "./harness"
import { letHappen, replugging } from "./troubles"

/** Hours of virtual time, a cable that comes out every half hour, a reset and a power cut. */
const SEED = 71
const HOUR_ms = 3.6e6
const CYCLES = 4
const HALF_s = 1800
const RESET_h = 1.3
const CUT_h = [2.2, 2.4]

const half = (sign: number) =>
  ({ step: "constant_current", current_density_mA_per_cm2: sign, until_time_s: HALF_s }) as const
const cycling = protocol([half(1), half(-1), { step: "loop", loop_to: 1, cycle_count: CYCLES }], {
  resume: "continue",
})

let folder: string
let rig: Rig
let began_ms: number
let batches: Records[]
let about: TestAbout
const changes: Change[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "replug-"))
  const store = Store.open(folder)
  rig = await startRig({ seed: SEED, cells: [new LithiumSymmetric(kneadedLithiumAlN_1)] })
  await start(rig, 0, 1, cycling, { area_cm2: 1.539 })
  began_ms = rig.link.unixTime_ms
  letHappen(rig.board, rig.link.now_ms, [
    ...replugging(SEED, 4.5 * HOUR_ms, { here_h: 0.4, away_h: 0.1 }),
    { at_ms: RESET_h * HOUR_ms, kind: "reset" },
    { at_ms: CUT_h[0] * HOUR_ms, kind: "powerOff" },
    { at_ms: CUT_h[1] * HOUR_ms, kind: "powerOn" },
  ])
  await followRig(rig, {
    fetch: fetcher(store, new AbortController().signal),
    every_ms: 300_000,
    most_ms: 8 * HOUR_ms,
    onChange: (change) => changes.push(change),
  })
  const reader = store.tests()[0].reader()
  batches = [...reader]
  about = reader.about
})

afterAll(async () => {
  await rig.close()
  rmSync(folder, { recursive: true })
})

test(`the cable was out several times, and the board found again each time, seed ${SEED}`, () => {
  const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length
  expect(count("board_lost")).toBeGreaterThan(5)
  expect(count("board_back")).toBe(count("board_lost"))
  expect(count("board_restarted")).toBe(2)
  expect(count("ended")).toBe(1)
  expect(count("fault")).toBe(0)
})

test("what is stored is the board's flash, to the byte", async () => {
  const { next } = await rig.client.logRange()
  const log = Store.open(folder).board(rig.client.id)
  expect(log.next).toBe(next)
  const stored = Buffer.concat([...log.pages()])
  expect(stored.equals(rig.board.flashMemory.subarray(0, next * 256))).toBe(true)
  expect(stored.length).toBeGreaterThan(40 * 256)
})

test("no page is missing or there twice, and gaps are only where the board was off", () => {
  expect(about).toMatchObject({ lostPages: 0, duplicatePages: 0, end: { kind: "finished" } })
  expect(about.gaps.map(({ kind }) => kind)).toEqual(["restart", "restart"])
  const [reset, cut] = about.gaps
  const hoursAt = (unix_s = Number.NaN) => (unix_s * 1000 - began_ms) / HOUR_ms
  expect(hoursAt(reset.unixTime_s)).toBeCloseTo(RESET_h, 1)
  expect(hoursAt(cut.unixTime_s)).toBeCloseTo(CUT_h[0], 1)
  expect(hoursAt(cut.resumed?.unixTime_s)).toBeCloseTo(CUT_h[1], 1)
})

test("every step is there whole, and every record has its UTC", () => {
  expect(batches.filter(({ hasFirst }) => hasFirst)).toHaveLength(2 * CYCLES)
  expect(batches.filter(({ hasLast }) => hasLast)).toHaveLength(2 * CYCLES)
  let last_s = 0
  for (const { time_s, unixTime_s } of batches) {
    expect(unixTime_s.every(Number.isFinite)).toBe(true)
    for (const one of time_s) {
      // 10 s between records, and what a restart takes from test time.
      expect(one - last_s).toBeLessThan(13)
      expect(one).toBeGreaterThanOrEqual(last_s)
      last_s = one
    }
  }
})
