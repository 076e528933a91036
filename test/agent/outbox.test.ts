import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Cursors } from "../../host/agent/cursors"
import { Outbox } from "../../host/agent/outbox"
import { cyclesPayload, eventsPayload, recordsPayload } from "../../host/agent/payloads"
import { topicsOf } from "../../host/agent/topics"
import { samplesOf } from "../../host/records"
import type { BoardLog } from "../../host/store/boardLog"
import { Store } from "../../host/store/store"
import { Random } from "../../sim/random"
import { BOARD, writeLongLog } from "../bench/longLog"

const HOURS = 4
const folder = mkdtempSync(join(tmpdir(), "coincell-outbox-"))
const topics = topicsOf("lab-1", "host-1")
let log: BoardLog

beforeAll(() => {
  writeLongLog(folder, HOURS)
  log = Store.open(folder).board(BOARD)
  const writer = log.writer()
  writer.describe({ name: "AB12", simulated: true })
  writer.close()
  log.adoptTests()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Hears messages as somebody who keeps a database would: by board, log and page, each once. */
class Listener {
  readonly records = new Map<string, number[][]>()
  readonly cycles = new Map<number, unknown>()
  messages = 0

  readonly hear = async (topic: string, payload: unknown) => {
    this.messages++
    if (topic.endsWith("/records")) {
      const { board, log, page, time_s, voltage_V, current_A } = recordsPayload.parse(payload)
      const key = `${board} ${log} ${page}`
      const rows = time_s.map((time, i) => [time, voltage_V[i], current_A[i]])
      // What comes twice is the same.
      if (this.records.has(key)) expect(this.records.get(key)).toEqual(rows)
      this.records.set(key, rows)
    } else if (topic.endsWith("/cycles"))
      for (const cycle of cyclesPayload.parse(payload).cycles) this.cycles.set(cycle.cycle, cycle)
    else eventsPayload.parse(payload)
  }

  /** All records in the order of pages. */
  get all(): number[][] {
    return [...this.records.values()].flat().sort((a, b) => a[0] - b[0])
  }
}

function stored(): number[][] {
  const [test] = log.tests()
  return [...test.reader()].flatMap((batch) =>
    [...samplesOf(batch)].map(({ time_s, voltage_V, current_A }) => [time_s, voltage_V, current_A]),
  )
}

it("publishes each stored record and cycle, and nothing a second time", async () => {
  const data = join(folder, "once")
  const listener = new Listener()
  const outbox = () => new Outbox(log, topics, listener.hear, new Cursors(data))
  expect(await outbox().publish()).toBe(log.next)
  expect(listener.all).toEqual(stored())
  expect(listener.all.length).toBe(HOURS * 3600)
  expect([...listener.cycles.keys()]).toEqual([1, 2])
  const { messages } = listener
  expect(await outbox().publish()).toBe(0)
  expect(listener.messages).toBe(messages)
})

const SEED = 10
it(`loses nothing when it is ended at any message, seed ${SEED}`, async () => {
  const random = new Random(SEED)
  const data = join(folder, "ended")
  const listener = new Listener()
  let ends = 0
  for (;;) {
    let left = Math.floor(random.uniform(0, 120))
    const deliver = async (topic: string, payload: unknown) => {
      if (left-- <= 0) throw new Error("ended")
      await listener.hear(topic, payload)
    }
    try {
      await new Outbox(log, topics, deliver, new Cursors(data)).publish()
      break
    } catch (error) {
      expect((error as Error).message).toBe("ended")
      ends++
    }
  }
  expect(ends).toBeGreaterThan(5)
  expect(listener.all).toEqual(stored())
  expect([...listener.cycles.keys()]).toEqual([1, 2])
})

it("publishes a page that was damaged once it was fetched again", async () => {
  const data = join(folder, "repaired")
  const listener = new Listener()
  const cursors = new Cursors(data)
  await new Outbox(log, topics, listener.hear, cursors).publish()
  const before = listener.messages
  const writer = log.writer()
  const page = Uint8Array.from(log.current.page(3) as Uint8Array)
  writer.repair(3, page)
  writer.close()
  expect(await new Outbox(log, topics, listener.hear, cursors).publish()).toBe(1)
  expect(listener.messages).toBe(before + 1)
  expect(listener.all).toEqual(stored())
})
