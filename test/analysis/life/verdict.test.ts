import { expect, it } from "vitest"
import { FAULT_HARD_SHORT, FAULT_OVER_TEMPERATURE } from "../../../firmware/core/states"
import { cycleLife } from "../../../host/analysis/life/cycleLife"
import { plateauDrops } from "../../../host/analysis/life/softShorts"
import { verdict } from "../../../host/analysis/life/verdict"
import { END_REASONS, type TestEnd } from "../../../host/log/testAbout"
import { aging, rowsOf } from "./aging"

const CRITERION = { kind: "overpotentialAbove", limit_V: 0.05 } as const
const last = {
  time_s: 25200,
  unixTime_s: undefined,
  temperature_degC: undefined,
  cycle: 3,
  stepCount: 10,
  stepIndex: 9,
}
const ended = (kind: TestEnd["kind"], reason = "", fault = 0): TestEnd => ({
  kind,
  reason,
  fault,
  time_s: 25200,
})

const judge = (all_mV: number[], end: TestEnd | undefined) => {
  const rows = rowsOf(aging(all_mV.map((mV) => ({ eta_V: mV / 1000 }))))
  const life = cycleLife(rows, CRITERION)
  return verdict({
    about: { end, last },
    rows,
    lives: life ? [life] : [],
    shorts: plateauDrops(rows),
  })
}

it("a protocol that ended is no cell that failed: its life is a lower bound", () => {
  const found = judge([20, 21, 22], ended("finished", END_REASONS[0]))
  expect(found).toMatchObject({
    outcome: "protocolEnded",
    cause: { kind: "board", reason: "the program ended" },
    cycles: 3,
    life_s: 2 * 7800 + 7200,
    isLowerBound: true,
  })
})

it("a cell that failed has failed, even if the protocol went on to its end", () => {
  const found = judge([20, 60, 70], ended("finished", END_REASONS[0]))
  expect(found).toMatchObject({
    outcome: "failed",
    cause: { criterion: CRITERION },
    cycle: 2,
    time_s: 1800 + 7800,
    cycles: 1,
    life_s: 7800,
    isLowerBound: false,
  })
})

it("of a failure and a short the earlier counts", () => {
  expect(judge([20, 10, 60], undefined)).toMatchObject({ cause: { kind: "plateauDrop" }, cycle: 2 })
  expect(judge([20, 60, 10], undefined)).toMatchObject({
    cause: { criterion: CRITERION },
    cycle: 2,
  })
})

it("what the board stops for is the cell's, if its reason is", () => {
  for (const [reason, outcome] of [
    [END_REASONS[1], "stopped"],
    [END_REASONS[2], "stopped"],
    ...END_REASONS.slice(3).map((one) => [one, "failed"]),
  ])
    expect(judge([20, 21, 22], ended("stopped", reason))).toMatchObject({
      outcome,
      isLowerBound: outcome !== "failed",
    })
  expect(judge([20, 21, 22], ended("fault", "", FAULT_HARD_SHORT))).toMatchObject({
    outcome: "failed",
    cause: { kind: "board", fault: FAULT_HARD_SHORT },
    cycle: 3,
    time_s: 25200,
    life_s: 25200 - 1800,
  })
  expect(judge([20, 21, 22], ended("fault", "", FAULT_OVER_TEMPERATURE)).outcome).toBe("fault")
})

it("while a test runs there is none", () => {
  expect(judge([20, 21], undefined)).toMatchObject({
    outcome: "running",
    cause: undefined,
    cycles: 2,
    isLowerBound: true,
  })
  expect(judge([], undefined)).toMatchObject({ outcome: "running", cycles: 0, life_s: 0 })
})
