import { afterAll, describe, expect, test } from "vitest"
import { addAnalyse, parseCycles } from "../../host/commands/analyse"
import { runCommand } from "./runCommand"
import { CELL_NAME, smallStore } from "./smallStore"

const SEED = 61

describe(`a test in the store, seed ${SEED}`, async () => {
  const store = await smallStore(SEED, { type: "Li||Cu", positive_terminal: "counter" })
  afterAll(() => store.remove())
  const analyse = (...words: string[]) =>
    runCommand(addAnalyse, "analyse", ...words, "--data", store.folder)

  test("as a table, with what is to be known besides", async () => {
    const text = await analyse(store.id)
    expect(text).toContain(`${store.id}  ${CELL_NAME}`)
    expect(text).toMatch(/^ +1 +0\.0250\d\d +0\.0250\d\d +(99\.9|100\.0)\d\d/m)
    expect(text).toContain("mAh cm⁻² needs area_cm2")
    expect(text).toMatch(
      /Paused at 1 min \d\d s of test time \(2026-01-01 .* UTC\), for 2 min \d\d s\./,
    )
    expect(text).toContain(
      "All records were read with nominal values: the channel had no calibration.",
    )
    expect(text).toContain("The protocol ended after 4 min of test time")
  })

  test("by the cell's name, as JSON in SI units", async () => {
    const { tests } = JSON.parse(await analyse(CELL_NAME, "--json", "--cycles", "2"))
    expect(tests).toHaveLength(1)
    expect(tests[0]).toMatchObject({ id: store.id, type: "Li||Cu", missing: ["area_cm2"] })
    expect(tests[0].cycles).toHaveLength(1)
    const [cycle] = tests[0].cycles
    expect(cycle.cycle).toBe(2)
    expect(cycle.plated_Ah).toBeCloseTo(25e-6, 7)
    expect(cycle.coulombicEfficiency).toBeCloseTo(cycle.stripped_Ah / cycle.plated_Ah, 12)
    expect(Object.keys(tests[0].definitions)).toContain("plated_Ah")
    expect(tests[0].gaps).toHaveLength(1)
  })

  test("one that is not there is an error that lists what to do", async () => {
    await expect(analyse("nobody")).rejects.toThrow("'coincell list' shows those that there are")
  })
})

test.each([
  ["1-10", 1, 10],
  ["7", 7, 7],
  ["100-", 100, Number.POSITIVE_INFINITY],
  ["3–4", 3, 4],
])("cycles %s", (text, from, to) => {
  expect(parseCycles(text)).toEqual({ from, to })
})

test.each(["", "0-3", "5-2", "-4", "a", "1-2-3", "1.5"])("cycles '%s' are none", (text) => {
  expect(() => parseCycles(text)).toThrow()
})
