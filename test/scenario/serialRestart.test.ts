import { afterEach, expect, test } from "vitest"
import { LinkLostError } from "../../host/errors"
import { openBoard } from "../../host/session"
import { Resistor } from "../../sim/cells/resistor"
import { hasSocat, type Served, serve } from "../transport/served"
import { protocol, type Rig, start, startRig } from "./harness"
import { running } from "./running"

let rig: Rig | undefined
let served: Served | undefined
afterEach(async () => {
  await rig?.close()
  await served?.stop()
  rig = undefined
  served = undefined
})

const hold = protocol([{ step: "constant_current", current_mA: 10, until_time_s: 1e6 }])

/** A board on which a test runs; nothing is said to it for a while. */
async function testing(seed: number, silent_ms: number): Promise<Rig> {
  rig = await startRig({ seed, cells: [new Resistor(50)] })
  await start(rig, 0, 5, hold)
  await running(rig, 0)
  await rig.link.sleep_ms(silent_ms)
  return rig
}

test.each([0, 700, 60_000])(
  "a request right after power returns waits for the board, %s ms after the last, seed 451",
  async (silent_ms) => {
    const { board, client } = await testing(451, silent_ms)
    board.powerOff()
    board.powerOn()
    expect(await client.status(0)).toMatchObject({ test: 5, pause: "Restart" })
    expect(await client.bootCount()).toBe(2)
  },
)

test("so does one right after a reset, and each of those that wait behind it, seed 452", async () => {
  const { board, client } = await testing(452, 100)
  board.resetMcu()
  const [status, boots, problem] = await Promise.all([
    client.status(0),
    client.bootCount(),
    client.problem(),
  ])
  expect([status.test, boots, problem]).toEqual([5, 2, ""])
  board.resetMcu()
  await client.resume(0)
  expect((await client.status(0)).state).toBe("Zeroing")
})

test("a reset while the answer is awaited: the board is asked again, seed 453", async () => {
  const { board, client, link } = await testing(453, 100)
  const answer = client.status(0)
  await link.settle(link.bus.delay(0))
  board.resetMcu()
  expect((await answer).test).toBe(5)
})

test.each([1_000, 3_000])(
  "the supply is off for %s ms: a request outlasts that, seed 454",
  async (off_ms) => {
    const { board, client, link } = await testing(454, 100)
    board.powerOff()
    const answer = client.status(0)
    await link.settle(link.bus.delay(off_ms))
    board.powerOn()
    expect((await answer).test).toBe(5)
  },
)

test("a board that stays off is given up, in words, and found again later, seed 455", async () => {
  const { board, client, link } = await testing(455, 100)
  board.powerOff()
  const before_ms = link.now_ms
  await expect(client.status(0)).rejects.toThrow("The board is gone from its link")
  expect(link.now_ms - before_ms).toBeLessThan(10_000)
  await expect(client.status(0)).rejects.toThrow("The board is gone from its link")
  board.powerOn()
  expect((await client.status(0)).test).toBe(5)
})

test("a board whose memory is gone says so at once after a start, seed 456", async () => {
  const { board, client, link } = await testing(456, 100)
  board.powerOff()
  board.framMemory.fill(0)
  board.i2c.disconnect(0x50)
  board.powerOn()
  const before_ms = link.now_ms
  expect(await client.problem()).toContain("0x50")
  expect(link.now_ms - before_ms).toBeLessThan(7_000)
})

test.skipIf(!hasSocat)(
  "over the serial port: a reset is survived, an unplugging is told at once, seed 457",
  async () => {
    served = await serve({ seed: 457, speed: 5, withPty: true })
    const { server, pty } = served
    const session = await openBoard({ port: pty })
    server.reset()
    expect(await session.board.bootCount()).toBe(2)
    const waiting = Promise.all([1, 2, 3].map(() => session.board.status(0))).catch(
      (error) => error,
    )
    server.unplug()
    expect(await waiting).toBeInstanceOf(LinkLostError)
    await expect(session.board.status(0)).rejects.toThrow(`The connection at ${pty} is gone`)
    await session.close()
    await expect(openBoard({ port: pty })).rejects.toThrow("there is no such port")
    server.plug()
    const again = await reopened(pty)
    expect(await again.board.bootCount()).toBe(2)
    await again.close()
    server.cut()
    server.power()
    const later = await reopened(pty)
    expect(await later.board.bootCount()).toBe(3)
    await later.close()
  },
)

/** Opens a port as soon as it is there. */
async function reopened(port: string) {
  for (;;)
    try {
      return await openBoard({ port })
    } catch (error) {
      if (!/no such port|went away/.test((error as Error).message)) throw error
    }
}
