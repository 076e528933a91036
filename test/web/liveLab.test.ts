import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { readNotifyConfig } from "../../host/notify/config"
import { planTest, startTests } from "../../host/start"
import { Store } from "../../host/store/store"
import { Lab } from "../../host/live/lab"
import { ConflictError, NotFoundError } from "../../host/errors"
import { Resistor } from "../../sim/cells/resistor"
import { type Served, serve } from "../transport/served"

const SEED = 650
const PROTOCOL = {
  record: { time_s: 1 },
  safety: { max_voltage_V: 2, min_voltage_V: -1, max_current_mA: 20 },
  allow_uncalibrated: true,
  method: [{ step: "constant_current", current_mA: 5, until_time_s: 86_400 }],
}
const WAIT = { timeout: 60_000 }

let folder: string
let served: Served
let lab: Lab
let unwatch: () => void
let running: Promise<void>
const ending = new AbortController()
const kinds = () => lab.happenings.since(0).happened.map(({ kind }) => kind)
const board = () => lab.boards[0]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lab-"))
  served = await serve({ seed: SEED, speed: 20, cells: [new Resistor(50)] })
  const notify = readNotifyConfig(folder, {})
  lab = new Lab({ store: Store.open(folder), notify, ports: [served.tcp] })
  unwatch = lab.watch(() => {})
  running = lab.run(ending.signal)
})
afterAll(async () => {
  await served.stop()
  rmSync(folder, { recursive: true })
})

test(`a board is found and looked at, seed ${SEED}`, async () => {
  await vi.waitUntil(() => lab.boards.length > 0, WAIT)
  expect(board()).toMatchObject({ isThere: true, isSimulated: true, address: served.tcp })
  expect(board().channels.map(({ state }) => state)).toEqual(["Idle", "Idle", "Idle", "Idle"])
  expect([kinds(), lab.problems]).toEqual([["board_found"], []])
  expect(() => lab.session("0000000000000000")).toThrow(NotFoundError)
})

test(`a test that is started is seen, read and stored, seed ${SEED}`, async () => {
  const protocol = { fileName: "p.json", text: JSON.stringify(PROTOCOL) }
  const planned = planTest(0, protocol, { fileName: "cell.yaml", text: "name: R50" })
  const [{ id, test: number }] = await lab.act(board().id, (session) =>
    startTests(session, lab.store, [planned]),
  )
  const read = () => lab.readings.since(board().id, 0, number, 0)
  await vi.waitUntil(() => read().time_s.length > 1, WAIT)
  expect(read().voltage_V.at(-1)).toBeCloseTo(0.25, 1)
  expect(board().channels[0]).toMatchObject({ state: "Running", test: { id, cell: "R50", number } })
  expect(kinds()).toContain("started")
  await vi.waitUntil(() => lab.told(board().id) !== undefined, WAIT)
})

test(`a board that is pulled is away, and comes back, seed ${SEED}`, async () => {
  const { id } = board()
  served.server.unplug()
  await vi.waitUntil(() => !board().isThere && lab.problems.length > 0, WAIT)
  expect(lab.problems).toEqual([expect.stringContaining("nothing listens there")])
  expect(() => lab.session(id)).toThrow(ConflictError)
  await expect(lab.act(id, async () => {})).rejects.toThrow("is away; its tests go on")
  served.server.plug()
  lab.searchSoon()
  await vi.waitUntil(() => board().isThere && lab.problems.length === 0, WAIT)
  expect(kinds().slice(-3)).toEqual(["board_lost", "problem", "board_back"])
  expect(board().channels[0].state).toBe("Running")
})

test(`at the end all that is stored is there, and the test goes on, seed ${SEED}`, async () => {
  unwatch()
  ending.abort()
  await running
  const [stored] = lab.store.tests()
  expect(lab.store.board(stored.board).next).toBeGreaterThan(0)
  expect(served.board.channels[0].cell_V).toBeDefined()
})
