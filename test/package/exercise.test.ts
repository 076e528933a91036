import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { chargePhases } from "../../host/analysis/chargePhases"
import { modifiedAurbach } from "../../host/analysis/modifiedAurbach"
import { Store } from "../../host/store/store"
import { cli } from "../commands/cli"

const EXERCISE = fileURLToPath(
  new URL("../../host/exercises/nucleation-and-efficiency/", import.meta.url),
)
const text = readFileSync(join(EXERCISE, "README.md"), "utf8")

/** The commands of the document in their order, and what it says that they print, where it does. */
const commands = [
  ...text.matchAll(/```sh\nnpx coincell (.+)\n```(?:\n\n```text\n([\s\S]+?)\n```)?/g),
].map(([, command, printed]) => ({ command, printed }))

/** The words of a command line, of which some are in quotation marks. */
function words(command: string): string[] {
  return Array.from(command.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word)
}

describe("the exercise on nucleation and efficiency, seeds 1, 2 and 3", () => {
  const before = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), "coincell-exercise-"))
  beforeAll(() => {
    cpSync(EXERCISE, folder, { recursive: true })
    rmSync(join(folder, "figures"), { recursive: true })
    process.chdir(folder)
  })
  afterAll(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  })

  test("has three runs whose tables it shows", () => {
    expect(commands.filter(({ printed }) => printed !== undefined)).toHaveLength(3)
  })

  test.each(commands)("'coincell $command' prints what it says", async ({ command, printed }) => {
    const { stdout, code } = await cli(...words(command))
    expect(code).toBe(0)
    if (printed !== undefined) expect(stdout.trimEnd()).toBe(printed)
  })

  test("shows the figures that its commands make", () => {
    const shown = [...text.matchAll(/\]\((figures\/.+?)\)/g)].map(([, path]) => path)
    expect(shown).toHaveLength(readdirSync(join(EXERCISE, "figures")).length)
    for (const path of shown)
      expect(readFileSync(join(folder, path), "utf8")).toBe(
        readFileSync(join(EXERCISE, path), "utf8"),
      )
  })

  test("works the efficiency of the reservoir out as the analysis does", () => {
    const test = Store.open("coincell-data").test("AI03-0-1")
    const { efficiency } = modifiedAurbach(chargePhases(test.reader()), -1) ?? {}
    const [, answer] = /\*\*([\d.]+) %\*\*/.exec(text) ?? []
    expect((100 * (efficiency ?? 0)).toFixed(2)).toBe(answer)
    const [, sum, stripped, plated] =
      /= ([\d.]+) mAh, which is.*?CE = ([\d.]+) ÷ ([\d.]+) =/s.exec(text) ?? []
    expect(sum).toBe(stripped)
    expect(Number(stripped) / Number(plated)).toBeCloseTo(efficiency ?? 0, 4)
  })
})
