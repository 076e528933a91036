import { rmSync } from "node:fs"
import { expect, test } from "vitest"
import { cli } from "./cli"
import { writeFiles } from "./files"

test.each([
  ["no such command", ["explode"]],
  ["an unknown option", ["pause", "--channel", "0", "--loudly"]],
  ["no channel", ["pause"]],
  ["a channel that is no number", ["stop", "--channel", "one"]],
  ["a channel twice", ["stop", "--channel", "1,1"]],
  ["no time between looks", ["watch", "--every", "0"]],
  ["no protocol", ["start", "--cell", "cell.yaml", "--channel", "0"]],
])("%s is wrong use: exit 2, nothing on stdout", async (_, args) => {
  const { code, stdout, stderr } = await cli(...args)
  expect([code, stdout]).toEqual([2, ""])
  expect(stderr).toContain("error:")
})

test("wrong use with --json is JSON on stderr", async () => {
  const { code, stderr } = await cli("pause", "--json")
  expect(code).toBe(2)
  expect(JSON.parse(stderr)).toMatchObject({ error: { type: "UsageError" } })
})

test("one cell for two channels is wrong use", async () => {
  const { folder, protocol, cell } = writeFiles(60, 1)
  const { code, stderr } = await cli("start", protocol, "--cell", cell, "--channel", "0,1")
  expect(code).toBe(2)
  expect(stderr).toContain("2 channels and 1 cells")
  rmSync(folder, { recursive: true })
})

test("a channel that no board has is told before anything is opened", async () => {
  const { folder, protocol, cell } = writeFiles(60, 1)
  const { code, stderr } = await cli("run", protocol, "--cell", cell, "--channel", "9")
  expect([code, stderr]).toEqual([
    1,
    "coincell: There is no channel 9: a board has the channels 0 to 3.\n",
  ])
  rmSync(folder, { recursive: true })
})

test("a file that is not there can be mended: exit 1", async () => {
  const { code, stderr } = await cli("run", "none.yaml", "--cell", "none.yaml", "-c", "0")
  expect(code).toBe(1)
  expect(stderr).toBe("coincell: There is no file none.yaml.\n")
})

test("a board that would end with the command is refused, with what to do instead", async () => {
  const { code, stderr } = await cli("watch", "--port", "sim")
  expect(code).toBe(1)
  expect(stderr).toContain("coincell sim")
})

test.each(["start", "run", "status", "watch", "pause", "resume", "stop"])(
  "%s --help says what it is, and gives an example",
  async (name) => {
    const { code, stdout } = await cli(name, "--help")
    expect(code).toBe(0)
    expect(stdout).toMatch(/Examples?:\n {2}coincell /)
    expect(stdout).toContain("--json")
  },
)
