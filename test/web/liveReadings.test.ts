import fc from "fast-check"
import { expect, test } from "vitest"
import { RecentReadings } from "../../host/live/readings"
import { status } from "../follow/statuses"

const SEED = 630
const NONE = { time_s: [], voltage_V: [], current_A: [] }

test("readings after the last stored record, of the test on the channel", () => {
  const readings = new RecentReadings()
  for (let i = 0; i < 5; i++)
    readings.note(
      "a",
      status({ test: 7, testTime_s: i, voltage_V: i / 10, current_A: -i }),
      1000 * i,
    )
  expect(readings.since("a", 0, 7, 2)).toEqual({
    time_s: [3, 4],
    voltage_V: [0.3, 0.4],
    current_A: [-3, -4],
  })
  expect(readings.since("a", 0, 7, 4)).toEqual(NONE)
  expect(readings.since("a", 0, 7, -1).time_s).toHaveLength(5)
  expect([
    readings.since("a", 0, 8, 0),
    readings.since("a", 1, 7, 0),
    readings.since("b", 0, 7, 0),
  ]).toEqual([NONE, NONE, NONE])
})

test("another test, or one of the same number that began anew, begins with nothing", () => {
  const readings = new RecentReadings()
  readings.note("a", status({ test: 7, testTime_s: 100 }), 0)
  readings.note("a", status({ test: 7, testTime_s: 3 }), 1)
  expect(readings.since("a", 0, 7, 0).time_s).toEqual([3])
  readings.note("a", status({ test: 8, testTime_s: 4 }), 2)
  expect(readings.since("a", 0, 8, 0).time_s).toEqual([4])
})

test(`ten minutes are kept, in order, each reading once, seed ${SEED}`, () => {
  const look = fc.record({ wait_ms: fc.nat(120_000), step_s: fc.nat(60) })
  fc.assert(
    fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
      const readings = new RecentReadings()
      const all: { now_ms: number; time_s: number }[] = []
      let now_ms = 0
      let time_s = 0
      for (const { wait_ms, step_s } of looks) {
        now_ms += wait_ms
        time_s += step_s
        readings.note("a", status({ testTime_s: time_s }), now_ms)
        if (all.at(-1)?.time_s !== time_s) all.push({ now_ms, time_s })
      }
      // Old ones go when a new one comes.
      const last_ms = all.at(-1)?.now_ms ?? 0
      const young = all.filter((one) => one.now_ms > last_ms - 600_000)
      expect(readings.since("a", 0, 1, -1).time_s).toEqual(young.map((one) => one.time_s))
    }),
    { seed: SEED },
  )
})
