import { rmSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { Store } from "../../host/store/store"
import { cli } from "./cli"
import { type Files, writeFiles } from "./files"

let files: Files
beforeAll(() => {
  files = writeFiles(300, 2)
})
afterAll(() => rmSync(files.folder, { recursive: true }))

const run = (...args: string[]) =>
  cli("run", files.protocol, "--cell", files.cell, "--data", files.data, ...args)

test("a simulated run prints its cycles, and what it tells meanwhile goes to stderr", async () => {
  const { code, stdout, stderr } = await run("--channel", "0", "--port", "sim")
  expect(code).toBe(0)
  expect(stdout).toContain("plated")
  expect(stdout.match(/^ {3}[12] +0\.128/gm)).toHaveLength(2)
  expect(stderr).toMatch(/\w{4}-0-1 started on channel 0: Li-12, about 20 min\./)
  expect(stderr).toContain("over in cycle 2: its protocol is done")
})

test("what it measured is in the store; a second run is another board, as JSON", async () => {
  const { code, stdout } = await run("--channel", "1", "--port", "sim", "--json")
  expect(code).toBe(0)
  const { tests } = JSON.parse(stdout)
  expect(tests).toMatchObject([
    { cell: "Li-12", status: { state: "Finished", end: "Program" }, cycles: [{}, {}] },
  ])
  const store = Store.open(files.data)
  expect(store.boards()).toHaveLength(2)
  const reader = store.test(tests[0].id).reader()
  let records = 0
  for (const batch of reader) records += batch.length
  expect(records).toBeGreaterThan(4 * 30)
  expect(reader.about).toMatchObject({ lostPages: 0, gaps: [], end: { kind: "finished" } })
})

test("a seed whose board the store has is refused", async () => {
  const { code, stderr } = await run("--channel", "0", "--port", "sim:1")
  expect(code).toBe(1)
  expect(stderr).toContain("take another seed")
})

test("a fault ends the run with 3, and says what to do", async () => {
  const { code, stderr } = await run(
    ...["--channel", "0", "--port", "sim:7", "--sim-cell", "0=none"],
  )
  expect(code).toBe(3)
  expect(stderr).toContain("the holder is empty")
  expect(stderr).toContain("'resume'")
})
