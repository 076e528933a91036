import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { formatBoards } from "../../host/commands/boards"
import { createProgram } from "../../host/commands/program"
import { type Served, serve } from "./served"

const range = { first: 100, next: 6654, downloaded: 100, released: 100, isFull: false }
const board = {
  name: "IS43",
  id: "9b367719ff0b51a7",
  port: "/dev/ttyACM0",
  firmware: "0.1.0",
  build: "1f2e3d4c",
  board: "pico",
  isSimulated: false,
  channels: 4,
  calibratedChannels: [0, 1, 2, 3],
  problem: "",
  log: { ...range, policy: "Overwrite" as const, capacityPages: 65_536 },
}

let served: Served | undefined
let out = ""
beforeEach(() => {
  out = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await served?.stop()
  served = undefined
})

test("a line for each board", () => {
  const broken = { ...board, name: "AB12", calibratedChannels: [1], problem: "no W25Q128 answers" }
  const lines = formatBoards([board, broken, { ...board, calibratedChannels: [] }]).split("\n")
  expect(lines[3].split(/ {2,}/)).toEqual([
    "IS43",
    "9b367719ff0b51a7",
    "/dev/ttyACM0",
    "0.1.0 pico",
    "4",
    "all",
    "10.0 %",
    "–",
  ])
  expect(lines[4].split(/ {2,}/).slice(5)).toEqual(["1", "10.0 %", "no W25Q128 answers"])
  expect(lines[5]).toContain("none")
})

test("as JSON, with what is wrong at a port, seed 465", async () => {
  served = await serve({ seed: 465, speed: 20 })
  const boards = (port: string) =>
    createProgram(true).parseAsync(["node", "coincell", "boards", "--port", port, "--json"])
  await boards(served.tcp)
  expect(JSON.parse(out)).toMatchObject({
    boards: [{ port: served.tcp, is_simulated: true, channels: 4, calibrated_channels: [] }],
    failures: [],
  })
  expect(process.exitCode).toBeUndefined()
  out = ""
  await boards("/dev/coincell-none")
  expect(JSON.parse(out)).toMatchObject({
    boards: [],
    failures: [{ type: "PortError", address: "/dev/coincell-none" }],
  })
  expect(process.exitCode).toBe(1)
})
