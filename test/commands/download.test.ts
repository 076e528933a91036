import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { download } from "../../host/store/download"
import { Store } from "../../host/store/store"
import { Resistor } from "../../sim/cells/resistor"
import { finish, protocol, type Rig, start, startRig } from "../scenario/harness"
import { offer, sessionModule } from "./rigSession"
import { runCommand } from "./runCommand"

vi.mock("../../host/session", () => sessionModule())
const { addDownload } = await import("../../host/commands/download")
const { addList } = await import("../../host/commands/list")

let rig: Rig
let data: string
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "coincell-"))
  rig = await startRig({ seed: 420, cells: [new Resistor(50)] })
  offer(rig)
  await rig.client.setTime(rig.link.unixTime_ms)
  await start(rig, 0, 3, protocol([{ step: "constant_current", current_mA: 10, until_time_s: 60 }]))
  await finish(rig, 100)
  await rig.link.sleep_ms(1500)
})
afterAll(async () => {
  await rig.close()
  rmSync(data, { recursive: true })
})

const json = async (add: Parameters<typeof runCommand>[0], name: string) =>
  JSON.parse(await runCommand(add, name, "--data", data, "--json"))

test("an empty store is told of", async () => {
  expect(await runCommand(addList, "list", "--data", data)).toContain("coincell download")
  expect(await json(addList, "list")).toEqual({ tests: [], broken: [] })
})

test("a test whose file is broken is named beside the others", async () => {
  const folder = join(data, "tests", "AB12-0-1")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "test.yaml"), "format: 1\nboard: [\n")
  const { tests, broken } = await json(addList, "list")
  expect(tests).toEqual([])
  expect(broken).toEqual([{ folder, problem: expect.stringContaining("test.yaml:3:1") }])
  rmSync(folder, { recursive: true })
})

test("a board that another process downloads is an error of that board, which says who", async () => {
  const writer = Store.open(data).board(rig.client.id).writer()
  const { boards } = await json(addDownload, "download")
  writer.close()
  expect(boards).toMatchObject([{ board_id: rig.client.id, error: { type: "StoreError" } }])
  expect(boards[0].error.message).toContain(`process ${process.pid}`)
  expect(process.exitCode).toBe(1)
  process.exitCode = undefined
})

test("a download tells what came, and the list has it, seed 420", async () => {
  const { boards } = await json(addDownload, "download")
  const id = `${rig.client.name}-0-3`
  const { next } = await rig.client.logRange()
  expect(boards).toEqual([
    {
      board: rig.client.name,
      board_id: rig.client.id,
      pages: next,
      bytes: next * 256,
      first_page: 0,
      next_page: next,
      lost_pages: 0,
      repaired_pages: 0,
      log: 1,
      is_complete: true,
      tests: [id],
    },
  ])
  expect(await runCommand(addDownload, "download", "--data", data)).toMatch(/: nothing new\.\n$/)
  const { tests } = await json(addList, "list")
  expect(tests).toMatchObject([
    {
      test: id,
      cell: `${rig.client.name} channel 0 test 3`,
      state: "finished",
      end_reason: "the program ended",
      is_simulated: true,
      last_record: { cycle: 1, step_index: 0 },
    },
  ])
  expect(tests[0].last_record.current_A).toBeCloseTo(0.01, 4)
  expect(tests[0].last_record.test_time_s).toBeCloseTo(60, 0)
  expect(tests[0].began_unix_s).toBeGreaterThan(1.7e9)
  const text = await runCommand(addList, "list", "--data", data)
  expect(text).toMatch(
    new RegExp(`${id} +${rig.client.name} channel 0 test 3 +finished, simulated +20`),
  )
})

test("a test that began and of which nothing came is listed as waiting", async () => {
  const store = Store.open(data)
  const { name, id } = rig.client
  await download(
    { board: rig.client, firmware: { version: "0", board: "sim" }, isSimulated: true },
    store.board(id),
  )
  store.createTest({
    board: { id, name },
    firmware: { version: "0", board: "sim" },
    isSimulated: true,
    channel: 0,
    test: store.nextTestNumber(id, 0),
    boot: 1,
    boardTime_ms: 1e9,
    unixTime_ms: Date.UTC(2026, 0, 2),
    cell: "name: [broken",
    protocol: { fileName: "a.json", text: "{}" },
    program: new Uint8Array(),
  })
  const { tests } = await json(addList, "list")
  expect(tests[1]).toMatchObject({
    test: `${name}-0-4`,
    cell: null,
    state: "waiting",
    began_unix_s: Date.UTC(2026, 0, 2) / 1000,
    last_record: null,
    pages: 0,
  })
})
