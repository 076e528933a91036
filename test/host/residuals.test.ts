import { expect, test } from "vitest"
import { residuals } from "../../host/calibration/residuals"
import type { Points } from "../../host/calibration/solve"

/** A channel that reads 1 mV and 2 µA too high, and 1 % too much current. */
const at = (true_A: number, ohm: number) => ({
  meter_V: true_A * ohm,
  board_V: true_A * ohm + 1e-3,
  board_A: true_A * 1.01 + 2e-6,
})
const points: Points = {
  standard: [
    [at(-9e-3, 100), at(40e-3, 100)],
    [at(-3e-3, 100), at(3e-3, 100)],
    [at(-1.4e-3, 100), at(1.4e-3, 100)],
  ],
  short: [at(-40e-3, 0), at(40e-3, 0)],
}

test("nominal values leave a channel's errors as they are", () => {
  const found = residuals(points, 100, undefined)
  for (const one of found) expect(one.voltageError_V).toBeCloseTo(1e-3, 12)
  expect(found[1].currentError_A).toBeCloseTo(0.4e-3 + 2e-6, 12)
  expect(found.map((one) => one.range)).toEqual([0, 0, 1, 1, 2, 2, 0, 0])
  expect(found.map((one) => one.currentError_A === undefined)).toEqual([
    ...Array(6).fill(false),
    true,
    true,
  ])
})

test("a calibration that undoes the errors leaves none", () => {
  const current = { gain: 1 / 1.01 - 1, offset: -2e-6 / 1.01 }
  const calibration = {
    date_s: 1,
    standard: "x",
    voltage: { gain: 0, offset: -1e-3 },
    commonMode_ohm: 0,
    current: [current, current, current],
  }
  for (const one of residuals(points, 100, calibration)) {
    expect(one.voltageError_V).toBeCloseTo(0, 12)
    expect(one.currentError_A ?? 0).toBeCloseTo(0, 12)
  }
  // 10 mΩ of common mode moves the voltage with the current that the channel reads.
  const moved = residuals(points, 100, { ...calibration, commonMode_ohm: 0.01 })
  expect(moved[7].voltageError_V).toBeCloseTo(0.4e-3, 9)
})
