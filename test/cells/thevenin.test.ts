import { expect, test } from "vitest"
import { Thevenin, type TheveninParameters } from "../../sim/cells/thevenin"
import { expectExactInPieces } from "./pieces"

const parameters: TheveninParameters = {
  capacity_Ah: 0.005,
  openCircuit: [
    [0, 2.8],
    [0.1, 3.5],
    [0.9, 4.0],
    [1, 4.3],
  ],
  seriesResistance_ohm: 5,
  relaxingResistance_ohm: 3,
  relaxation_s: 20,
}

test("open-circuit voltage follows the table and goes on past its ends", () => {
  for (const [x, voltage_V] of [
    [0, 2.8],
    [0.05, 3.15],
    [0.5, 3.75],
    [1, 4.3],
    [1.1, 4.6],
    [-0.1, 2.1],
  ])
    expect(new Thevenin(parameters, x).voltage_V(0)).toBeCloseTo(voltage_V, 12)
})

test("a charge moves along the whole table, and back", () => {
  const cell = new Thevenin(parameters, 0)
  cell.advance(0.005, 3600)
  expect(cell.stateOfCharge).toBeCloseTo(1, 12)
  expect(cell.voltage_V(0)).toBeCloseTo(4.3 + 0.005 * 3, 9)
  cell.advance(-0.005, 3600)
  expect(cell.charge_C).toBeCloseTo(0, 12)
  expect(cell.voltage_V(0)).toBeCloseTo(2.8 - 0.005 * 3, 9)
})

test("after a pulse the slow part relaxes with its time constant", () => {
  const cell = new Thevenin({ ...parameters, capacity_Ah: 1e9 }, 0.5)
  expect(cell.voltage_V(0.01)).toBeCloseTo(3.75 + 0.05, 9)
  cell.advance(0.01, 200)
  expect(cell.voltage_V(0.01)).toBeCloseTo(3.75 + 0.08, 5)
  const settled_V = 3.75 + 0.03 * (1 - Math.exp(-10)) * Math.exp(-1)
  cell.advance(0, 20)
  expect(cell.voltage_V(0)).toBeCloseTo(settled_V, 9)
})

test("one piece or many: the same cell", () =>
  expectExactInPieces(() => new Thevenin(parameters, 0.4)))

test("a table out of order is refused", () => {
  const openCircuit = [
    [0.5, 3],
    [0.2, 4],
  ] as const
  expect(() => new Thevenin({ ...parameters, openCircuit }, 0)).toThrow(/ascending/)
})

test("what is not stored of a charge is lost: discharge ÷ charge is the efficiency", () => {
  const cell = new Thevenin({ ...parameters, efficiency: 0.98 }, 0)
  cell.advance(0.005, 3600)
  expect(cell.stateOfCharge).toBeCloseTo(0.98, 12)
  cell.advance(-0.005, 3600 * 0.98)
  expect(cell.stateOfCharge).toBeCloseTo(0, 12)
  expect(cell.dischargingCharge_C / cell.chargingCharge_C).toBeCloseTo(0.98, 12)
  expect(cell.charge_C).toBeCloseTo(0.02 * 18, 12)
  expectExactInPieces(() => new Thevenin({ ...parameters, efficiency: 0.9 }, 0.4))
})
