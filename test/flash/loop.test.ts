import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { parse } from "yaml"
import { buildHash } from "../../firmware/buildHash.mjs"
import { addBoards } from "../../host/commands/boards"
import { addFlash } from "../../host/commands/flash"
import { addStart } from "../../host/commands/start"
import { Resistor } from "../../sim/cells/resistor"
import { type Files, writeFiles } from "../commands/files"
import { runCommand } from "../commands/runCommand"
import type { Served } from "../transport/served"
import { oldFirmware } from "./oldFirmware"
import { serveOpen } from "./servedOpen"

let served: Served
let files: Files
beforeAll(async () => {
  files = writeFiles(36_000, 3)
  appendFileSync(files.protocol, "allow_uncalibrated: true\n")
  served = await serveOpen(930, oldFirmware({ build: "0123abcd" }).bytecode, [new Resistor(20)])
})
afterAll(async () => {
  await served.stop()
  rmSync(files.folder, { recursive: true })
})

const flash = () => runCommand(addFlash, "flash", "--board", "sim", "--port", served.tcp, "--json")
const start = () => {
  const where = ["--port", served.tcp, "--channel", "0", "--data", files.data]
  return runCommand(addStart, "start", files.protocol, "--cell", files.cell, ...where, "--json")
}

test("the whole loop by commands: an old build is seen, starts nothing, is flashed, starts a test, seed 930", async () => {
  const boards = async () =>
    JSON.parse(await runCommand(addBoards, "boards", "--port", served.tcp, "--json")).boards[0]
  expect((await boards()).build).toBe("0123abcd")
  await expect(start()).rejects.toThrow(
    /starts no new test: its firmware is build 0123abcd .*'coincell flash --board sim'/,
  )
  expect(JSON.parse(await flash())).toMatchObject({
    port: served.tcp,
    written: "firmware",
    firmware: { board: "sim", build: buildHash() },
  })
  expect(JSON.parse(await flash()).written).toBe("nothing")
  expect((await boards()).build).toBe(buildHash())
  await start()
  const [folder] = readdirSync(join(files.data, "tests"))
  const about = parse(readFileSync(join(files.data, "tests", folder, "test.yaml"), "utf8"))
  expect(about.firmware.build).toBe(buildHash())
  // Its test goes on: there is nothing to write.
  expect(JSON.parse(await flash()).written).toBe("nothing")
})
