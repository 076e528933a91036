import { rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { filesBelow, install, run } from "./installed"

/** Unpacked. */
const MOST_BYTES = 6e6

/** What a user's tsc must find out: the entry has types, not any. */
const TYPES = `
import { type CellModel, type CycleValues, lithiumCopper, type Protocol, runOnSimulator } from "coincell"

export const protocol: Protocol = {
  safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
  method: [{ step: "open_circuit_voltage", until_time_s: 1 }],
}
// @ts-expect-error: there is no such step
export const wrong: Protocol["method"] = [{ step: "constant_curren" }]
// @ts-expect-error: a model needs both methods
export const half: CellModel = { voltage_V: () => 0 }
export async function cycles(): Promise<CycleValues[]> {
  // @ts-expect-error: there is no such engine
  await runOnSimulator({ protocol, model: lithiumCopper(), engine: "vmm" })
  const result = await runOnSimulator({ protocol, model: lithiumCopper({ efficiency: 0.9 }) })
  const voltages_V: Float64Array = result.records.voltage_V
  // @ts-expect-error: efficiency is a ratio, or not there
  const efficiency: string = result.cycles[voltages_V.length].coulombicEfficiency
  return efficiency === "" ? [] : result.cycles
}
`

const PLAIN = `
import { lithiumCopper, runOnSimulator } from "coincell"
const result = await runOnSimulator({
  protocol: {
    safety: { max_voltage_V: 3.5, min_voltage_V: -1, max_current_mA: 5 },
    method: [{ step: "constant_current", current_mA: -1, until_time_s: 20 }],
  },
  model: lithiumCopper(),
  engine: "ENGINE",
})
console.log(JSON.stringify({ end: result.end, plated_Ah: result.cycles[0].plated_Ah }))
`

describe("the package, packed and installed in a folder outside", () => {
  let folder = ""
  let before: unknown

  beforeAll(() => {
    folder = install()
    before = filesBelow(join(folder, "node_modules/coincell"))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test("has what it needs and little else", () => {
    const files = filesBelow(join(folder, "node_modules/coincell"))
    const paths = files.map(({ path }) => path)
    for (const path of ["LICENSE", "README.md", "dist/index.js", "host/coincell.mjs"])
      expect(paths).toContain(path)
    expect(paths).toContain("firmware/.devicescript/sim/bytecode.devs")
    expect(
      paths.filter((path) =>
        /^(test|hardware\/(board|exports|guide|spice)|\.git)|node_modules|\.log$/.test(path),
      ),
    ).toEqual([])
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MOST_BYTES)
  })

  test("its declarations hold in a user's tsc, which has no types of Node", () => {
    writeFileSync(join(folder, "types.ts"), TYPES)
    expect(run(folder, "node_modules/typescript/bin/tsc", "--skipDefaultLibCheck")).toBe("")
  })

  test("the template's own tests pass with it", () => {
    const report = JSON.parse(
      run(folder, "node_modules/vitest/vitest.mjs", "run", "--reporter=json"),
    )
    expect(report).toMatchObject({ success: true, numPassedTests: 3 })
  })

  test.each(["vm", "native"])("runs a test in plain Node, engine %s", (engine) => {
    writeFileSync(join(folder, "plain.mjs"), PLAIN.replace("ENGINE", engine))
    const printed = run(folder, "plain.mjs")
    const { end, plated_Ah } = JSON.parse(printed)
    expect(end.kind).toBe("finished")
    expect(plated_Ah).toBeCloseTo(20e-3 / 3600, 7)
  })

  test("its command runs, whatever tsconfig.json the user has", () => {
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "target": "es5" } }')
    const coincell = "node_modules/coincell/host/coincell.mjs"
    const printed = run(folder, coincell, "check", "plating.yaml", "--cell", "example:copper-14mm")
    expect(printed).toContain("Plate at 1 mA cm⁻²")
    expect(statSync(join(folder, coincell)).mode & 0o111).not.toBe(0)
  })

  test("writes nothing into itself", () => {
    expect(filesBelow(join(folder, "node_modules/coincell"))).toEqual(before)
  })
})
