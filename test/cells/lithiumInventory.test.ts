import { describe, expect, test } from "vitest"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import {
  lithiumFoil,
  lithiumSilverNucleation,
  silverSubstrate,
} from "../../sim/cells/parameters/Wang2023"
import { IdealCycler } from "./idealCycler"
import { expectExactInPieces } from "./pieces"

describe("dead lithium in a symmetric cell", () => {
  const parameters = {
    ...kneadedLithiumAlN_1,
    area_cm2: 1,
    inventory_mAh_per_cm2: 2,
    efficiency: 0.9,
  }

  test("one piece or many: the same cell", () =>
    expectExactInPieces(() => new LithiumSymmetric({ ...parameters, doubleLayer_uF_per_cm2: 0 })))

  test("each electrode loses its part of what is plated on it, and none is lost otherwise", () => {
    const cell = new LithiumSymmetric(parameters)
    cell.advance(0.001, 3600)
    expect(cell.counterLithium_C).toBeCloseTo(3.6, 12)
    expect(cell.workingLithium_C).toBeCloseTo(7.2 + 0.9 * 3.6, 12)
    cell.advance(-0.001, 3600)
    expect(cell.counterLithium_C).toBeCloseTo(3.6 + 0.9 * 3.6, 12)
    const all_C = cell.workingLithium_C + cell.counterLithium_C + cell.deadLithium_C
    expect(all_C).toBeCloseTo(2 * 7.2, 12)
  })

  test("ends the cell when an electrode has none left to give", () => {
    const cell = new LithiumSymmetric(parameters)
    // 1 mAh each way, 0.1 dead: the counter electrode's 2 mAh last ten cycles and a half.
    const ends = Array.from({ length: 13 }, () => {
      cell.advance(0.001, 3600)
      const end_V = cell.voltage_V(0.001)
      cell.advance(-0.001, 3600)
      return end_V
    })
    for (const end_V of ends.slice(0, 10)) expect(end_V).toBeLessThan(0.1)
    expect(ends[12]).toBe(5)
  })
})

describe("nucleation by what has been stripped", () => {
  const spike_mV = (stripped_mAh_per_cm2: number) => {
    const cell = new LithiumSymmetric({ ...lithiumSilverNucleation, area_cm2: 1 })
    const flat = new LithiumSymmetric({
      ...lithiumSilverNucleation,
      area_cm2: 1,
      nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: 0.01 },
    })
    for (const c of [cell, flat]) {
      c.advance(-0.001, stripped_mAh_per_cm2 * 3600)
      c.advance(0.001, 0.02)
    }
    return (cell.voltage_V(0.001) - flat.voltage_V(0.001)) * 1000
  }

  test("is linear between the rows, and stays beyond them", () => {
    for (const [stripped, amplitude_mV] of [
      [1.5, (86 + 73) / 2],
      [4, (73 + 54) / 2],
      [9, 56],
    ])
      expect(Math.abs(spike_mV(stripped) - amplitude_mV)).toBeLessThan(0.2)
  })

  test("one piece or many: the same cell", () =>
    expectExactInPieces(
      () => new LithiumSymmetric({ ...lithiumSilverNucleation, doubleLayer_uF_per_cm2: 0 }),
    ))
})

describe("a foil on its collector", () => {
  const fresh = () => new LithiumCopper({ ...lithiumFoil, area_cm2: 1 }, "copper")

  test("one piece or many: the same cell", () => expectExactInPieces(fresh))

  test("stands at 0 V, and gives what it brings to the cutoff", () => {
    const cell = fresh()
    expect(cell.voltage_V(0)).toBeCloseTo(0, 9)
    const stripped_mAh = new IdealCycler(cell, 1).until_V(0.001, 1, 10)
    expect(Math.abs(stripped_mAh / 10.3 - 1)).toBeLessThan(1e-4)
  })

  test("what is plated on it comes back but for its dead part", () => {
    const cell = fresh()
    cell.advance(0.001, 3600)
    cell.advance(-0.001, 3600)
    const stripped_mAh = new IdealCycler(cell, 1).until_V(0.001, 1, 10)
    expect(stripped_mAh).toBeCloseTo(10.3 - 0.038, 3)
    expect(cell.deadCharge_C / 3.6).toBeCloseTo(0.038, 9)
  })
})

describe("a substrate that alloys", () => {
  const fresh = () => new LithiumCopper({ ...silverSubstrate, area_cm2: 1 }, "copper")

  test("one piece or many: the same cell", () => expectExactInPieces(fresh))

  test("takes its alloy up before it shows the tip", () => {
    const cell = fresh()
    cell.advance(-0.001, 0.13 * 3600)
    const half_V = cell.voltage_V(-0.001)
    cell.advance(-0.001, 0.13 * 3600)
    const tip_V = cell.voltage_V(-0.001)
    expect(half_V - tip_V).toBeCloseTo(0.25, 3)
    cell.advance(-0.001, 360)
    expect(cell.voltage_V(-0.001) - tip_V).toBeCloseTo(0.047, 3)
    expect(cell.liveCharge_C / 0.985).toBeCloseTo(0.36, 3)
  })
})
