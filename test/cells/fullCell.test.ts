import { describe, expect, test } from "vitest"
import { FullCell, type FullCellParameters } from "../../sim/cells/fullCell"
import { NCM622, span } from "../../sim/cells/parameters/openCircuit"
import { IdealCycler } from "./idealCycler"
import { linear, ONE_C_A } from "./linearCell"
import { expectExactInPieces } from "./pieces"

function through(cell: FullCell, rate_C: number, cycles = 1) {
  const cycler = new IdealCycler(cell, 10)
  return Array.from({ length: cycles }, () => {
    const charge_mAh = cycler.until_V(rate_C * ONE_C_A, linear.window_V[1], 10)
    const discharge_mAh = cycler.until_V(-rate_C * ONE_C_A, linear.window_V[0], 10)
    return { charge: charge_mAh * 10, discharge: discharge_mAh * 10 }
  })
}

describe("one piece or many: the same cell", () => {
  const everything: FullCellParameters = {
    ...linear,
    area_cm2: 200,
    openCircuit: NCM622,
    window_V: [2.8, 4.3],
    relaxing: { resistance_ohm_cm2: 3, relaxation_s: 5 },
    hysteresis_V: 0.05,
    resistanceGrowth_ohm_cm2: 0.1,
    fade: { perCycle: 0.01, knee: { cycle: 2, perCycle: 0.1 } },
    efficiency: (cycle) => 1 - cycle / 100,
    anode: {
      excess_mAh_per_cm2: 0.1,
      efficiency: 0.9,
      nucleation: { amplitude_mV: 50, decay_mAh_per_cm2: 0.01 },
    },
  }

  test("discharged", () => expectExactInPieces(() => new FullCell(everything, "discharged")))

  test("charged, and leaking from one segment of the table to the next", () =>
    expectExactInPieces(() => {
      const cell = new FullCell(everything, "charged")
      cell.leak(20)
      return cell
    }))
})

describe("rate", () => {
  test.each([
    [0.05, 80],
    [0.1, 80],
    [1, 60],
    [4, 30],
    [10, 30],
  ])("at %d C, both ways, the table's %d mAh g⁻¹ come back in every cycle", (rate_C, capacity) => {
    const isOutside = rate_C < 0.1 || rate_C > 4
    for (const { discharge } of through(new FullCell(linear, "discharged"), rate_C, 3).slice(1))
      if (isOutside) expect(Math.abs(discharge - capacity)).toBeLessThan(10)
      else expect(discharge).toBeCloseTo(capacity, 2)
  })

  test("after another rate too, from the first cycle on", () => {
    const cell = new FullCell(linear, "discharged")
    for (const [rate_C, capacity] of linear.rate)
      expect(through(cell, rate_C)[0].discharge).toBeCloseTo(capacity, 2)
  })

  test("what a fast discharge left is there for a slow one, once the cell has rested", () => {
    const cell = new FullCell(linear, "discharged")
    through(cell, 4)
    expect(cell.voltage_V(0)).toBeLessThan(3.1)
    cell.advance(0, 3600)
    expect(cell.voltage_V(0)).toBeGreaterThan(3.3)
    const more_mAh = new IdealCycler(cell, 10).until_V(-0.1 * ONE_C_A, 3, 10)
    expect(more_mAh).toBeGreaterThan(1)
  })

  test("more than the window holds is refused", () => {
    expect(() => new FullCell({ ...linear, rate: [[1, 99.9]] }, "charged")).toThrow(/holds/)
  })
})

describe("fade", () => {
  test("capacity goes as exp(−f·(n − 1)), and faster beyond the knee", () => {
    const fade = { perCycle: 0.01, knee: { cycle: 5, perCycle: 0.1 } }
    const cell = new FullCell({ ...linear, fade }, "discharged")
    const found = through(cell, 1, 8).map(({ discharge }) => discharge / 60)
    for (const [k, part] of found.entries())
      expect(part).toBeCloseTo(Math.exp(-0.01 * k - 0.1 * Math.max(0, k + 1 - 5)), 4)
    expect(cell.cycle).toBe(8)
  })

  test("a pulse is no cycle", () => {
    const cell = new FullCell({ ...linear, fade: { perCycle: 0.1 } }, "charged")
    for (let k = 0; k < 3; k++) {
      cell.advance(-ONE_C_A, 30)
      cell.advance(ONE_C_A, 30)
    }
    expect(cell.cycle).toBe(1)
  })

  test("resistance grows by cycle", () => {
    const cell = new FullCell({ ...linear, resistanceGrowth_ohm_cm2: 2 }, "discharged")
    const resistance_ohm_cm2 = () => (cell.voltage_V(0.01) - cell.voltage_V(0)) * 1000
    expect(resistance_ohm_cm2()).toBeCloseTo(5, 9)
    through(cell, 0.1, 4)
    expect(resistance_ohm_cm2()).toBeCloseTo(11, 9)
  })
})

test("efficiency is discharge ÷ charge, cycle by cycle", () => {
  const efficiency = (cycle: number) => [0.9, 0.95, 0.99][cycle - 1]
  const found = through(new FullCell({ ...linear, efficiency }, "discharged"), 0.1, 3)
  for (const [k, { charge, discharge }] of found.entries())
    expect(discharge / charge).toBeCloseTo(efficiency(k + 1), 4)
})

describe("anode", () => {
  const lithium = { excess_mAh_per_cm2: 0.1, efficiency: 0.98 }

  test("its lithium is balanced, and each cycle kills its part", () => {
    const cell = new FullCell({ ...linear, anode: lithium }, "discharged")
    const before_C = cell.anode.live_C
    expect(before_C).toBeCloseTo(0.1 * 3.6 * 10, 9)
    through(cell, 0.1, 2)
    expect(cell.anode.dead_C).toBeCloseTo(0.02 * cell.chargingCharge_C, 9)
    expect(cell.anode.live_C + cell.anode.dead_C - before_C).toBeCloseTo(cell.charge_C, 9)
  })

  test("once the excess is gone, each discharge is what of its charge is alive", () => {
    // Flat, so that nothing of the run-away is left at the cutoff.
    const openCircuit = [
      [0, 2.9],
      [1, 3.8],
      [99, 3.9],
      [100, 4.1],
    ] as const
    const cell = new FullCell({ ...linear, openCircuit, anode: lithium }, "discharged")
    // 8 mAh of each cycle, 0.16 mAh dead: 1 mAh lasts six cycles, the sixth all but empty.
    const found = through(cell, 0.1, 12)
    for (const { discharge } of found.slice(0, 5)) expect(discharge).toBeCloseTo(80, 1)
    for (const { charge, discharge } of found.slice(8))
      expect(discharge / charge).toBeCloseTo(0.98, 4)
    expect(found[11].discharge / found[10].discharge).toBeCloseTo(0.98, 4)
  })

  test("nucleation shows on charging, again after each discharge", () => {
    const nucleation = { amplitude_mV: 50, decay_mAh_per_cm2: 0.01 }
    const [bumpy, smooth] = [{ nucleation }, {}].map(
      (anode) => new FullCell({ ...linear, anode }, "discharged"),
    )
    const bump_mV = () => (bumpy.voltage_V(ONE_C_A) - smooth.voltage_V(ONE_C_A)) * 1000
    for (let n = 0; n < 2; n++) {
      expect(bump_mV()).toBeCloseTo(50, 1)
      // 0.01 mAh cm⁻² on 10 cm² at 10 mA: 36 s.
      for (const cell of [bumpy, smooth]) cell.advance(ONE_C_A, 36)
      expect(bump_mV()).toBeCloseTo(50 / Math.E, 1)
      for (const cell of [bumpy, smooth]) cell.advance(ONE_C_A, 1764)
      for (const cell of [bumpy, smooth]) cell.advance(-ONE_C_A, 1800)
    }
  })
})

test("hysteresis: the branches stand twice it apart, a rest stays on its own", () => {
  const cathode = { ...linear, openCircuit: span(300), window_V: [1, 3] as const }
  const cell = new FullCell({ ...cathode, rate: [[0.1, 200]], hysteresis_V: 0.1 }, "charged")
  const plain = new FullCell({ ...cathode, rate: [[0.1, 200]] }, "charged")
  const offset_V = () => cell.voltage_V(0) - plain.voltage_V(0)
  const before_V = offset_V()
  const moved_s = 3600
  for (const c of [cell, plain]) c.advance(-ONE_C_A, moved_s)
  for (const c of [cell, plain]) c.advance(0, 3600)
  const down_V = offset_V()
  for (const c of [cell, plain]) c.advance(ONE_C_A, moved_s)
  expect(offset_V() - before_V).toBeCloseTo(0.1, 6)
  expect(down_V).toBeLessThan(before_V)
})

test("voltage never falls with rising current, be the anode full, nearly or wholly empty", () => {
  for (const excess_mAh_per_cm2 of [10, 1e-3, 0]) {
    const nucleation = { amplitude_mV: 50, decay_mAh_per_cm2: 0.01 }
    const cell = new FullCell(
      { ...linear, anode: { excess_mAh_per_cm2, nucleation } },
      "discharged",
    )
    let last_V = Number.NEGATIVE_INFINITY
    for (let current_A = -0.02; current_A <= 0.02; current_A += 1e-5) {
      const voltage_V = cell.voltage_V(current_A)
      expect(voltage_V).toBeGreaterThanOrEqual(last_V)
      last_V = voltage_V
    }
  }
})
