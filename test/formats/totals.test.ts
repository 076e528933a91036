import fc from "fast-check"
import { expect, it } from "vitest"
import { QUANTITIES, type QuantityName } from "../../host/formats/quantities"
import { Totals } from "../../host/formats/totals"
import type { Records } from "../../host/records"
import { anyTest, aStep, batchesOf, slice } from "./batches"

const seed = 132

/** A quantity of all records; one value of a batch stands for each record. */
function all(batches: Iterable<Records>, name: QuantityName): unknown[] {
  const totals = new Totals()
  return [...batches].flatMap((batch) => {
    const values = QUANTITIES[name].of(totals.next(batch))
    return values instanceof Float64Array ? [...values] : Array(batch.length).fill(values)
  })
}

/** Half an hour of charging, a rest, and half of that back. */
const threeSteps = () =>
  batchesOf([
    aStep,
    { ...aStep, stepType: "rest", current_A: 1e-9, voltage_V: 0 },
    { ...aStep, current_A: -5e-4, voltage_V: -0.02, cycle: 2 },
  ])

it(`does not depend on how steps are cut into batches (seed ${seed})`, () => {
  const names = Object.keys(QUANTITIES) as QuantityName[]
  fc.assert(
    fc.property(anyTest, fc.integer({ min: 2, max: 5 }), (batches, most) => {
      const cut = batches.flatMap((batch) => {
        const parts = []
        for (let at = 0; at < batch.length; at += most) parts.push(slice(batch, at, at + most))
        return parts
      })
      for (const name of names) expect(all(cut, name)).toEqual(all(batches, name))
    }),
    { seed, numRuns: 50 },
  )
})

it(`ends at the sums of the steps' own charges, to the last digit (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyTest, (batches) => {
      const sumOf = (sign: number) =>
        batches
          .filter(({ stepType }) => stepType !== "rest")
          .reduce(
            (sum_nAh, { stepCharge_Ah, length }) =>
              sum_nAh + Math.round(Math.max(0, sign * stepCharge_Ah[length - 1]) * 1e9),
            0,
          ) / 1e9
      expect(all(batches, "charging_capacity_Ah").at(-1)).toBe(sumOf(1))
      expect(all(batches, "discharging_capacity_Ah").at(-1)).toBe(sumOf(-1))
    }),
    { seed },
  )
})

it("counts from the beginning of test, cycle and step, and adds nothing at rest", () => {
  const batches = threeSteps()
  expect(all(batches, "cumulative_capacity_Ah")).toEqual([
    2.8e-8, 5e-4, 1e-3, 1e-3, 1e-3, 1e-3, 0.001000014, 0.00125, 0.0015,
  ])
  expect(all(batches, "cycle_charging_capacity_Ah").slice(-4)).toEqual([1e-3, 0, 0, 0])
  expect(all(batches, "cycle_discharging_capacity_Ah").slice(-2)).toEqual([2.5e-4, 5e-4])
  expect(all(batches, "step_discharging_capacity_Ah").slice(-3)).toEqual([1.4e-8, 2.5e-4, 5e-4])
  expect(all(batches, "net_capacity_Ah").at(-1)).toBe(5e-4)
})

it("counts energy by the sign of the power: stripping at a negative voltage takes it up", () => {
  const batches = threeSteps()
  expect(all(batches, "charging_energy_Wh").at(-1)).toBeCloseTo(3e-5, 12)
  expect(all(batches, "discharging_energy_Wh").at(-1)).toBe(0)
})

it("names a step's direction by its second record, where the first can lag", () => {
  const [batch] = batchesOf([{ ...aStep, current_A: -1e-3 }])
  batch.current_A[0] = 1e-3
  batch.stepCharge_Ah[0] = 2e-8
  expect(new Totals().next(batch).direction).toBe(-1)
  const [quiet] = batchesOf([{ ...aStep, current_A: 0 }])
  expect(new Totals().next(quiet).direction).toBe(0)
})

it("counts the time of a step from the end of the one before, where that is known", () => {
  const batches = threeSteps()
  expect(all(batches, "step_time_s")).toEqual(
    Array(3)
      .fill([0.1, 1800, 3600])
      .flat()
      .map((t) => expect.closeTo(t, 9)),
  )
  const [first, rest, last] = batches
  const lost = all([slice(first, 0, 2), rest, last], "step_time_s")
  expect(lost.slice(2, 5)).toEqual([undefined, undefined, undefined])
  expect(lost[5]).toBeCloseTo(0.1, 9)
  expect(all([slice(last, 1, 3)], "step_time_s")).toEqual([undefined, undefined])
})

it("goes on from the board's integral where records of a step are missing", () => {
  const [first, rest, last] = threeSteps()
  const gapped = [slice(first, 0, 1), slice(first, 2, 3), rest, last]
  expect(all(gapped, "charging_capacity_Ah").at(-1)).toBe(1e-3)
  expect(all(gapped, "record_index")).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(all(gapped, "step_record_index")).toEqual([1, 2, 1, 2, 3, 1, 2, 3])
})
