import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command } from "commander"
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest"
import { addExport } from "../../host/commands/export"
import { Store } from "../../host/store/store"
import { BOARD, writeLongLog } from "../bench/longLog"

const HOURS = 2
const folder = mkdtempSync(join(tmpdir(), "coincell-export-command-"))
const data = join(folder, "data")
let id = ""
let testFolder = ""

beforeAll(() => {
  writeLongLog(data, HOURS)
  const log = Store.open(data).board(BOARD)
  const writer = log.writer()
  writer.describe({ name: "AB12", simulated: true })
  writer.close()
  log.adoptTests()
  const [test] = Store.open(data).tests()
  id = test.id
  testFolder = test.folder
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

/** What the command prints. */
async function run(...args: string[]): Promise<string> {
  let printed = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text
    return true
  })
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addExport(program)
  for (const command of program.commands) command.copyInheritedSettings(program)
  await program.parseAsync(["node", "coincell", "export", ...args, "--data", data])
  return printed
}

it("writes a stored test, and tells as JSON what and where", async () => {
  const out = join(folder, "csv")
  const [exported] = JSON.parse(await run(id, "--format", "csv", "--out", out, "--json"))
  expect(exported).toMatchObject({
    test: id,
    format: "csv",
    file: join(out, `${id}.csv`),
    records: HOURS * 3600,
    is_running: false,
    gaps: [],
    lost_pages: 0,
  })
  const lines = readFileSync(exported.file, "utf8").trimEnd().split("\n")
  expect(lines).toHaveLength(HOURS * 3600 + 1)
  expect(JSON.parse(readFileSync(exported.metadata_file, "utf8"))).toMatchObject({
    source: { id, board: BOARD, is_simulated: true },
    lost_pages: 0,
  })
})

it("takes all tests, and says in a line what came of each", async () => {
  const out = join(folder, "dataset")
  const text = await run("all", "--format", "parquet", "--out", out)
  const file = join(out, `board=${BOARD}`, "channel=0", `test=${id}`, "part-0.parquet")
  expect(text).toBe(`${id}: ${HOURS * 3600} records in ${file}\n`)
  expect(existsSync(file)).toBe(true)
})

it("says what BDF needs of the cell, and takes it from its file", async () => {
  const out = join(folder, "bdf")
  const cellFile = join(testFolder, "cell.yaml")
  await expect(run(id, "--out", out)).rejects.toThrow(
    `BDF needs institution, area_cm2 of the cell. Write them into ${cellFile}`,
  )
  writeFileSync(cellFile, "name: Li-1\ninstitution: Lab\ndiameter_mm: 14\n")
  expect(await run(id, "--out", out)).toContain("Lab__Li-1__20260101_001.bdf.csv")
})

it("refuses a format, and a test, that it does not know", async () => {
  await expect(run(id, "--format", "excel")).rejects.toThrow(/bdf, bdf-parquet, parquet, csv/)
  await expect(run("ZZ99-0-1")).rejects.toThrow(/No test ZZ99-0-1/)
})
