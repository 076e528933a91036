import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command } from "commander"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { addCheck } from "../../host/commands/check"

let folder: string
let output: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-"))
  output = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text
    return true
  })
  process.exitCode = undefined
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
  process.exitCode = undefined
})

async function run(...words: string[]): Promise<typeof process.exitCode> {
  const program = new Command("coincell").exitOverride()
  addCheck(program)
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => {} })
  await program.parseAsync(["check", ...words], { from: "user" })
  return process.exitCode
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const PROTOCOL = `safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 }
method:
  - { step: constant_current, current_density_mA_per_cm2: 1, until_time_s: 60, until_voltage_V: 0.5 }
`

describe("coincell check", () => {
  test("prints a protocol for a cell", async () => {
    const cell = file("cell.yaml", "{ name: A1, type: Li||Li, diameter_mm: 14 }")
    expect(await run(file("p.yaml", PROTOCOL), "--cell", cell)).toBeUndefined()
    expect(output).toContain("1  Plate at 1 mA cm⁻² (1.539 mA) until 60 s or V ≥ 0.5 V")
    expect(output).toContain("Duration: at most 60 s.")
  })

  test("ends with 1 and says what is missing", async () => {
    expect(await run(file("p.yaml", PROTOCOL))).toBe(1)
    expect(output).toMatch(/^error: .*p\.yaml:3: method\[0\]\.current_density_mA_per_cm2: needs/)
  })

  test("prints JSON, of findings and of a plan", async () => {
    expect(await run(file("p.yaml", PROTOCOL), "--json")).toBe(1)
    expect(JSON.parse(output).findings).toEqual([
      expect.objectContaining({ severity: "error", line: 3 }),
    ])
    output = ""
    process.exitCode = undefined
    expect(await run("example:single-plating", "--json")).toBeUndefined()
    const found = JSON.parse(output)
    expect(found.duration.least_s).toBe(4200)
    expect(found.duration.most_s).toBeCloseTo(4200 + 3 * 3600, 1)
    expect(found.duration.expected_s).toBe(found.duration.most_s)
    expect(found.steps[1]).toMatchObject({ number: 2, text: expect.stringMatching(/^Plate/) })
    expect(found.program_bytes).toBe(128 + 3 * 96)
  })

  test("knows the cell of an example, unless another is given", async () => {
    await run("example:symmetric-mild")
    expect(output).toMatch(/1\.539 mA/)
    output = ""
    await run("example:symmetric-mild", "--cell", "example:solid-symmetric-10mm")
    expect(output).toMatch(/0\.7854 mA/)
  })

  test("lists the examples", async () => {
    await run("--examples")
    expect(output).toMatch(/^example:aurbach +Average Coulombic efficiency of Li\|\|Cu/m)
    output = ""
    await run("--examples", "--json")
    expect(JSON.parse(output).examples[0]).toMatchObject({ name: "aurbach", cell: "copper-14mm" })
  })

  test("prints the schemas", async () => {
    await run("--schema")
    expect(JSON.parse(output).title).toBe("Protocol")
    output = ""
    await run("--schema", "cell")
    expect(JSON.parse(output).title).toBe("Cell")
  })

  test("exports unicycler's JSON, or says what would be lost", async () => {
    const plain = file("p.yaml", PROTOCOL.replace("current_density_mA_per_cm2", "current_mA"))
    await run(plain, "--export", "unicycler")
    expect(JSON.parse(output)).toMatchObject({
      unicycler: { version: expect.stringMatching(/^0\.4/) },
      method: [{ current_mA: 1, until_time_s: 60, until_voltage_V: 0.5 }],
    })
    await expect(run("example:shelf-until-short", "--export", "unicycler")).rejects.toThrow(
      /record\.burst_s.*\n.*method\[2\]: a pulse/,
    )
  })

  test.each([[["--schema", "house"]], [["p.yaml", "--export", "word"]], [[]]])(
    "refuses wrong use: %j",
    async (words) => {
      await expect(run(...words)).rejects.toMatchObject({ code: "commander.error" })
    },
  )
})
