import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { Lock } from "../../host/store/lock"
import { processStart } from "../../host/store/processes"
import { Store } from "../../host/store/store"
import { newFolder } from "./folder"
import { pagesAt } from "./logOf"

const ID = "0123456789abcdef"
/** Above any number that a system gives a process. */
const NO_PROCESS = 2 ** 30

const holder = (what: object) =>
  JSON.stringify({
    pid: NO_PROCESS,
    host: hostname(),
    process_started: "",
    since: "2026-01-01T00:00:00.000Z",
    token: "other",
    ...what,
  })

test("a board's log has one writer at a time, in this process too; the other is told who", () => {
  const log = Store.open(newFolder()).board(ID)
  const writer = log.writer()
  expect(() => log.writer()).toThrow(new RegExp(`process ${process.pid} on ${hostname()} since 20`))
  expect([...log.pages()]).toEqual([])
  writer.close()
  log.append(0, pagesAt(0, 2))
  expect(log.next).toBe(2)
})

test("a lock is gone after its release, and after an error", () => {
  const log = Store.open(newFolder()).board(ID)
  log.append(0, pagesAt(0, 2))
  expect(() => log.append(1, pagesAt(1, 2))).toThrow("page 1 is stored")
  expect(readdirSync(log.folder)).toEqual(["pages-0000000000.log"])
})

test("the lock of a process that is dead is taken over", () => {
  const path = join(newFolder(), "lock")
  writeFileSync(path, holder({}))
  const lock = Lock.take(path)
  expect(readFileSync(path, "utf8")).toContain(`"pid":${process.pid}`)
  lock.check()
})

test.runIf(process.platform === "linux")("so is one whose number another process has now", () => {
  const path = join(newFolder(), "lock")
  const started = processStart(process.pid)
  expect(started).toMatch(/^\S+ \d+$/)
  writeFileSync(path, holder({ pid: process.pid, process_started: started }))
  expect(() => Lock.take(path)).toThrow("is being written by process")
  writeFileSync(path, holder({ pid: process.pid, process_started: `${started}0` }))
  Lock.take(path).check()
})

test("a lock of another computer stays: whether that runs cannot be seen", () => {
  const path = join(newFolder(), "lock")
  writeFileSync(path, holder({ host: "elsewhere" }))
  expect(() => Lock.take(path)).toThrow(/on elsewhere since 2026.*delete this file/)
})

test("a lock that says nothing is being written, or was left by a cut long ago", () => {
  const path = join(newFolder(), "lock")
  writeFileSync(path, "")
  expect(() => Lock.take(path)).toThrow("just taking this lock")
  utimesSync(path, new Date(0), new Date(0))
  Lock.take(path).check()
})

test("who lost its lock writes no more", () => {
  const log = Store.open(newFolder()).board(ID)
  const writer = log.writer()
  writer.append(0, pagesAt(0, 2))
  writeFileSync(join(log.folder, "lock"), holder({}))
  expect(() => writer.append(2, pagesAt(2, 3))).toThrow("was taken away")
  writer.close()
  expect(readFileSync(join(log.folder, "lock"), "utf8")).toBe(holder({}))
  expect(log.next).toBe(2)
})
