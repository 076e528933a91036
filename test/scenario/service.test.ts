import { afterEach, expect, test } from "vitest"
import { HEADER_BYTES, STEP_BYTES } from "../../firmware/core/program"
import { buildHash } from "../../firmware/buildHash.mjs"
import packageJson from "../../package.json" with { type: "json" }
import { BoardClient } from "../../host/boardClient"
import { ProgramRefusedError } from "../../host/errors"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { Resistor } from "../../sim/cells/resistor"
import { protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

let rig: Rig
afterEach(() => rig.close())

const hold = (current_mA: number) =>
  protocol([{ step: "constant_current", current_mA, until_time_s: 1e6 }])

/** As many steps as a program takes. */
const longest = protocol(
  Array.from({ length: 64 }, () => ({
    step: "constant_current" as const,
    current_mA: 1,
    until_time_s: 60,
    until_voltage_V: 4,
    until_capacity_mAh: 1,
  })),
)

test("a board tells which firmware it runs, seed 50", async () => {
  rig = await startRig({ seed: 50, cells: [] })
  const { version, board, build } = await rig.client.firmware()
  expect({ version, board }).toEqual({ version: packageJson.version, board: "sim" })
  expect(build).toBe(buildHash())
})

test("the clock that a host sets runs on, and is gone after a start, seed 51", async () => {
  rig = await startRig({ seed: 51, cells: [] })
  expect((await rig.client.time()).unix_ms).toBeUndefined()
  const now_ms = 1_790_000_000_123
  const set_ms = await rig.client.setTime(now_ms)
  await rig.link.sleep_ms(3_600_000)
  const { board_ms, unix_ms } = await rig.client.time()
  expect(unix_ms).toBe(now_ms + board_ms - set_ms)
  await rig.client.setTime((unix_ms ?? 0) + 150)
  expect((await rig.client.time()).unix_ms).toBeLessThan((unix_ms ?? 0) + 150)
  expect(board_ms - set_ms).toBeGreaterThan(3_600_000 * 0.9999)
  rig.board.powerOff()
  rig.board.powerOn()
  await rig.link.sleep_ms(3000)
  expect((await rig.client.time()).unix_ms).toBeUndefined()
  expect(await rig.client.bootCount()).toBe(2)
})

test("the longest program is checked beside a running test, which misses nothing, seed 52", async () => {
  rig = await startRig({ seed: 52, cells: [new Resistor(50), new Resistor(50)] })
  await start(rig, 0, 1, hold(10))
  await running(rig, 0)
  const { bytes } = compileProtocol(longest, { name: "cell" }, circuit)
  expect(bytes.length).toBe(HEADER_BYTES + 64 * STEP_BYTES)
  const before_ms = rig.link.now_ms
  await rig.client.start(1, 2, bytes)
  expect(rig.link.now_ms - before_ms).toBeLessThan(10_000)
  for (const channel of [0, 1]) await running(rig, channel)
})

test("a step that was spoilt on its way is named, and nothing starts, seed 53", async () => {
  rig = await startRig({ seed: 53, cells: [new Resistor(50)] })
  const { bytes } = compileProtocol(longest, { name: "cell" }, circuit)
  bytes[HEADER_BYTES + 40 * STEP_BYTES + 13] ^= 1
  const refusal = await rig.client.start(0, 1, bytes).catch((error) => error)
  expect(refusal).toBeInstanceOf(ProgramRefusedError)
  expect(refusal).toMatchObject({ channel: 0, step: 40, key: "Checksum" })
  bytes[8] ^= 1
  const headless = await rig.client.start(0, 1, bytes).catch((error) => error)
  expect(headless).toMatchObject({ step: undefined, key: "Checksum" })
  expect((await rig.client.status(0)).state).toBe("Idle")
})

test("two programs at once are checked, each for its own host, whichever comes first, seed 54", async () => {
  rig = await startRig({ seed: 54, cells: [new Resistor(50), new Resistor(50)] })
  const other = await BoardClient.find(rig.link)
  const order: string[] = []
  const long = compileProtocol(longest, { name: "cell" }, circuit).bytes
  long[HEADER_BYTES + 60 * STEP_BYTES + 13] ^= 1
  // Takes as long to send, but its check would be over at once.
  const short = new Uint8Array(long.length)
  short.set(compileProtocol(hold(1), { name: "cell" }, circuit).bytes)
  const refused = rig.client.start(0, 1, long).catch((error) => {
    order.push("refused")
    return error
  })
  const started = other.start(1, 1, short).then(() => order.push("started"))
  expect(await refused).toMatchObject({ channel: 0, step: 60 })
  await started
  expect(order.sort()).toEqual(["refused", "started"])
  expect((await rig.client.status(1)).state).toBe("Zeroing")
})

test("pause and resume keep the place; refusals say why, seed 55", async () => {
  rig = await startRig({ seed: 55, cells: [new Resistor(50)] })
  const { client, board, link } = rig
  await expect(client.pause(0)).rejects.toThrow("no test is running")
  await expect(client.resume(0)).rejects.toThrow("that could be gone on with")
  await expect(client.stop(7)).rejects.toThrow("no channel 7: its channels are 0 to 3")
  await start(rig, 0, 3, hold(10))
  await running(rig, 0, 20)
  await expect(client.resume(0)).rejects.toThrow("that could be gone on with")
  await client.pause(0)
  await link.sleep_ms(1000)
  const paused = await client.status(0)
  expect(paused).toMatchObject({ state: "Paused", pause: "Host", waitsForPerson: false, step: 0 })
  expect(board.channels[0].current_A).toBe(0)
  await link.sleep_ms(60_000)
  const later = await client.status(0)
  expect(later.testTime_s).toBe(paused.testTime_s)
  expect(later.stepCharge_Ah).toBe(paused.stepCharge_Ah)
  await client.resume(0)
  const resumed = await running(rig, 0, paused.stepTime_s + 5)
  expect(resumed).toMatchObject({ pause: "None", test: 3 })
  expect(resumed.stepTime_s).toBeLessThan(paused.stepTime_s + 10)
  expect(resumed.temperature_degC).toBeCloseTo(25, 0)
  await client.stop(0)
  expect(await client.status(0)).toMatchObject({ state: "Finished", end: "Host", pause: "None" })
})

test("what a host says of the log outlives a power cut, seed 56", async () => {
  rig = await startRig({ seed: 56, cells: [new Resistor(50)] })
  const { client, board, link } = rig
  const policy = (await client.logRange()).policy
  expect(policy).toBe("Overwrite")
  await start(rig, 0, 1, hold(10))
  await link.sleep_ms(120_000)
  await client.stop(0)
  await link.sleep_ms(3000)
  const { next } = await client.logRange()
  expect(next).toBeGreaterThan(1)
  await client.acknowledgeLog(next)
  await client.releaseLog(next - 1)
  await client.setLogPolicy("Stop")
  await expect(client.acknowledgeLog(next + 1000)).rejects.toThrow("has not written it yet")
  const said = { downloaded: next, released: next - 1, policy: "Stop", isFull: false }
  expect(await client.logRange()).toMatchObject(said)
  board.powerOff()
  board.powerOn()
  await link.sleep_ms(5000)
  expect(await client.logRange()).toMatchObject(said)
})
