import { lithiumCopper, runOnSimulator } from "coincell"
import { expect, test } from "vitest"
import { LeakyCell } from "./leakyCell.js"
import { meanVoltage_V } from "./meanVoltage.js"

const protocol = new URL("plating.yaml", import.meta.url)

test("the protocol finds a cell's Coulombic efficiency, seed 1", { timeout: 60_000 }, async () => {
  const { cycles, coulombicEfficiency, faults, end, records } = await runOnSimulator({
    protocol,
    model: lithiumCopper({ efficiency: 0.97 }),
    cell: { name: "A1", type: "Li||Cu", diameter_mm: 14, positive_terminal: "working" },
    seed: 1,
  })
  expect(faults).toEqual([])
  expect(end?.kind).toBe("finished")
  expect(cycles).toHaveLength(2)
  // Within what the tester is good for on so small a charge.
  expect(coulombicEfficiency?.mean).toBeCloseTo(0.97, 2)
  // Step 2 is the first plating: 25 mV, and a nucleation spike that fades.
  expect(meanVoltage_V(records, 2)).toBeCloseTo(-0.03, 2)
})

test("copper that takes no lithium ends at the cutoff, seed 1", { timeout: 60_000 }, async () => {
  const { cycles, end } = await runOnSimulator({
    protocol,
    model: new LeakyCell(0.5, 10, 1e5),
    cell: { name: "blocked", type: "Li||Cu", diameter_mm: 14, positive_terminal: "working" },
    seed: 1,
  })
  expect(end?.kind).toBe("finished")
  expect(cycles[0].plated_mAh_per_cm2).toBeLessThan(0.1)
})

test("a protocol for no known area is refused before anything runs", async () => {
  const cell = { name: "A1", type: "Li||Cu" } as const
  await expect(runOnSimulator({ protocol, model: lithiumCopper(), cell })).rejects.toThrow(
    "needs the electrode's area",
  )
})
