import { expect, test } from "vitest"
import { Resistor } from "../../sim/cells/resistor"

test("a resistor obeys Ohm's law and counts charge", () => {
  const standard = new Resistor(100)
  standard.advance(0.02, 10)
  standard.advance(-0.01, 5)
  expect(standard.voltage_V(0.04)).toBe(4)
  expect(standard.charge_C).toBeCloseTo(0.15, 12)
})
