import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { cli } from "./cli"
import { offer } from "./rigSession"

vi.mock("../../host/session", async () => (await import("./rigSession")).sessionModule())

let rig: Rig
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "orders-"))
  vi.stubEnv("COINCELL_DATA", folder)
  rig = await startRig({ seed: 92, cells: [new Resistor(20), new Resistor(20)] })
  offer(rig)
  const plating = protocol([{ step: "constant_current", current_mA: 1, until_time_s: 3600 }])
  for (const channel of [0, 1]) await start(rig, channel, 5, plating)
  await running(rig, 1)
})
afterAll(async () => {
  await rig.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const status = () => cli("status", "--data", folder)
const state = async (channel: number) => (await rig.client.status(channel)).state

test("pause opens the relay, and says so, seed 92", async () => {
  const { code, stdout } = await cli("pause", "--channel", "0")
  expect([code, stdout]).toEqual([0, expect.stringContaining("Channel 0: paused in cycle 1")])
  expect(await state(0)).toBe("Paused")
  expect((await status()).stdout).toContain("paused by 'pause'")
})

test("of several channels those that can do it, and an error names the others, seed 92", async () => {
  const { code, stdout, stderr } = await cli("pause", "--channel", "1,3", "--json")
  expect(code).toBe(1)
  expect(JSON.parse(stdout).channels).toMatchObject([{ channel: 1, state: "Paused" }])
  expect(JSON.parse(stderr).error.message).toContain("Channel 3")
})

test("resume goes on with all that stand still, seed 92", async () => {
  const { code, stdout } = await cli("resume", "--channel", "all")
  expect(code).toBe(0)
  expect(stdout.trim().split("\n")).toHaveLength(2)
  await running(rig, 0)
})

test("a fault stands: status says what to do, and ends with 3, seed 92", async () => {
  rig.board.channels[1].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(2_000)
  const { code, stdout } = await status()
  expect(code).toBe(3)
  expect(stdout).toContain("no current can flow")
  const json = await cli("status", "--data", folder, "--json")
  expect(json.code).toBe(3)
  expect(JSON.parse(json.stdout).boards[0].channels[1]).toMatchObject({
    state: "Fault",
    fault: "OpenCell",
    waits_for_person: true,
    test_number: 5,
    test: null,
  })
})

test("stop ends what it is told to, and confirms a fault, seed 92", async () => {
  const { code, stdout } = await cli("stop", "--channel", "all")
  expect([code, stdout.split("\n").length]).toEqual([0, 3])
  expect([await state(0), await state(1)]).toEqual(["Finished", "Finished"])
  expect((await status()).code).toBe(0)
})

test("with nothing to stop it says so, seed 92", async () => {
  const { code, stderr } = await cli("stop", "--channel", "all")
  expect(code).toBe(1)
  expect(stderr).toContain("no channel to which that could be done")
})
