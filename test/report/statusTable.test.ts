import { expect, test } from "vitest"
import { formatStatusTable, type StatusRow } from "../../host/report/statusTable"
import { status } from "../follow/statuses"

const row = (some: Parameters<typeof status>[0], rest: Partial<StatusRow> = {}): StatusRow => ({
  board: "KX42",
  status: status(some),
  test: undefined,
  cell: undefined,
  step: undefined,
  ...rest,
})

test("a line a channel, and a sentence for each that waits", () => {
  const rows = [
    row(
      {
        testTime_s: 4500,
        cycle: 3,
        voltage_V: -0.017,
        current_A: -0.0015396,
        stepCharge_Ah: -3e-4,
      },
      { test: "KX42-0-7", cell: "Li-12", step: "Strip at 1 mA cm⁻² (1.54 mA) until 1 h" },
    ),
    row({ channel: 1, state: "Idle", step: undefined }),
    row({ channel: 2, state: "Fault", fault: "CellChanged", test: 9, step: undefined }),
    row({ channel: 3, state: "Finished", end: "PlateauDrop", test: 0, step: undefined }),
  ]
  const lines = formatStatusTable(rows).split("\n")
  expect(lines[3]).toMatch(
    /^KX42 +0 +running +KX42-0-7 +Li-12 +Strip at 1 mA cm⁻² \(1.54 mA\) +3 +1\.250 +−0\.01700 +−1\.53960 +−0\.30000$/,
  )
  expect(lines[4]).toMatch(/^KX42 +1 +idle +– +– +– +– +– /)
  expect(lines[5]).toMatch(/fault: CellChanged +number 9/)
  expect(lines[6]).toMatch(/finished +calibration/)
  expect(lines[8]).toContain("KX42 channel 2: stopped by a fault: after a restart the cell had")
  expect(lines.slice(9)).toEqual([""])
})

test("who is to act is told", () => {
  const text = formatStatusTable([
    row({ state: "Paused", pause: "Restart" }),
    row({ channel: 1, state: "Paused", pause: "FullLog" }),
  ])
  expect(text).toContain("waits for you")
  expect(text).toContain("log full")
  expect(text).toContain("Look at the cell, then 'resume' or 'stop'.")
})
