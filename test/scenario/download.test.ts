import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { BoardClient } from "../../host/boardClient"
import { PAGE_BYTES } from "../../host/log/page"
import { download } from "../../host/store/download"
import { Store } from "../../host/store/store"
import type { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { pagesAt } from "../store/logOf"
import { finish, protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

/** A script sends at most one packet in 20 ms of virtual time, with 224 bytes of log. */
const MOST_bytes_per_s = 50 * 224

let rig: Rig
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coincell-"))
})
afterEach(async () => {
  await rig.close()
  rmSync(folder, { recursive: true })
})

/** Whole pages, as if the board had logged them in an earlier boot. */
const filled = (pages: number) => ({
  cells: [new Resistor(50)],
  prepare: ({ flashMemory }: SimulatedBoard) => flashMemory.set(pagesAt(0, pages)),
})

function fetch(signal?: AbortSignal, onProgress?: () => void) {
  const session = {
    board: rig.client,
    firmware: { version: "0", board: "sim" },
    isSimulated: true,
  }
  return download(session, Store.open(folder).board(rig.client.id), { signal, onProgress })
}

const stored = () => Buffer.concat([...Store.open(folder).board(rig.client.id).pages()])

/** What is stored is what the board has in flash, and the board knows. */
async function expectAll(): Promise<void> {
  const { next, downloaded } = await rig.client.logRange()
  expect(downloaded).toBe(next)
  expect(stored().equals(rig.board.flashMemory.subarray(0, next * PAGE_BYTES))).toBe(true)
}

test("a download takes no less than 80 % of what the board can send, seed 400", async () => {
  const pages = 1000
  rig = await startRig({ seed: 400, ...filled(pages) })
  const began_ms = rig.link.now_ms
  const { bytes } = await fetch()
  const share = bytes / ((rig.link.now_ms - began_ms) / 1000) / MOST_bytes_per_s
  console.log(`${bytes} bytes at ${(100 * share).toFixed(1)} % of what the board can send`)
  expect(share).toBeGreaterThan(0.8)
  expect(bytes).toBeGreaterThanOrEqual(pages * PAGE_BYTES)
  await expectAll()
})

test("a test goes on beside a download, and misses nothing, seed 401", async () => {
  rig = await startRig({ seed: 401, ...filled(400) })
  const method = [{ step: "constant_current" as const, current_mA: 10, until_time_s: 40 }]
  await start(rig, 0, 1, protocol(method, { record: { time_s: 0.5 } }))
  await running(rig, 0)
  const { tests } = await fetch()
  await finish(rig, 60)
  await rig.link.sleep_ms(1500)
  await fetch()
  await expectAll()
  const found = Store.open(folder).test(tests[0])
  const reader = found.reader()
  const times_s = [...reader].flatMap(({ time_s }) => [...time_s])
  expect(reader.about).toMatchObject({ lostPages: 0, gaps: [], end: { kind: "finished" } })
  expect(times_s.at(-1)).toBeCloseTo(40, 0)
  for (const [i, time_s] of times_s.slice(1).entries())
    expect(time_s - times_s[i]).toBeLessThan(0.61)
  expect(found.summary()).toMatchObject({ state: "finished", last: { time_s: times_s.at(-1) } })
})

test("answers that are lost on their way are asked for again, seed 402", async () => {
  rig = await startRig({ seed: 402, ...filled(150) })
  const { onFrame } = rig.board
  let frames = 0
  rig.board.onFrame = (frame) => {
    if (++frames % 23 !== 0) onFrame(frame)
  }
  await fetch()
  await expectAll()
})

test("a board that restarts in the middle is waited for, seed 403", async () => {
  rig = await startRig({ seed: 403, ...filled(300) })
  let batches = 0
  const { pages } = await fetch(undefined, () => {
    if (++batches === 2) rig.board.resetMcu()
  })
  expect(pages).toBeGreaterThanOrEqual(300)
  expect(await rig.client.bootCount()).toBe(3)
  await fetch()
  await expectAll()
})

test("a cable that is pulled is an error; once it is back, the download goes on there, seed 404", async () => {
  rig = await startRig({ seed: 404, ...filled(300) })
  const { onFrame } = rig.board
  const pull = () => {
    rig.board.onFrame = () => {}
  }
  await expect(fetch(undefined, pull)).rejects.toThrow(/plugged in\?/)
  const had = stored().length / PAGE_BYTES
  expect(had).toBe(64)
  rig.board.onFrame = onFrame
  rig.client = await BoardClient.find(rig.link, rig.client.id)
  expect(await fetch()).toMatchObject({ first: had })
  await expectAll()
})

test("another host that reads the same log at the same time disturbs nothing, seed 405", async () => {
  rig = await startRig({ seed: 405, ...filled(130) })
  const other = await BoardClient.find(rig.link, rig.client.id)
  const [, read] = await Promise.all([fetch(), other.readLog(3, 100)])
  expect(Buffer.from(read).equals(pagesAt(3, 100))).toBe(true)
  await expectAll()
})
