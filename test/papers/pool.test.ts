import fc from "fast-check"
import { expect, test } from "vitest"
import { doAll } from "../../host/papers/pool"

const never = new AbortController().signal
const turn = () => new Promise((resolve) => setImmediate(resolve))

test("all is done once, the longest first, never more at once than asked for, seed 91", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (times_s, jobs) => {
        const tasks = times_s.map((expected_s, i) => ({ key: `run ${i}`, expected_s }))
        const begun: number[] = []
        let running = 0
        let most = 0
        const failures = await doAll(tasks, {
          jobs,
          signal: never,
          start: async ({ expected_s }) => {
            begun.push(expected_s)
            most = Math.max(most, ++running)
            for (let i = 0; i <= expected_s % 5; i++) await turn()
            running--
          },
        })
        expect(failures.size).toBe(0)
        expect(begun).toEqual([...times_s].sort((a, b) => b - a))
        expect(most).toBe(Math.min(jobs, tasks.length))
      },
    ),
    { seed: 91, numRuns: 50 },
  )
})

test("one that fails stops no other, and is told by its key", async () => {
  const tasks = [3, 2, 1].map((expected_s) => ({ key: `${expected_s} s`, expected_s }))
  const done: string[] = []
  const failures = await doAll(tasks, {
    jobs: 1,
    signal: never,
    start: async ({ key }) => {
      if (key === "2 s") throw new Error("no room")
      done.push(key)
    },
  })
  expect(done).toEqual(["3 s", "1 s"])
  expect([...failures].map(([key, { message }]) => [key, message])).toEqual([["2 s", "no room"]])
})

test("once it is told to stop, nothing more begins", async () => {
  const stop = new AbortController()
  const tasks = [3, 2, 1].map((expected_s) => ({ key: `${expected_s} s`, expected_s }))
  const begun: string[] = []
  await doAll(tasks, {
    jobs: 1,
    signal: stop.signal,
    start: async ({ key }) => {
      begun.push(key)
      if (begun.length === 2) stop.abort()
    },
  })
  expect(begun).toEqual(["3 s", "2 s"])
})

test("progress counts what is done and what has passed of what runs, by expected time", async () => {
  const tasks = [
    { key: "long", expected_s: 300 },
    { key: "short", expected_s: 100 },
  ]
  const shares: number[] = []
  await doAll(tasks, {
    jobs: 1,
    signal: never,
    start: async ({ expected_s }, onProgress) =>
      onProgress({ time_s: expected_s / 2, expected_s, cycle: 1 }),
    onProgress: ({ share }) => shares.push(share),
  })
  expect(shares).toEqual([0, 0.375, 0.75, 0.75, 0.875, 1])
})
