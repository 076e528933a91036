import { expect, it } from "vitest"
import { halfCycles } from "../../host/analysis/halfCycles"
import type { Sample } from "../../host/sample"
import { recordsOf } from "./recordsOf"
import { ramping, record, spike, symmetricCell } from "./synthetic"

const I_A = 1.539e-3
const flat = () => 0.017

const halfCyclesOf = (samples: Sample[]) => halfCycles(recordsOf(samples))

it("gives one half-cycle per constant-current step, and none for a rest", () => {
  const halves = halfCyclesOf(
    record([
      { current_A: I_A, duration_s: 3600, voltage_V: flat },
      { current_A: 0, duration_s: 600, voltage_V: () => 0 },
      { current_A: -I_A, duration_s: 1800, voltage_V: () => -0.02, cycle: 2 },
    ]),
  )
  expect(halves).toMatchObject([
    { cycle: 1, stepCount: 1, sign: 1, start_s: 0, duration_s: 3600, end_V: 0.017, complete: true },
    { cycle: 2, stepCount: 3, sign: -1, start_s: 4200, duration_s: 1800, end_V: -0.02 },
  ])
  expect(halves[0].charge_Ah).toBeCloseTo(I_A, 15)
  expect(halves[1].charge_Ah).toBeCloseTo(I_A / 2, 15)
})

it("takes the charge that the board integrated, not what its sparse records would sum to", () => {
  const samples = symmetricCell({ current_A: I_A, cycles: 1, magnitude_V: flat })
  for (const sample of samples) if (!sample.isLast) sample.current_A *= 1.01
  expect(halfCyclesOf(samples)[0].charge_Ah).toBeCloseTo(I_A, 15)
})

it("knows the direction although the first record still shows the step before", () => {
  const samples = symmetricCell({ current_A: I_A, cycles: 1, magnitude_V: flat })
  for (const sample of samples) if (sample.isFirst) sample.current_A *= -1
  expect(halfCyclesOf(samples).map((half) => half.sign)).toEqual([1, -1])
})

it("marks a half-cycle whose first or last record is missing, and gives it no end voltage", () => {
  const samples = symmetricCell({ current_A: I_A, cycles: 1, magnitude_V: spike(0.02, 0.03, 36) })
  const [headless, running] = halfCyclesOf(samples.slice(1, -1))
  expect(headless).toMatchObject({ complete: false, end_V: expect.closeTo(0.02) })
  expect(running).toMatchObject({ complete: false, end_V: undefined })
})

it("does not count a step that has shown no current yet", () => {
  const [first] = symmetricCell({ current_A: I_A, cycles: 1, magnitude_V: flat })
  expect(halfCyclesOf([{ ...first, current_A: 0 }])).toEqual([])
  expect(halfCyclesOf([])).toEqual([])
})

it("gives one half-cycle per step that drives a current, whatever its kind", () => {
  const types = ["constant_current", "constant_voltage", "cccv", "pulse", "scan"] as const
  const halves = halfCyclesOf(
    record([
      ...types.map((stepType) => ({ stepType, current_A: -I_A, duration_s: 60, voltage_V: flat })),
      { stepType: "rest", current_A: I_A, duration_s: 60, voltage_V: flat },
    ]),
  )
  expect(halves.map((half) => half.stepType)).toEqual(types)
  for (const half of halves) {
    expect(half).toMatchObject({ sign: -1, complete: true, reverseCharge_Ah: 0 })
    expect(half.charge_Ah).toBeCloseTo(I_A / 60, 15)
  }
})

it("parts the charge of a scan, or a hold, whose current turns; not that of a galvanostatic step", () => {
  for (const stepType of ["scan", "constant_voltage", "constant_current", "pulse"] as const) {
    // 100 s down from +I, 300 s on to −3 I: ½·100·I one way, ½·300·3·I the other.
    const [half] = halfCyclesOf(
      record([
        {
          stepType,
          current_A: ramping(I_A, -I_A / 100),
          duration_s: 400,
          voltage_V: flat,
        },
      ]),
    )
    expect(half.sign).toBe(-1)
    const isPotentiostatic = stepType === "scan" || stepType === "constant_voltage"
    expect(half.reverseCharge_Ah).toBeCloseTo(isPotentiostatic ? (50 * I_A) / 3600 : 0, 15)
    expect(half.charge_Ah).toBeCloseTo(((isPotentiostatic ? 450 : 400) * I_A) / 3600, 15)
  }
})

it("takes what the board kept of a step where no record follows a restart", () => {
  const held = recordsOf(
    record([{ current_A: I_A, duration_s: 600, voltage_V: flat, stepType: "constant_voltage" }]),
  )
  const [{ charge_Ah, energy_Wh }] = halfCycles(held)
  const batch = held[0]
  const more = { charge_Ah: 1.1 * charge_Ah, energy_Wh: 1.2 * energy_Wh }
  expect(halfCycles([{ ...batch, kept: more }])[0]).toMatchObject({ ...more, reverseCharge_Ah: 0 })
  const less = { charge_Ah: 0.9 * charge_Ah, energy_Wh: 0.9 * energy_Wh }
  const [turned] = halfCycles([{ ...batch, kept: less }])
  expect(turned.charge_Ah).toBeCloseTo(charge_Ah, 15)
  expect(turned.reverseCharge_Ah).toBeCloseTo(0.1 * charge_Ah, 15)
  // Records of the step that follow know better, in whatever batch.
  const steady = { ...batch, stepType: "constant_current" } as const
  const [known] = halfCycles([{ ...steady, kept: more, hasLast: false }, steady])
  expect(known.charge_Ah).toBe(charge_Ah)
  // A record may have come after what was kept.
  expect(halfCycles([{ ...steady, kept: less }])[0].charge_Ah).toBe(charge_Ah)
})
