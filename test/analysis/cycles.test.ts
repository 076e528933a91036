import { expect, it } from "vitest"
import { strippedOverPlated } from "../../host/analysis/coulombicEfficiency"
import { cycleRows, cycleTable } from "../../host/analysis/cycles"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { recordsOf } from "./recordsOf"
import { decaying, ramping, record, spike, symmetricCell } from "./synthetic"

const AREA_CM2 = 1.539
const magnitude_V = spike(0.017, 0.03, 36)

it("gives every cycle of a symmetric cell its charges, voltages and durations", () => {
  const samples = symmetricCell({ current_A: 1.539e-3, cycles: 5, magnitude_V })
  const rows = cycleTable(recordsOf(samples), { area_cm2: AREA_CM2 })
  expect(rows.map((row) => row.cycle)).toEqual([1, 2, 3, 4, 5])
  for (const row of rows) {
    expect(row.complete).toBe(true)
    expect(row.duration_s).toBe(7200)
    expect(row.hysteresis_V).toBeCloseTo(0.034, 9)
    expect(row.plating?.end_V).toBeCloseTo(0.017, 9)
    expect(row.stripping?.end_V).toBeCloseTo(-0.017, 9)
    for (const half of [row.plating, row.stripping]) {
      expect(half?.charge_mAh).toBeCloseTo(1.539, 12)
      expect(half?.arealCapacity_mAh_per_cm2).toBeCloseTo(1, 12)
      expect(half?.overpotential_V).toBeCloseTo(0.017, 9)
      expect(half?.nucleation?.overpotential_V).toBeCloseTo(0.03, 9)
      expect(half?.duration_s).toBe(3600)
    }
  }
})

it("flags the cycle that is still running and leaves open what it cannot know yet", () => {
  const samples = symmetricCell({ current_A: 1.539e-3, cycles: 2, magnitude_V })
  const platingOnly = samples.filter((s) => s.stepCount <= 3)
  const [, last] = cycleTable(recordsOf(platingOnly), { area_cm2: AREA_CM2 })
  expect(last).toMatchObject({ complete: false, stripping: undefined, hysteresis_V: undefined })
  expect(last.plating?.overpotential_V).toBeCloseTo(0.017, 9)

  const [, running] = cycleTable(recordsOf(samples.slice(0, -50)), { area_cm2: AREA_CM2 })
  expect(running.complete).toBe(false)
  expect(running.stripping).toMatchObject({
    complete: false,
    end_V: undefined,
    overpotential_V: undefined,
    nucleation: undefined,
  })
  expect(running.stripping?.charge_mAh).toBeGreaterThan(1)
})

it("sums the steps of a direction and reads the voltages of the longest", () => {
  const [row] = cycleTable(
    recordsOf(
      record([
        { current_A: 1e-3, duration_s: 60, voltage_V: () => 0.1 },
        { current_A: 1e-3, duration_s: 3600, voltage_V: () => 0.02 },
        { current_A: 0, duration_s: 600, voltage_V: () => 0 },
        { current_A: -1e-3, duration_s: 3600, voltage_V: () => -0.03 },
      ]),
    ),
    { area_cm2: 1 },
  )
  expect(row.plating?.charge_mAh).toBeCloseTo(1 + 1 / 60, 12)
  expect(row.plating?.overpotential_V).toBeCloseTo(0.02, 12)
  expect(row.hysteresis_V).toBeCloseTo(0.05, 12)
  expect(row.duration_s).toBe(7260)
})

it("refuses to divide by an area nobody gave", () => {
  for (const area_cm2 of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => cycleTable([], { area_cm2 })).toThrow(/1\.539/)
})

it("gives an empty table for an empty test", () => {
  expect(cycleTable([], { area_cm2: 1 })).toEqual([])
})

it("counts the charge of a hold and a pulse, and reads voltages from the constant current", () => {
  const steps = [
    { current_A: 1e-3, duration_s: 3600, voltage_V: () => 4.2 },
    {
      current_A: decaying(1e-3, 3000),
      duration_s: 36000,
      voltage_V: () => 4.3,
      stepType: "constant_voltage" as const,
    },
    { current_A: -1e-3, duration_s: 3600, voltage_V: () => 3.4 },
    { current_A: -2e-3, duration_s: 36, voltage_V: () => 3.3, stepType: "pulse" as const },
  ]
  // The longer step, and the more charge, may be the hold's.
  for (const scale of [1, 0.1]) {
    const [row] = cycleTable(
      recordsOf(record([{ ...steps[0], duration_s: 3600 * scale }, ...steps.slice(1)])),
      { area_cm2: 1 },
    )
    expect(row.plating?.charge_mAh).toBeCloseTo(scale - (3000 * Math.expm1(-12)) / 3600, 12)
    expect(row.stripping?.charge_mAh).toBeCloseTo(1.02, 12)
    expect(row.plating).toMatchObject({ end_V: 4.2, overpotential_V: expect.closeTo(4.2) })
    expect(row.stripping).toMatchObject({ end_V: 3.4, overpotential_V: expect.closeTo(3.4) })
    expect(row.hysteresis_V).toBeCloseTo(0.8, 9)
    expect(row.complete).toBe(true)
  }
})

it("has no overpotential for CC-CV, but its charge and its end", () => {
  const [row] = cycleTable(
    recordsOf(
      record([
        {
          current_A: decaying(1e-3, 3000),
          duration_s: 9000,
          voltage_V: () => 4.3,
          stepType: "cccv",
        },
        { current_A: -1e-3, duration_s: 3600, voltage_V: () => 3.4 },
      ]),
    ),
    { area_cm2: 1 },
  )
  expect(row.plating?.charge_mAh).toBeCloseTo((-3000 * Math.expm1(-3)) / 3600, 12)
  expect(row.plating).toMatchObject({ end_V: 4.3, overpotential_V: undefined })
  expect(row.hysteresis_V).toBeUndefined()
})

it("gives energies and mean voltages, of full and of symmetric cells", () => {
  const steps = (charging_V: number, discharging_V: number) =>
    recordsOf(
      record([
        { current_A: 1e-3, duration_s: 3600, voltage_V: () => charging_V },
        { current_A: 0, duration_s: 600, voltage_V: () => 3.8 },
        { current_A: -1e-3, duration_s: 1800, voltage_V: () => discharging_V },
      ]),
    )
  const [full] = cycleTable(steps(4, 3.6))
  expect(full.plating?.energy_Wh).toBeCloseTo(4e-3, 12)
  expect(full.plating?.mean_V).toBeCloseTo(4, 12)
  expect(full.stripping?.energy_Wh).toBeCloseTo(1.8e-3, 12)
  expect(full.stripping?.mean_V).toBeCloseTo(3.6, 12)
  const [symmetric] = cycleTable(steps(0.02, -0.03))
  expect(symmetric.plating?.mean_V).toBeCloseTo(0.02, 12)
  expect(symmetric.stripping?.mean_V).toBeCloseTo(-0.03, 12)
  expect(symmetric.stripping?.energy_Wh).toBeCloseTo(-1.5e-5, 12)
})

it("parts the energy of a hold whose current turns", () => {
  const voltage_V = () => 4
  const [row] = cycleTable(
    recordsOf(
      record([
        { current_A: 1e-3, duration_s: 360, voltage_V },
        // 100 s down from 1 mA, then 300 s on to −3 mA.
        {
          current_A: ramping(1e-3, -1e-5),
          duration_s: 400,
          voltage_V,
          stepType: "constant_voltage",
        },
      ]),
    ),
  )
  expect(row.plating?.charge_mAh).toBeCloseTo(0.1 + 50 / 3600, 12)
  expect(row.plating?.energy_Wh).toBeCloseTo(4e-3 * (0.1 + 50 / 3600), 12)
  expect(row.stripping?.energy_Wh).toBeCloseTo((4e-3 * 450) / 3600, 12)
  expect(row.stripping?.mean_V).toBeCloseTo(4, 12)
})

it("does without an area, and then gives no areal capacity", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V })
  const [row] = cycleTable(recordsOf(samples))
  expect(row.plating?.charge_mAh).toBeCloseTo(1, 12)
  expect(row.plating?.arealCapacity_mAh_per_cm2).toBeUndefined()
})

it("carries what Coulombic efficiency is made of, from the same pass", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 3, magnitude_V })
  const gapped = recordsOf(samples.filter((s) => s.stepCount !== 3 || !s.isLast))
  const rows = [...cycleRows(gapped)]
  expect(strippedOverPlated(rows)).toEqual(strippedOverPlated(cycleCharges(gapped)))
  expect(rows.map((row) => row.isChargeKnown)).toEqual([true, false, true])
  // A rest alone is no row.
  expect(
    cycleTable(recordsOf(record([{ current_A: 0, duration_s: 9, voltage_V: () => 0 }]))),
  ).toEqual([])
})
