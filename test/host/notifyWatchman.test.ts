import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { FollowedBoard } from "../../host/follow/followedBoard"
import { TestBook } from "../../host/follow/testBook"
import { readNotifyConfig } from "../../host/notify/config"
import type { NoticeEvent } from "../../host/notify/event"
import { Watchman } from "../../host/notify/watchman"
import { Store } from "../../host/store/store"
import { status } from "../follow/statuses"

let folder: string
let board: FollowedBoard
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watchman-"))
  board = new FollowedBoard("0123456789abcdef", "KX42")
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What was told while the board's channel went through these states, a look a second. */
async function told(on: string, states: string[]): Promise<NoticeEvent[]> {
  const out = join(folder, `${on}.jsonl`)
  const config = readNotifyConfig(folder, { command: `cat >> "${out}"` })
  const only = { ...config, on: new Set([on]) } as typeof config
  const problems: string[] = []
  const book = new TestBook(Store.open(folder))
  const watchman = new Watchman(only, folder, book, (text) => problems.push(text))
  for (const [second, state] of states.entries()) {
    const seen = status({ state, fault: "OpenCell", testTime_s: second })
    board.channels[0] = { status: seen, reading_unix_s: second, reading_ms: 1000 * second }
    await watchman.look(new Map([[board.id, board]]), {
      unixTime_ms: 1000 * second,
      now_ms: 1000 * second,
    })
  }
  await watchman.close(60_000)
  expect(problems).toEqual([])
  try {
    return readFileSync(out, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  } catch {
    return []
  }
}

const STATES = ["Running", "Fault", "Fault", "Running", "Finished"]

test("whoever wants to know of faults is told, with the board's name", async () => {
  const events = await told("fault", STATES)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    event: "fault",
    board: "KX42",
    channel: 0,
    time: "1970-01-01T00:00:01.000Z",
  })
})

test("and of nothing else", async () => {
  expect((await told("end", STATES)).map(({ event }) => event)).toEqual(["end"])
  expect(await told("waiting", STATES)).toEqual([])
})

test("the disk of a folder that is not there yet can be asked for", async () => {
  const config = readNotifyConfig(folder, { command: `cat >> "${join(folder, "told.jsonl")}"` })
  const limits = { ...config.limits, disk_free_below_bytes: 1e18 }
  const book = new TestBook(Store.open(folder))
  const watchman = new Watchman({ ...config, limits }, join(folder, "a", "b"), book, () => {})
  await watchman.look(new Map(), { unixTime_ms: 0, now_ms: 0 })
  await watchman.close(60_000)
  const { event, free_bytes } = JSON.parse(readFileSync(join(folder, "told.jsonl"), "utf8"))
  expect(event).toBe("disk_nearly_full")
  expect(free_bytes).toBeGreaterThan(0)
})
