import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { download } from "../../host/store/download"
import { Store } from "../../host/store/store"
import { Resistor } from "../../sim/cells/resistor"
import { finish, protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

let rig: Rig
const folders: string[] = []
afterEach(async () => {
  await rig.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A host with a store of its own. */
class Host {
  readonly store: Store

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), "coincell-"))
    folders.push(folder)
    this.store = Store.open(folder)
  }

  /** @param batches after which it is cut short */
  async fetch(batches = Number.POSITIVE_INFINITY): Promise<void> {
    const controller = new AbortController()
    let heard = 0
    const session = {
      board: rig.client,
      firmware: { version: "0", board: "sim" },
      isSimulated: true,
    }
    await download(session, this.store.board(rig.client.id), {
      signal: controller.signal,
      onProgress: () => {
        if (++heard >= batches) controller.abort()
      },
    })
  }

  /** All that it has of tests: what they are called, their bytes, and what these tell. */
  tests() {
    return this.store.tests().map((one) => {
      const reader = one.reader()
      return {
        id: one.id,
        pages: Buffer.concat([...one.pages()]),
        records: [...reader],
        about: reader.about,
        summary: one.summary(),
      }
    })
  }
}

const hold = (current_mA: number, until_time_s: number) =>
  protocol([{ step: "constant_current", current_mA, until_time_s }], { record: { time_s: 0.1 } })

test("two hosts get the same tests, whenever they come, cut short or not, power cuts and all, seed 410", async () => {
  rig = await startRig({ seed: 410, cells: [new Resistor(50), new Resistor(70)] })
  const often = new Host()
  const late = new Host()
  await rig.client.setTime(rig.link.unixTime_ms)
  await start(rig, 0, 1, hold(10, 300))
  await start(rig, 1, 1, hold(-10, 600))
  await running(rig, 0)
  for (let look = 0; look < 5; look++) {
    await rig.link.sleep_ms(20_000)
    await often.fetch()
  }
  rig.board.powerOff()
  rig.board.powerOn()
  await rig.link.sleep_ms(30_000)
  for (const channel of [0, 1])
    if ((await rig.client.status(channel)).waitsForPerson) await rig.client.resume(channel)
  await rig.link.sleep_ms(60_000)
  await late.fetch(1)
  await finish(rig, 1_000)
  // The number is given a second time, by a host that knows nothing of the first.
  await start(rig, 1, 1, hold(5, 30))
  await finish(rig, 100)
  await rig.link.sleep_ms(1_500)
  await often.fetch(1)
  await often.fetch()
  await late.fetch()
  const tests = often.tests()
  expect(tests).toEqual(late.tests())
  const { name } = rig.client
  expect(tests.map(({ id }) => id)).toEqual([`${name}-0-1`, `${name}-1-1`, `${name}-1-1.2`])
  expect(tests.map(({ summary }) => summary.state)).toEqual(["finished", "finished", "finished"])
  expect(tests[0].about).toMatchObject({ lostPages: 0, duplicatePages: 0 })
  expect(tests[0].about.gaps.map(({ kind }) => kind)).toContain("restart")
  expect(tests[0].pages.length).toBeGreaterThan(50 * 256)
})
