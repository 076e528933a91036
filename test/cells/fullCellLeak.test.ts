import { describe, expect, test } from "vitest"
import { FaultyCell } from "../../sim/cells/faultyCell"
import { FullCell } from "../../sim/cells/fullCell"
import { linear, WHOLE_C } from "./linearCell"

describe("leak", () => {
  test("alone, it discharges the cell with R·C, unseen at the terminals' charge", () => {
    const cell = new FullCell(linear, "charged")
    const before_V = cell.voltage_V(0)
    cell.leak(1000)
    cell.advance(0, 7200)
    // 36 C for 1 V.
    expect(cell.voltage_V(0)).toBeCloseTo(before_V * Math.exp(-7200 / (1000 * WHOLE_C)), 9)
    expect(cell.charge_C).toBe(0)
  })

  test("a charge stalls where the leak takes all of it", () => {
    const cell = new FullCell(linear, "discharged")
    cell.leak(500)
    cell.advance(0.007, 1e6)
    expect(cell.voltage_V(0)).toBeCloseTo(3.5, 6)
  })

  test("comes when it was planned, in mid-charge", () => {
    const inner = new FullCell(linear, "discharged")
    const cell = new FaultyCell(inner, [
      { atThroughput_C: 10, kind: "leaking", cell: inner, resistance_ohm: 100 },
    ])
    cell.advance(0.01, 1000)
    expect(inner.storedCharge_mAh_per_g).toBeCloseTo(cellStored_mAh_per_g(10), 9)
    cell.advance(0.01, 1000)
    expect(inner.storedCharge_mAh_per_g).toBeLessThan(cellStored_mAh_per_g(10))
  })

  function cellStored_mAh_per_g(charge_C: number): number {
    const fresh = new FullCell(linear, "discharged").storedCharge_mAh_per_g
    return fresh + (charge_C / WHOLE_C) * 100
  }
})
