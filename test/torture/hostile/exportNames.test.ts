import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test } from "vitest"
import { TesterError } from "../../../host/errors"
import { exportTest, FORMATS, type Format } from "../../../host/formats/export"
import { aStep, batchesOf, testOf } from "../../formats/batches"
import { memoryFolder } from "../memoryFolder"

let root: string
let out: string
beforeEach(() => {
  root = memoryFolder("exports")
  out = join(root, "out")
  mkdirSync(out)
})
afterEach(() => rmSync(root, { recursive: true }))

const NASTY = [
  "../../evil",
  "..\\..\\evil",
  "/etc/passwd",
  "C:\\Windows\\evil",
  "CON",
  "nul.txt",
  "a\0b",
  "a/b",
  ".",
  "..",
  "~",
  "-rf",
  "$(touch evil)",
  "`id`",
  "\u202egpj.exe",
  "ä".repeat(200),
  "x".repeat(1_000),
  "a\nb",
  " ",
  "__",
]
const name = fc.oneof(fc.constantFrom(...NASTY), fc.string({ minLength: 1, unit: "binary" }))

test("whatever a cell and its makers are called, its files are in the folder, by names that any computer takes, seed 51", async () => {
  await fc.assert(
    fc.asyncProperty(
      name,
      name,
      fc.constantFrom(...(Object.keys(FORMATS) as Format[])),
      async (cellName, institution, format) => {
        const cell = { name: cellName, institution, area_cm2: 1.5 }
        const exported = testOf(batchesOf([aStep]), {
          id: "AB12-0-7",
          board: "0123456789abcdef",
          boardName: "AB12",
          channel: 0,
          cell,
        })
        try {
          await exportTest(exported, format, out)
        } catch (error) {
          if (!(error instanceof TesterError)) throw error
        }
        expect(readdirSync(root)).toEqual(["out"])
        for (const path of readdirSync(out, { recursive: true })) {
          const parts = String(path).split("/")
          for (const part of parts) {
            expect(part).toMatch(/^[A-Za-z0-9_=.-]{1,200}$/)
            expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i)
          }
        }
        rmSync(out, { recursive: true })
        mkdirSync(out)
      },
    ),
    { seed: 51, numRuns: 120 },
  )
})

test("links that somebody put in the folder are replaced, and what they lead to stays", async () => {
  const treasure = join(root, "treasure")
  writeFileSync(treasure, "mine")
  const partials = ["AB12-0-7.csv.partial", "AB12-0-7.metadata.json.partial"]
  for (const link of ["AB12-0-7.csv", "AB12-0-7.metadata.json", ...partials])
    symlinkSync(treasure, join(out, link))
  const exported = testOf(batchesOf([aStep]), { id: "AB12-0-7", channel: 0 })
  await exportTest(exported, "csv", out)
  expect(readFileSync(treasure, "utf8")).toBe("mine")
  expect(readFileSync(join(out, "AB12-0-7.csv"), "utf8").split("\n")).toHaveLength(5)
})
