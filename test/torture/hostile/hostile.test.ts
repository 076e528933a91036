import { rmSync } from "node:fs"
import { afterAll, describe, expect, test } from "vitest"
import { memoryFolder } from "../memoryFolder"
import { keptInputs } from "./corpus"
import { failureOf, fuzz } from "./fuzz"
import { allTargets } from "./targets"

const SEED = 5
/** Changed inputs of each kind: the slower it is, the fewer. `npm run torture -- --only hostile` gives it more. */
const INPUTS: Record<string, number> = {
  "jdusb-at-host": 3_000,
  "jdusb-at-board": 3_000,
  "tcp-at-host": 3_000,
  protocols: 250,
  "pybamm-steps": 3_000,
  cells: 1_500,
  "notify-files": 500,
  "log-pages": 400,
  calibrations: 3_000,
  stores: 100,
  "lying-boards": 150,
  requests: 400,
}

const root = memoryFolder("hostile")
const targets = allTargets(root)
afterAll(async () => {
  for (const target of targets) await target.close?.()
  rmSync(root, { recursive: true })
})

describe.each(targets)("$name", (target) => {
  test("what once broke it, or goes where nothing else does, breaks nothing", async () => {
    const kept = keptInputs(target.name)
    expect(kept.size).toBeGreaterThan(0)
    for (const [name, input] of kept)
      expect([name, await failureOf(target, input)]).toEqual([name, undefined])
  })

  test("nor do changed inputs, seed 5", async () => {
    const inputs = INPUTS[target.name]
    const tried = await fuzz(target, SEED, { inputs })
    expect(tried.failures.map(({ message, input }) => [message, input.toString("latin1")])).toEqual(
      [],
    )
    expect(tried.inputs).toBe(inputs)
  })
})
