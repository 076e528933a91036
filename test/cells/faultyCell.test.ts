import { describe, expect, test } from "vitest"
import type { Cell } from "../../sim/cells/cell"
import { FaultyCell, type PlannedChange } from "../../sim/cells/faultyCell"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { bareLithium_1 } from "../../sim/cells/parameters/Ma2024"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { Resistor } from "../../sim/cells/resistor"
import { Thevenin } from "../../sim/cells/thevenin"

/** A capacitor of 100 F behind 5 Ω: a battery whose every course is known in closed form. */
const battery = () =>
  new Thevenin(
    {
      capacity_Ah: 100 / 3600,
      openCircuit: [
        [0, 3],
        [1, 4],
      ],
      seriesResistance_ohm: 5,
      relaxingResistance_ohm: 0,
      relaxation_s: 1,
    },
    0.5,
  )
const symmetric = () => new LithiumSymmetric({ ...bareLithium_1, doubleLayer_uF_per_cm2: 0 })

test("without a fault it is the cell in it", () => {
  const [bare, wrapped] = [symmetric(), new FaultyCell(symmetric())]
  for (const [current_A, duration_s] of [
    [0.0015, 3600],
    [0, 100],
    [-0.0015, 1800],
  ]) {
    bare.advance(current_A, duration_s)
    wrapped.advance(current_A, duration_s)
    for (const probe_A of [current_A, 0, 0.01])
      expect(wrapped.voltage_V(probe_A)).toBe(bare.voltage_V(probe_A))
  }
  expect(wrapped.charge_C).toBe(bare.charge_C)
  expect(wrapped.throughput_C).toBeCloseTo(0.0015 * 5400, 12)
  expect(wrapped.shortCharge_C).toBe(0)
})

describe("a short", () => {
  test("divides the current as two resistors do", () => {
    const cell = new FaultyCell(new Resistor(30), [{ at_s: 0, kind: "shorted", resistance_ohm: 2 }])
    for (const current_A of [0.04, 1e-6, 0, -0.04])
      expect(cell.voltage_V(current_A)).toBeCloseTo((current_A * 60) / 32, 12)
    cell.advance(0.04, 100)
    expect(cell.charge_C).toBeCloseTo(4, 12)
    expect(cell.shortCharge_C).toBeCloseTo((4 * 30) / 32, 9)
    expect(cell.cell.charge_C).toBeCloseTo((4 * 2) / 32, 9)
  })

  test("takes its share anew as soon as the current or the short changes", () => {
    const cell = new FaultyCell(new Resistor(30))
    cell.change({ kind: "shorted", resistance_ohm: 30 })
    cell.advance(0.04, 0.001)
    cell.advance(-0.02, 0.001)
    expect(cell.shortCharge_C).toBeCloseTo(0.5 * 20e-6, 12)
    cell.change({ kind: "shorted", resistance_ohm: 10 })
    cell.advance(-0.02, 0.001)
    expect(cell.shortCharge_C).toBeCloseTo(0.5 * 20e-6 - 0.75 * 20e-6, 12)
  })

  test("pulls a full cell down and drains it, with the time constant of both resistances", () => {
    const inner = battery()
    const cell = new FaultyCell(inner)
    cell.advance(0, 100)
    expect(cell.voltage_V(0)).toBeCloseTo(3.5, 12)
    cell.change({ kind: "shorted", resistance_ohm: 2 })
    expect(cell.voltage_V(0)).toBeCloseTo((3.5 * 2) / 7, 9)
    // 1 V for 100 C: 100 F; with 7 Ω, 700 s.
    cell.advance(0, 50)
    expect(cell.voltage_V(0)).toBeCloseTo(((3.5 * 2) / 7) * Math.exp(-50 / 700), 4)
    expect(cell.charge_C).toBe(0)
    expect(inner.charge_C + cell.shortCharge_C).toBeCloseTo(0, 9)
    expect(cell.shortCharge_C).toBeCloseTo(350 * -Math.expm1(-50 / 700), 2)
    cell.change({ kind: "mended" })
    expect(cell.voltage_V(0)).toBeCloseTo(inner.voltage_V(0), 12)
  })

  test("hard: |V| of a symmetric cell collapses, whichever way the current flows", () => {
    for (const current_A of [0.0015, -0.0015]) {
      const cell = new FaultyCell(symmetric(), [
        { atThroughput_C: 1, kind: "shorted", resistance_ohm: 1 },
      ])
      cell.advance(current_A, 600)
      const before_V = cell.voltage_V(current_A)
      cell.advance(current_A, 100)
      expect(Math.abs(before_V)).toBeGreaterThan(0.03)
      expect(cell.voltage_V(current_A) / current_A).toBeGreaterThan(0.9)
      expect(cell.voltage_V(current_A) / current_A).toBeLessThan(1)
    }
  })

  test("soft: stripping of Li‖Cu never meets its cutoff, and gives back more than was plated", () => {
    const inner = new LithiumCopper(copper_985, "copper")
    const cell = new FaultyCell(inner)
    cell.advance(-0.0015, 3600)
    cell.change({ kind: "shorted", resistance_ohm: 100 })
    cell.advance(0.0015, 5400)
    // By now nearly all of the current goes through the short: 0.15 V.
    expect(cell.voltage_V(0.0015)).toBeGreaterThan(0.12)
    expect(cell.voltage_V(0.0015)).toBeLessThan(0.1501)
    expect(inner.liveCharge_C).toBeGreaterThan(0)
    expect(cell.charge_C).toBeCloseTo(inner.charge_C + cell.shortCharge_C, 9)
    expect(cell.charge_C).toBeGreaterThan(0)
  })

  test("one piece or many: the same cell", () => {
    for (const create of [battery, symmetric, () => new LithiumCopper(copper_985, "copper")]) {
      const [whole, cut] = [create(), create()].map(
        (inner) => new FaultyCell(inner, [{ at_s: 3, kind: "shorted", resistance_ohm: 20 }]),
      )
      for (const current_A of [0.01, -0.005, 0, 0.02]) {
        whole.advance(current_A, 10)
        for (const piece_s of [0.003, 1.2345, 0.01, 0.0007, 10 - 1.2482])
          cut.advance(current_A, piece_s)
        expect(cut.voltage_V(current_A)).toBeCloseTo(whole.voltage_V(current_A), 8)
        expect(cut.shortCharge_C).toBeCloseTo(whole.shortCharge_C, 9)
      }
    }
  })

  test("voltage never falls with rising current", () => {
    for (const inner of [battery(), symmetric(), new LithiumCopper(copper_985, "lithium")])
      for (const resistance_ohm of [1, 200]) {
        const cell = new FaultyCell(inner, [{ at_s: 0, kind: "shorted", resistance_ohm }])
        let last_V = Number.NEGATIVE_INFINITY
        for (let current_A = -0.04; current_A <= 0.04; current_A += 1e-4) {
          const voltage_V = cell.voltage_V(current_A)
          expect(voltage_V).toBeGreaterThan(last_V - 1e-9)
          last_V = voltage_V
        }
      }
  })
})

test("opened: no current can be driven, and without one its voltage is still there", () => {
  const cell = new FaultyCell(battery(), [{ at_s: 1, kind: "opened" }])
  cell.advance(1e-3, 1)
  expect(cell.voltage_V(0)).toBeCloseTo(3.5, 3)
  expect(cell.voltage_V(1e-6)).toBeGreaterThan(1000)
  expect(cell.voltage_V(-1e-6)).toBeLessThan(-990)
})

test("replaced: another cell, with its own state", () => {
  const [old, other] = [battery(), new Resistor(100)]
  const cell = new FaultyCell(old, [{ at_s: 10, kind: "replaced", cell: other }])
  cell.advance(0.01, 25)
  expect(old.charge_C).toBeCloseTo(0.1, 12)
  expect(other.charge_C).toBeCloseTo(0.15, 12)
  expect(cell.charge_C).toBeCloseTo(0.25, 12)
  expect(cell.voltage_V(0.01)).toBe(1)
})

describe("a plan", () => {
  const charges_C = (plan: PlannedChange[], run: (cell: Cell) => void) => {
    const cells = [1, 2, 3].map((ohm) => new Resistor(ohm))
    const wrapped = new FaultyCell(
      cells[0],
      plan.map((one, i) => ({ ...one, kind: "replaced", cell: cells[i + 1] })),
    )
    run(wrapped)
    return cells.map((cell) => cell.charge_C)
  }
  const ignored = { kind: "opened" } as const

  test("is met to the instant, by time and by charge in both directions", () => {
    const plan = [
      { ...ignored, atThroughput_C: 0.5 },
      { ...ignored, at_s: 100 },
    ]
    const found = charges_C(plan, (cell) => {
      cell.advance(0.01, 30)
      cell.advance(0, 10)
      cell.advance(-0.01, 100)
    })
    // 0.3 C, then 0.2 C back; 60 s are over; 40 s more; 40 s.
    expect(found[0]).toBeCloseTo(0.1, 12)
    expect(found[1]).toBeCloseTo(-0.4, 12)
    expect(found[2]).toBeCloseTo(-0.4, 12)
  })

  test("is kept in order: what stands first holds up the rest", () => {
    const plan = [
      { ...ignored, at_s: 50 },
      { ...ignored, at_s: 20 },
    ]
    const found = charges_C(plan, (cell) => cell.advance(0.01, 100))
    expect(found.map((one_C) => Math.round(one_C * 1e9) / 1e9)).toEqual([0.5, 0, 0.5])
  })
})
