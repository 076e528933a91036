import { expect, test } from "vitest"
import { SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { FaultyCell } from "../../../sim/cells/faultyCell"
import { FaultyRelay } from "./relay"

/** A card with power, and its relay. */
function card() {
  const holder = new FaultyCell(new Resistor(50))
  const board = new SimulatedBoard({ seed: 1, firmware: "native", cells: [holder] })
  const [frontEnd] = board.channels
  frontEnd.setPowered(true, 0)
  const relay = new FaultyRelay(frontEnd, () => holder)
  return { holder, frontEnd, relay }
}

test("contacts that are welded: what passes while the coil is told to be open is not the test's", () => {
  const { holder, frontEnd, relay } = card()
  frontEnd.setCoarse_V(2.3, 0)
  frontEnd.setRelay(true, 1e6)
  relay.fail("welded", 2e6)
  frontEnd.setRelay(false, 3e6)
  relay.settle(5e6)
  const whole_C = holder.charge_C
  expect(relay.strayed_C / whole_C).toBeCloseTo(2 / 4, 3)
  // Told to be closed, it is the test's again; mended and open, nothing flows.
  frontEnd.setRelay(true, 5e6)
  relay.settle(6e6)
  frontEnd.setRelay(false, 6e6)
  relay.fail(undefined, 7e6)
  relay.settle(9e6)
  expect(holder.charge_C / whole_C).toBeCloseTo(6 / 4, 3)
  expect(relay.strayed_C / whole_C).toBeCloseTo(3 / 4, 3)
})

test("contacts that stay open, whatever the coil is told: nothing passes", () => {
  const { holder, frontEnd, relay } = card()
  frontEnd.setCoarse_V(2.3, 0)
  relay.fail("open", 0)
  frontEnd.setRelay(true, 1e6)
  relay.settle(3e6)
  expect(holder.charge_C).toBe(0)
  relay.fail(undefined, 3e6)
  relay.settle(4e6)
  expect(Math.abs(holder.charge_C)).toBeGreaterThan(0)
  expect(relay.strayed_C).toBe(0)
})
