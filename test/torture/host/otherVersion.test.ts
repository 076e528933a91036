import { afterEach, expect, test } from "vitest"
import { circuit } from "../../../host/manifest"
import { compileProtocol } from "../../../host/protocol/compile"
import * as service from "../../../host/service"
import { findBoards, openBoard } from "../../../host/session"
import { readFirmware } from "../../../host/transport/simulated"
import { SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { protocol } from "../../scenario/harness"
import { ScriptedHost } from "../../scenario/scriptedHost"
import { type Served, serveBoard } from "../../transport/served"

const COMMAND_FLAG = 1
const OUR_SERVICE = 1

let served: Served | undefined
afterEach(async () => {
  await served?.stop()
  served = undefined
})

/** The firmware as one of another version says it is. */
function firmwareOf(version: string): Uint8Array {
  const bytes = Buffer.from(readFirmware())
  bytes.write(version, bytes.indexOf("0.1.0"), "latin1")
  return bytes
}

/** Commands in a frame, other than to read a register: codes of packets to our service. */
function ordersIn(frame: Uint8Array): number[] {
  const bytes = Buffer.from(frame)
  const orders: number[] = []
  for (let at = 12; at < 12 + bytes[2]; at += (4 + bytes[at] + 3) & ~3) {
    const code = bytes.readUInt16LE(at + 2)
    if ((bytes[3] & COMMAND_FLAG) !== 0 && bytes[at + 1] === OUR_SERVICE && code >> 12 !== 1)
      orders.push(code)
  }
  return orders
}

test.each(["0.0.9", "0.2.0", "9.9.9"])(
  "a board of version %s is refused with the mend named; it is told nothing, and its test goes on, seed 36",
  async (version) => {
    const cell = new Resistor(50)
    const board = new SimulatedBoard({ seed: 36, firmware: firmwareOf(version), cells: [cell] })
    board.powerOn()
    const own = new ScriptedHost(board)
    const method = [{ step: "constant_current" as const, current_mA: 5, until_time_s: 1e6 }]
    own.load(6, 0, compileProtocol(protocol(method), { name: "A" }, circuit).bytes)
    own.start(8, 0, 1)
    board.runUntil_ms(40_000)
    const before_C = cell.charge_C
    expect(before_C).toBeGreaterThan(0)
    const orders: number[] = []
    const send = board.send.bind(board)
    board.send = (frame) => {
      orders.push(...ordersIn(frame))
      send(frame)
    }
    served = await serveBoard(board, 20)
    const { sessions, failures } = await findBoards({ port: served.tcp })
    expect(sessions).toEqual([])
    expect(failures[0].message).toContain(
      `the board has firmware ${version}, this host wants 0.1.0`,
    )
    expect(failures[0].message).toMatch(/the host of its version/)
    await expect(openBoard({ port: served.tcp })).rejects.toThrow(version)
    expect(orders).toEqual([])
    await served.stop()
    served = undefined
    const { now_ms } = board
    board.runUntil_ms(now_ms + 10_000)
    expect(cell.charge_C - before_C).toBeGreaterThan(0.005 * 9)
  },
)

test("a board of this version is told the time: what is told is seen, seed 37", async () => {
  const board = new SimulatedBoard({ seed: 37, firmware: readFirmware(), cells: [] })
  board.powerOn()
  board.runUntil_ms(10_000)
  const orders: number[] = []
  const send = board.send.bind(board)
  board.send = (frame) => {
    orders.push(...ordersIn(frame))
    send(frame)
  }
  served = await serveBoard(board, 20)
  const session = await openBoard({ port: served.tcp })
  await session.close()
  expect(orders).toEqual([service.commandCode("set_time")])
})
