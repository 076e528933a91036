import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { CALIBRATION_TEST, calibrate } from "../../host/calibrate"
import { BoardError, ProgramRefusedError } from "../../host/errors"
import { SimulatedBench } from "../../sim/calibrationBench"
import { Resistor } from "../../sim/cells/resistor"
import { type Rig, startRig } from "../scenario/harness"
import { cli } from "./cli"
import { type Files, writeFiles } from "./files"
import { offer } from "./rigSession"

vi.mock("../../host/session", async () => (await import("./rigSession")).sessionModule())

let rig: Rig
let files: Files
const start = (...args: string[]) =>
  cli("start", files.protocol, "--cell", files.cell, "--data", files.data, ...args)
const folders = () => {
  const tests = join(files.data, "tests")
  return existsSync(tests) ? readdirSync(tests) : []
}

beforeAll(async () => {
  files = writeFiles(600, 3)
  const cells = [0, 1, 2].map(() => new Resistor(20))
  rig = await startRig({ seed: 91, cells })
  const bench = new SimulatedBench(rig.board, 91)
  await calibrate(rig.link, rig.client, bench, [0, 2], CALIBRATION_TEST, 1_767_225_600)
  offer(rig)
})
afterAll(async () => {
  await rig.close()
  rmSync(files.folder, { recursive: true })
})

test("a board that refuses leaves no folder behind, seed 91", async () => {
  vi.spyOn(rig.client, "start").mockRejectedValue(new ProgramRefusedError(0, 1, "Current"))
  const { code, stderr, stdout } = await start("--channel", "0")
  expect([code, stdout]).toEqual([1, ""])
  expect(stderr).toContain("Step 1")
  expect(folders()).toEqual([])
})

test("a board that cannot say keeps its folder: the test may run, seed 91", async () => {
  vi.spyOn(rig.client, "start").mockRejectedValue(new BoardError("gone"))
  const status = rig.client.status.bind(rig.client)
  vi.spyOn(rig.client, "status").mockImplementation(async (channel) => {
    if (folders().length > 0) throw new BoardError("gone")
    return status(channel)
  })
  expect((await start("--channel", "0")).code).toBe(1)
  const [left] = folders()
  expect(left).toBeDefined()
  rmSync(join(files.data, "tests", left), { recursive: true })
})

test("all channels are checked before the first is started, seed 91", async () => {
  const { code, stderr } = await start("--channel", "0,1", "--cell", files.cell)
  expect(code).toBe(1)
  expect(stderr).toContain("channel 1 is not calibrated: 'coincell calibrate --channel 1'")
  expect(folders()).toEqual([])
  expect((await rig.client.status(0)).state).not.toBe("Running")
})

test("a start prints the test's id, keeps what it was given, and the board runs it, seed 91", async () => {
  const { code, stdout } = await start("--channel", "0", "--json")
  expect(code).toBe(0)
  const { tests } = JSON.parse(stdout)
  expect(tests).toHaveLength(1)
  expect(tests[0]).toMatchObject({ channel: 0, cell: "Li-12", expected_duration_s: 3600 })
  expect(folders()).toEqual([tests[0].test])
  const kept = (name: string) => readFileSync(join(tests[0].folder, name), "utf8")
  expect(kept("protocol.yaml")).toBe(readFileSync(files.protocol, "utf8"))
  expect(kept("cell.yaml")).toBe(readFileSync(files.cell, "utf8"))
  const status = await rig.client.status(0)
  expect(status).toMatchObject({ state: "Zeroing", test: tests[0].test_number })
})

test("an answer that was lost is no refusal, seed 91", async () => {
  const run = rig.client.start.bind(rig.client)
  vi.spyOn(rig.client, "start").mockImplementation(async (...args) => {
    await run(...args)
    throw new BoardError("The board does not answer 'start'.")
  })
  const { code, stdout } = await start("--channel", "2")
  expect(code).toBe(0)
  expect(stdout).toContain("started on channel 2")
})

test("a busy channel is refused with what to do, seed 91", async () => {
  const before = folders()
  const { code, stderr } = await start("--channel", "0", "--json")
  expect(code).toBe(1)
  expect(JSON.parse(stderr.trim()).error.message).toContain("coincell stop --channel 0")
  expect(folders()).toEqual(before)
})

test("a fault that waits is refused with what it is, seed 91", async () => {
  rig.board.channels[0].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(20_000)
  const { code, stderr } = await start("--channel", "0")
  expect(code).toBe(1)
  expect(stderr).toContain("a fault waits on channel 0: no current can flow")
})
