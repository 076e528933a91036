import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { PAGE_BYTES } from "../../host/log/page"
import { Store } from "../../host/store/store"
import { Random } from "../../sim/random"
import { newFolder } from "./folder"
import { pageAt, pagesAt } from "./logOf"

const ID = "0123456789abcdef"
const ROUNDS = 10
const child = fileURLToPath(new URL("killedWriter.ts", import.meta.url))

test("kill -9 at any instant: every page that was told of is there, none is invented, and it goes on, seed 3", () => {
  const random = new Random(3, "kills")
  const folder = newFolder()
  const log = Store.open(folder).board(ID)
  let killed = 0
  for (let round = 0; round < ROUNDS; round++) {
    const before = log.next
    const killAt = 1 + Math.floor(random.uniform() * 60)
    const args = [folder, ID, String(killAt), random.uniform().toFixed(3)]
    const run = spawnSync(process.execPath, ["--import", "tsx", child, ...args], {
      encoding: "utf8",
    })
    expect(run.stderr).toBe("")
    if (run.signal === "SIGKILL") killed++
    const told = run.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map(Number)
    expect(log.next).toBeGreaterThanOrEqual(told.at(-1) ?? before)
    expect([...log.verify()]).toEqual([])
    for (const { first, next } of log.current.stretches()) {
      const pages = Buffer.concat([...log.pages(first, next)])
      expect(pages.length).toBe((next - first) * PAGE_BYTES)
      expect(pages.equals(pagesAt(first, next))).toBe(true)
    }
  }
  expect(killed).toBeGreaterThan(ROUNDS / 2)
  const { next } = log
  log.append(next, pageAt(next))
  expect(log.next).toBe(next + 1)
})
