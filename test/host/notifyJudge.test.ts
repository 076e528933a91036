import fc from "fast-check"
import { expect, test } from "vitest"
import type { ChannelStatus } from "../../host/boardClient"
import {
  type BoardSeen,
  judge,
  type Limits,
  NOTHING_TOLD,
  type Notice,
  type Seen,
} from "../../host/notify/judge"
import { status } from "../follow/statuses"

const LIMITS: Limits = {
  board_lost_after_s: 60,
  sample_too_old_after_s: 900,
  disk_free_below_bytes: 1e9,
}

/** All notices of what was seen, look after look. */
function told(looks: Seen[]): Notice[] {
  let before = NOTHING_TOLD
  return looks.flatMap((seen) => {
    const { told, notices } = judge(before, seen, LIMITS)
    before = told
    return notices
  })
}

const kinds = (looks: Seen[]) => told(looks).map(({ kind, unixTime_s }) => [kind, unixTime_s])

function look(unixTime_s: number, board: Partial<BoardSeen> = {}, free_bytes = 5e9): Seen {
  const here = { id: "b1", isHere: true, heard_ms: 1000 * unixTime_s, channels: [], ...board }
  return { unixTime_s, now_ms: 1000 * unixTime_s, boards: [here], free_bytes }
}

function channel(unixTime_s: number, some: Partial<ChannelStatus>): Seen {
  return look(unixTime_s, {
    channels: [
      { status: status({ testTime_s: unixTime_s, ...some }), reading_ms: 1000 * unixTime_s },
    ],
  })
}

test("the end of a test is told once, and of the next one again", () => {
  expect(
    kinds([
      channel(1, {}),
      channel(2, { state: "Finished", testTime_s: 2 }),
      channel(3, { state: "Finished", testTime_s: 2 }),
      // Begun and over between two looks.
      channel(4, { state: "Finished", test: 2, testTime_s: 1 }),
    ]),
  ).toEqual([
    ["end", 2],
    ["end", 4],
  ])
})

test("what was over before anybody looked is no news", () => {
  expect(kinds([channel(1, { state: "Finished" }), channel(2, { state: "Finished" })])).toEqual([])
})

test("a fault is told even if it stood there before, once, and again after the test went on", () => {
  const fault = { state: "Fault", fault: "OpenCell", waitsForPerson: true }
  expect(kinds([channel(1, fault), channel(2, fault), channel(3, {}), channel(4, fault)])).toEqual([
    ["fault", 1],
    ["fault", 4],
  ])
})

test("a restart that asks is told; a person's own pause is not", () => {
  expect(
    kinds([
      channel(1, {}),
      channel(2, { state: "Paused", pause: "Host" }),
      channel(3, {}),
      channel(4, { state: "Paused", pause: "Restart", waitsForPerson: true }),
    ]),
  ).toEqual([["waiting", 4]])
})

test("a board is lost after a minute away; a replug of some seconds is none", () => {
  const away = (at_s: number, heard_s: number) =>
    look(at_s, { isHere: false, heard_ms: 1000 * heard_s })
  expect(kinds([look(0), away(10, 0), look(20), away(30, 20), away(80, 20), away(90, 20)])).toEqual(
    [["board_lost", 90]],
  )
})

test("the computer's clock being set to and fro by years, a loss is told after as long, and for as long", () => {
  const year_s = 31_557_600
  for (const step_s of [-3 * year_s, -3600, 3600, year_s]) {
    const looks = [look(0), ...[10, 40, 80].map((at_s) => away(at_s))].map((seen, i) => ({
      ...seen,
      unixTime_s: seen.unixTime_s + (i % 2) * step_s,
    }))
    expect(told(looks).map(({ kind, age_s }) => [kind, age_s])).toEqual([["board_lost", 80]])
  }
  function away(at_s: number) {
    return look(at_s, { isHere: false, heard_ms: 0 })
  }
})

test("a test whose time stands still is told of; a paused one is not", () => {
  const still = (at_s: number, state: string) =>
    look(at_s, { channels: [{ status: status({ state }), reading_ms: 0 }] })
  expect(kinds([still(899, "Running"), still(900, "Running"), still(2000, "Running")])).toEqual([
    ["sample_too_old", 900],
  ])
  expect(kinds([still(5000, "Paused"), still(5001, "Finished")])).not.toContainEqual([
    "sample_too_old",
    5000,
  ])
})

test("a disk that hovers at the limit is told of once", () => {
  const free = [2e9, 0.99e9, 1.01e9, 0.98e9, 1.1e9, 0.9e9, 1.3e9, 0.9e9]
  expect(kinds(free.map((bytes, at_s) => look(at_s, {}, bytes)))).toEqual([
    ["disk_nearly_full", 1],
    ["disk_nearly_full", 7],
  ])
})

const anyState = fc.constantFrom("Idle", "Zeroing", "Running", "Paused", "Fault", "Finished")
const anyLooks = fc.array(
  fc.record({
    state: anyState,
    isHere: fc.boolean(),
    free_bytes: fc.integer({ min: 0, max: 3e9 }),
    step_s: fc.integer({ min: 1, max: 100 }),
  }),
  { minLength: 1, maxLength: 100 },
)

test("nothing is told twice: each look repeated gives the same notices, seed 4102", () => {
  fc.assert(
    fc.property(anyLooks, (steps) => {
      let at_s = 0
      const looks = steps.map(({ state, isHere, free_bytes, step_s }) => {
        at_s += step_s
        const one = { status: status({ state, testTime_s: at_s }), reading_ms: 1000 * at_s }
        return look(at_s, { isHere, channels: [one] }, free_bytes)
      })
      const once = told(looks)
      const twice = told(looks.flatMap((one) => [one, one]))
      expect(twice).toEqual(once)
      // A fault is told as often as the state is entered.
      const entered = steps.filter(
        (one, i) => one.state === "Fault" && steps[i - 1]?.state !== "Fault",
      )
      expect(once.filter(({ kind }) => kind === "fault")).toHaveLength(entered.length)
    }),
    { seed: 4102, numRuns: 300 },
  )
})
