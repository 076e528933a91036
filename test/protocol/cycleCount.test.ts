import { expect, test } from "vitest"
import { checkProtocol } from "../../host/protocol/check"

const step = (current_mA: number) => ({ step: "constant_current", current_mA, until_time_s: 60 })
const rest = { step: "open_circuit_voltage", until_time_s: 60 }
const jumping = { step: "constant_current", current_mA: 1, until: [{ time_s: 60, goto: 1 }] }
const loop = (loop_to: number, cycle_count: number) => ({ step: "loop", loop_to, cycle_count })

function cycles(method: unknown[]): number | undefined {
  const protocol = {
    record: { time_s: 10 },
    safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
    method,
  }
  const { plan, findings } = checkProtocol(JSON.stringify(protocol), "p.json", { name: "cell" })
  if (plan === undefined) throw new Error(JSON.stringify(findings))
  return plan.cycles
}

test.each([
  ["one step", [step(1)], 1],
  ["a loop", [step(1), step(-1), loop(1, 500)], 500],
  ["a rest before a loop makes no cycle", [rest, step(1), step(-1), loop(2, 7)], 7],
  ["a current before a loop makes one", [step(1), step(1), step(-1), loop(2, 7)], 8],
  [
    "two loops in a row count on",
    [step(1), step(-1), loop(1, 3), step(2), step(-2), loop(4, 4)],
    7,
  ],
  ["what an inner loop repeats is one cycle", [step(1), step(-1), loop(1, 3), rest, loop(1, 5)], 5],
  ["a jump: the cell decides", [jumping, step(-1)], undefined],
  ["too many to count", [step(1), step(-1), loop(1, 4e9)], undefined],
])("%s", (_, method, count) => {
  expect(cycles(method)).toBe(count)
})
