import fc from "fast-check"
import { expect, test } from "vitest"
import { changesOf } from "../../host/follow/changes"
import { status } from "./statuses"

const kinds = (...[before, now]: Parameters<typeof changesOf>) =>
  changesOf(before, now).map(({ kind }) => kind)

test("the first look tells of a test that is there, and of a fault that stands", () => {
  expect(kinds(undefined, status({ state: "Idle" }))).toEqual([])
  expect(kinds(undefined, status({ state: "Finished" }))).toEqual([])
  expect(kinds(undefined, status())).toEqual(["found"])
  expect(kinds(undefined, status({ state: "Fault", fault: "OpenCell" }))).toEqual([
    "found",
    "fault",
  ])
})

test("a test is followed from its start to its end", () => {
  const idle = status({ state: "Idle", test: 0, cycle: 0 })
  const zeroing = status({ state: "Zeroing", cycle: 0 })
  const first = status({ cycle: 1, testTime_s: 10 })
  const second = status({ cycle: 2, testTime_s: 20 })
  const paused = status({ cycle: 2, testTime_s: 20, state: "Paused", pause: "Host" })
  const faulty = status({ cycle: 2, testTime_s: 25, state: "Fault", fault: "OpenCell" })
  const later = status({ cycle: 2, testTime_s: 26 })
  const over = status({ cycle: 2, testTime_s: 30, state: "Finished" })
  const course = [idle, zeroing, first, first, second, paused, second, faulty, later, over, over]
  const seen = course.slice(1).map((now, i) => kinds(course[i], now))
  expect(seen).toEqual([
    ["started"],
    [],
    [],
    ["cycle"],
    ["paused"],
    ["resumed"],
    ["fault"],
    ["resumed"],
    ["ended"],
    [],
  ])
})

test("a test that began and ended between two looks is told whole, even with the same number", () => {
  const before = status({ state: "Finished", testTime_s: 100 })
  expect(kinds(before, status({ state: "Finished", test: 2, testTime_s: 300 }))).toEqual([
    "started",
    "ended",
  ])
  expect(kinds(before, status({ state: "Finished", testTime_s: 30 }))).toEqual(["started", "ended"])
})

test("another fault than before is told, as is another reason to wait", () => {
  const open = status({ state: "Fault", fault: "OpenCell" })
  expect(kinds(open, { ...open, fault: "MemoryLost" })).toEqual(["fault"])
  const paused = status({ state: "Paused", pause: "Host" })
  expect(kinds(paused, { ...paused, pause: "Restart" })).toEqual(["paused"])
})

const anyStatus = fc.record({
  state: fc.constantFrom("Idle", "Zeroing", "Running", "Paused", "Fault", "Finished"),
  fault: fc.constantFrom("OpenCell", "HardShort"),
  pause: fc.constantFrom("Host", "Restart"),
  test: fc.integer({ min: 1, max: 3 }),
  cycle: fc.integer({ min: 0, max: 5 }),
  testTime_s: fc.integer({ min: 0, max: 100 }),
})

test("the same look twice tells nothing new, and each thing is told once, seed 4201", () => {
  fc.assert(
    fc.property(anyStatus, anyStatus, (a, b) => {
      const [before, now] = [status(a), status(b)]
      expect(kinds(now, now)).toEqual([])
      const told = kinds(before, now)
      expect(new Set(told).size).toBe(told.length)
    }),
    { seed: 4201, numRuns: 1000 },
  )
})
