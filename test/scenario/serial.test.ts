import { expect, test } from "vitest"
import { BoardClient } from "../../host/boardClient"
import { openBoard, type Session } from "../../host/session"
import { SimulatedLink } from "../../host/transport/simulated"
import { Resistor } from "../../sim/cells/resistor"
import { Random } from "../../sim/random"
import { hasSocat, type Served, serveBoard } from "../transport/served"
import { logged, protocol, type Rig, start, startRig } from "./harness"

const TEST_s = 1200
const method = protocol([
  { step: "constant_current", current_mA: 10, until_time_s: TEST_s / 2 },
  { step: "constant_current", current_mA: -10, until_time_s: TEST_s / 2 },
])
/** Fast enough for a test, slow enough that some hundred requests fall into it. */
const SPEED = 150

/** A board on which the test runs, its clock set. */
async function running(seed: number): Promise<Rig> {
  const rig = await startRig({ seed, cells: [new Resistor(50)] })
  await rig.client.setTime(rig.link.unixTime_ms)
  await start(rig, 0, 7, method)
  return rig
}

/** What a client may do while it is there. */
async function visit(session: Session, random: Random): Promise<void> {
  const { board } = session
  const visits = 1 + Math.floor(3 * random.uniform())
  for (let i = 0; i < visits; i++) {
    expect((await board.status(0)).fault).toBe("None")
    const { first, next } = await board.logRange()
    await board.readLog(Math.max(first, next - 3), next)
  }
}

/** Clients come and go by serial port and TCP, politely or not, until the board has come so far. */
async function comeAndGo(served: Served, port: string, until_ms: number, random: Random) {
  let visits = 0
  while (served.board.now_ms < until_ms) {
    const session = await openBoard({ port }).catch((error) => {
      // The cable was out at that moment.
      if (
        /no such port|gone|went away|nothing listens|no DeviceScript|not answer/.test(error.message)
      )
        return undefined
      throw error
    })
    if (session === undefined) continue
    try {
      await visit(session, random)
      visits++
    } catch (error) {
      if (!/gone/.test((error as Error).message)) throw error
    }
    await session.close()
  }
  return visits
}

/** Pulls the cable now and then. */
async function pull(served: Served, until_ms: number, random: Random): Promise<void> {
  while (served.board.now_ms < until_ms) {
    await new Promise((resolve) => setTimeout(resolve, 2000 + 2000 * random.uniform()))
    served.server.unplug()
    await new Promise((resolve) => setTimeout(resolve, 100 * random.uniform()))
    served.server.plug()
  }
}

test.skipIf(!hasSocat)(
  "hosts come and go, the cable too, and the test does not notice, seed 401",
  async () => {
    const alone = await running(401)
    await alone.link.sleep_ms((TEST_s + 60) * 1000)
    const expected = await logged(alone, 0, 7)
    await alone.close()

    const { board, link } = await running(401)
    await link.close()
    const served = await serveBoard(board, SPEED, true)
    const until_ms = board.now_ms + (TEST_s + 60) * 1000
    const random = new Random(401, "clients")
    const [bySerial, byTcp] = await Promise.all([
      comeAndGo(served, served.pty, until_ms, random.stream("serial")),
      comeAndGo(served, served.tcp, until_ms, random.stream("tcp")),
      pull(served, until_ms, random.stream("cable")),
    ])
    await served.stop()
    expect(Math.min(bySerial, byTcp)).toBeGreaterThan(0)

    const after = new SimulatedLink(board)
    await after.connect()
    const client = await BoardClient.find(after)
    expect(await client.bootCount()).toBe(1)
    const found = await logged({ board, link: after, client, close: () => after.close() }, 0, 7)
    expect(found.end).toEqual(expected.end)
    expect(found.samples.length).toBe(expected.samples.length)
    found.samples.forEach((sample, i) => {
      const other = expected.samples[i]
      expect([sample.stepCount, sample.isFirst]).toEqual([other.stepCount, other.isFirst])
      expect(Math.abs(sample.time_s - other.time_s)).toBeLessThan(0.25)
      expect(Math.abs(sample.voltage_V - other.voltage_V)).toBeLessThan(1e-3)
      expect(Math.abs(sample.stepCharge_Ah - other.stepCharge_Ah)).toBeLessThan(1e-6)
    })
    await after.close()
  },
)
