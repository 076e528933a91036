import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { SimulatedBoardProcess } from "../../host/web/simulatedBoard"
import { ConflictError } from "../../host/errors"
import { cli } from "../commands/cli"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "serve-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ["no TCP port", ["--listen", "http"]],
  ["a name that is an address of a page", ["--name", "https://lab.example.org/"]],
  ["an option that is none", ["--loudly"]],
])("%s is wrong use", async (_, args) => {
  expect((await cli("serve", ...args)).code).toBe(2)
})

test("a board that would end with the command is refused", async () => {
  const { code, stderr } = await cli(
    "serve",
    "--data",
    folder,
    "--port",
    "tcp:a:1",
    "--port",
    "sim",
  )
  expect([code, stderr]).toEqual([1, expect.stringContaining("coincell sim")])
})

test("--help says what it is, who may look and act, and gives examples", async () => {
  const { stdout } = await cli("serve", "--help")
  expect(stdout).toMatch(/Examples:\n {2}coincell serve/)
  for (const word of ["token", "--host", "/metrics", "Ctrl-C"]) expect(stdout).toContain(word)
})

test("it prints a link that works, says what is wrong with ports, and ends by Ctrl-C", async () => {
  const write = vi.spyOn(process.stdout, "write")
  const serving = cli("serve", "--data", folder, "--listen", "0", "--port", "tcp:127.0.0.1:1")
  const link = await vi.waitUntil(
    () => /http:\S+/.exec(write.mock.calls.map(([text]) => String(text)).join(""))?.[0],
    60_000,
  )
  const page = await fetch(link)
  expect(page.status).toBe(200)
  process.emit("SIGINT")
  const { code, stderr } = await serving
  expect(code).toBe(0)
  expect(stderr).toContain("nothing listens there")
  expect(stderr).toContain("The server has ended; tests go on.")
})

test("a simulated board runs beside the server, one at a time, until that ends", async () => {
  const boards = new SimulatedBoardProcess()
  const ended = new Promise<void>((resolve) => {
    boards.start(1, resolve).then(async (address) => {
      expect(address).toMatch(/^tcp:127\.0\.0\.1:\d+$/)
      await expect(boards.start(1, () => {})).rejects.toThrow(ConflictError)
      boards.close()
    })
  })
  await ended
})
