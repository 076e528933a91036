import fc from "fast-check"
import { expect, test } from "vitest"
import { type Alarm, advanceAlarm, QUIET } from "../../host/notify/alarm"

const HOLD_s = { raise: 60, clear: 30 }

/** When an alarm rose, over looks at these times. */
function raised(looks: { at_s: number; looks: "bad" | "good" | "between" }[]): number[] {
  const times: number[] = []
  let alarm: Alarm = QUIET
  for (const { at_s, looks: kind } of looks) {
    const next = advanceAlarm(alarm, kind, at_s, HOLD_s)
    if (next.isRaised && !alarm.isRaised) times.push(at_s)
    alarm = next
  }
  return times
}

test("it rises once what is bad has lasted, and not again while it lasts", () => {
  const looks = [0, 30, 59, 60, 61, 1000].map((at_s) => ({ at_s, looks: "bad" as const }))
  expect(raised(looks)).toEqual([60])
})

test("a short recovery does not clear it", () => {
  expect(
    raised([
      { at_s: 0, looks: "bad" },
      { at_s: 60, looks: "bad" },
      { at_s: 70, looks: "good" },
      { at_s: 99, looks: "bad" },
      { at_s: 200, looks: "bad" },
      { at_s: 210, looks: "good" },
      { at_s: 240, looks: "good" },
      { at_s: 250, looks: "bad" },
      { at_s: 310, looks: "bad" },
    ]),
  ).toEqual([60, 310])
})

const series = fc
  .array(
    fc.record({
      step_s: fc.integer({ min: 1, max: 50 }),
      looks: fc.constantFrom("bad" as const, "good" as const, "between" as const),
    }),
    { maxLength: 200 },
  )
  .map((steps) => {
    let at_s = 0
    return steps.map(({ step_s, looks }) => {
      at_s += step_s
      return { at_s, looks }
    })
  })

test("it never rises without having been bad for as long, nor more often than the hold times allow, seed 4101", () => {
  fc.assert(
    fc.property(series, (looks) => {
      const times = raised(looks)
      for (const at_s of times) {
        const lately = looks.filter((one) => one.at_s <= at_s && one.at_s > at_s - HOLD_s.raise)
        expect(lately.every((one) => one.looks === "bad")).toBe(true)
      }
      for (let i = 1; i < times.length; i++)
        expect(times[i] - times[i - 1]).toBeGreaterThanOrEqual(HOLD_s.raise + HOLD_s.clear)
    }),
    { seed: 4101, numRuns: 500 },
  )
})
