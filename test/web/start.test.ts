import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { CALIBRATION_TEST, calibrate } from "../../host/calibrate"
import { SimulatedBench } from "../../sim/calibrationBench"
import { Resistor } from "../../sim/cells/resistor"
import { type Rig, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { type RigLab, rigLab } from "./rigLab"

let rig: Rig
let web: RigLab
beforeAll(async () => {
  const cells = [0, 1, 2].map(() => new Resistor(20))
  rig = await startRig({ seed: 621, cells, firmware: "native" })
  const bench = new SimulatedBench(rig.board, 621)
  await calibrate(rig.link, rig.client, bench, [0, 2], CALIBRATION_TEST, 1_767_225_600)
  web = await rigLab(rig)
})
afterAll(async () => {
  web.close()
  await rig.close()
})

const method = (
  current_mA: number,
) => `safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 }
method:
  - { step: constant_current, current_mA: ${current_mA}, until_time_s: 3600 }
`
const cell = { name: "Li-12", type: "Li||Li", diameter_mm: 14, assembled: "2026-01-01" }
const body = (channel: number, current_mA = 1, more = {}) => ({
  board: rig.client.id,
  channel,
  cell,
  protocol: { fileName: "plating.yaml", text: method(current_mA) },
  ...more,
})
const start = (...args: Parameters<typeof body>) => web.post("/api/start", body(...args))
const folders = () => {
  const tests = join(web.lab.store.folder, "tests")
  return existsSync(tests) ? readdirSync(tests) : []
}

test("calibrations tell which channels can be used, seed 621", async () => {
  const { body } = await web.get(`/api/boards/${rig.client.id}/calibrations`)
  const calibrated = { date_unix_s: 1_767_225_600, standard: expect.any(String) }
  expect(body.channels).toEqual([calibrated, null, calibrated, null])
  expect((await web.get("/api/boards/none/calibrations")).status).toBe(404)
})

test.each([
  ["an uncalibrated channel", 1, {}, 409, "channel 1 is not calibrated"],
  ["a channel that is not there", 7, {}, 409, "no channel 7"],
  ["a board that is not there", 0, { board: "ffffffffffffffff" }, 404, "no board"],
  ["a cell without a name", 0, { cell: { type: "half" } }, 400, "name: is missing"],
  [
    "more current than is safe",
    0,
    { protocol: { fileName: "x", text: method(6) } },
    400,
    "x:3: method[0]",
  ],
  ["no protocol", 0, { protocol: undefined }, 400, "protocol: is missing"],
] as [string, number, object, number, string][])(
  "%s is refused with what is wrong, and leaves nothing behind, seed 621",
  async (_, channel, more, status, message) => {
    const answer = await start(channel, 1, more)
    expect(answer).toEqual({
      status,
      body: { error: { message: expect.stringContaining(message) } },
    })
    expect(folders()).toEqual([])
  },
)

test("of two starts at once on one channel one runs, with its own program, seed 621", async () => {
  const both = await Promise.all([start(0, 2), start(0, -2)])
  expect(both.map(({ status }) => status)).toEqual([200, 409])
  expect(both[1].body.error.message).toContain("is on channel 0")
  const status = await running(rig, 0)
  expect(status.current_A).toBeCloseTo(0.002, 5)
  expect(folders()).toEqual([both[0].body.test])
})

test("what was given is kept as files, seed 621", async () => {
  const file = { fileName: "../../my plan\u202e.YAML", text: method(1) }
  const { status, body } = await start(2, 1, { protocol: file })
  expect([status, body.warnings]).toEqual([200, []])
  const stored = web.lab.store.test(body.test)
  expect(stored.cell).toMatchObject({ name: "Li-12", type: "Li||Li", diameter_mm: 14 })
  expect(stored.cell.assembled).toBe("2026-01-01")
  expect(stored.cell.area_cm2).toBeCloseTo(1.5394, 4)
  expect(stored.protocol).toEqual({ fileName: "my plan.YAML", text: method(1) })
})

test("a fault that waits is refused with what it is, seed 621", async () => {
  rig.board.channels[2].attach(undefined, rig.board.clock.now_us)
  await rig.link.sleep_ms(20_000)
  const { status, body } = await start(2)
  expect([status, body.error.message]).toEqual([
    409,
    expect.stringContaining("a fault waits on channel 2: no current can flow"),
  ])
})
