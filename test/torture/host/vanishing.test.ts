import { afterEach, expect, test } from "vitest"
import { BoardClient } from "../../../host/boardClient"
import { FollowedBoard } from "../../../host/follow/followedBoard"
import { type Change, Follower } from "../../../host/follow/follower"
import { LinkLostError } from "../../../host/errors"
import { circuit } from "../../../host/manifest"
import { compileProtocol } from "../../../host/protocol/compile"
import * as service from "../../../host/service"
import type { Session } from "../../../host/session"
import { encodeFrame, JdUsbDecoder, openingFrames } from "../../../host/transport/jdusb"
import { FrameSplitter, withLength } from "../../../host/transport/tcp"
import { readFirmware } from "../../../host/transport/simulated"
import { SimulatedBoard } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { UsbBridge } from "../../../sim/server/usbBridge"
import { protocol } from "../../scenario/harness"
import { report, withCrc } from "../hostile/scriptedBoard"
import { SharedBoard } from "./sharedBoard"

const links: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const link of links.splice(0)) await link.close()
})

const METHOD = [{ step: "constant_current" as const, current_mA: 5, until_time_s: 600 }]
const PROGRAM = compileProtocol(protocol(METHOD), { name: "A" }, circuit).bytes

function newDecoder(heard: Uint8Array[]): JdUsbDecoder {
  return new JdUsbDecoder(
    (frame) => heard.push(frame),
    () => {},
  )
}

/** Of a device that has our service. */
function isAnnouncement(frame: Buffer): boolean {
  return frame[13] === 0 && frame[12] >= 8 && frame.readUInt32LE(20) === service.serviceClass()
}

/** A board behind its USB line, and what it says there. */
class Wired {
  readonly cell = new Resistor(50)
  readonly board = new SimulatedBoard({ seed: 41, firmware: readFirmware(), cells: [this.cell] })
  readonly bridge = new UsbBridge()
  readonly heard: Uint8Array[] = []
  private decoder = newDecoder(this.heard)
  private deviceId: Uint8Array | undefined

  constructor() {
    this.board.onFrame = (frame) => this.bridge.sendFrame(frame)
    this.bridge.onFrame = (frame) => this.board.send(frame)
    this.board.powerOn()
    this.write(...openingFrames)
    this.wait_ms(6_000)
    this.deviceId = this.heard.find((frame) => isAnnouncement(Buffer.from(frame)))?.slice(4, 12)
  }

  write(...frames: Uint8Array[]): void {
    for (const frame of frames) this.bridge.receive(encodeFrame(frame))
  }

  wait_ms(duration_ms: number): void {
    for (let passed = 0; passed < duration_ms; passed += 10) {
      this.board.advanceBy_ms(10)
      for (let bytes = this.bridge.pull(); bytes; bytes = this.bridge.pull())
        this.decoder.push(bytes)
    }
  }

  /** A command as a host frames it. */
  command(name: string, values: service.Values): Buffer {
    const frame = report(service.commandCode(name), service.packCommand(name, values))
    frame[3] = 1
    frame.set(this.deviceId ?? [], 4)
    return withCrc(frame)
  }

  /** The port is gone, and there again: a board with a USB chip of its own keeps what stood in its line. */
  replug(isForgotten: boolean): void {
    if (isForgotten) this.bridge.reset()
    this.decoder = newDecoder(this.heard)
    this.write(...openingFrames)
  }

  /** Reports of a command that came since the last call, by its name. */
  answers(name: string): service.Values[] {
    const code = service.commandCode(name)
    return this.heard
      .splice(0)
      .filter((frame) => frame[13] === 1 && frame[14] === code && frame[15] === 0)
      .map((frame) => service.unpackReport(name, frame.slice(16, 16 + frame[12])))
  }
}

test.each([false, true])(
  "the port vanishes at any byte of an order, the board's end %s what it had: it is done or not, and the next is, seed 41",
  (isForgotten) => {
    const wired = new Wired()
    for (let offset = 0; offset < PROGRAM.length; offset += 192) {
      wired.write(wired.command("write_program", [offset, 0, PROGRAM.slice(offset, offset + 192)]))
      wired.wait_ms(100)
    }
    const checksum = Buffer.from(PROGRAM).readInt32LE(124)
    const order = encodeFrame(wired.command("start", [checksum, 1, 0]))
    for (let cut = 0; cut < order.length; cut++) {
      wired.bridge.receive(order.subarray(0, cut))
      wired.replug(isForgotten)
      wired.answers("status")
      wired.write(wired.command("status", [0]))
      wired.wait_ms(200)
      const [status] = wired.answers("status")
      // Idle: the state stands at this place of the report.
      expect([cut, status?.[9]]).toEqual([cut, 0])
    }
    wired.bridge.receive(order)
    wired.wait_ms(20_000)
    wired.answers("status")
    wired.write(wired.command("status", [0]))
    wired.wait_ms(200)
    expect(wired.answers("status")[0]?.[9]).toBe(service.enumValue("State", "Running"))
    expect(wired.cell.charge_C).toBeGreaterThan(0)
  },
)

test("the port vanishes at any byte of an answer: the host hears it whole or not at all, over USB and TCP", () => {
  const answer = report(service.commandCode("status"), Buffer.alloc(38, 0xfe))
  const next = report(service.commandCode("pause"), Buffer.of(0, 0))
  for (const isUsb of [true, false]) {
    const bytes = isUsb ? encodeFrame(answer) : withLength(answer)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const heard: string[] = []
      const hear = (frame: Uint8Array) => heard.push(Buffer.from(frame).toString("hex"))
      const open = () => (isUsb ? new JdUsbDecoder(hear, () => {}) : new FrameSplitter(hear))
      open().push(bytes.subarray(0, cut))
      const again = open()
      // Of a line that was not closed, the rest comes when it is open again.
      if (isUsb) again.push(bytes.subarray(cut))
      again.push(isUsb ? encodeFrame(next) : withLength(next))
      const whole = cut === bytes.length || (isUsb && cut === 0) ? [answer.toString("hex")] : []
      expect([cut, heard]).toEqual([cut, [...whole, next.toString("hex")]])
    }
  }
})

test("a board that comes back under another name is the same board, its test goes on and is followed, seed 42", async () => {
  const cell = new Resistor(50)
  const board = new SimulatedBoard({ seed: 42, firmware: readFirmware(), cells: [cell] })
  board.powerOn()
  const shared = new SharedBoard(board)
  const changes: Change[] = []
  const fetched: string[] = []
  let address = "/dev/ttyACM0"
  const open = async (addresses: ReadonlySet<string>): Promise<Session[]> => {
    if (addresses.has(address)) return []
    const link = await shared.link(address)
    links.push(link)
    const client = await BoardClient.find(link)
    const firmware = await client.firmware()
    return [{ link, board: client, firmware, isSimulated: true, close: async () => {} }]
  }
  const [first] = await open(new Set())
  await first.board.start(0, 1, PROGRAM)
  const follower = new Follower({
    clock: first.link,
    open,
    fetch: async ({ link }) => {
      fetched.push(link.address)
    },
    onChange: (change) => changes.push(change),
    onProblem: (text) => {
      throw new Error(text)
    },
    every_ms: 1_000,
  })
  const round = async () => {
    await follower.round()
    board.advanceBy_ms(10_000)
  }
  await round()
  const [followed] = [...follower.boards.values()]
  // The port vanishes: whatever is asked there gets no answer.
  const { session } = followed
  if (session === undefined) throw new Error("the board is not there")
  session.link.settle = () => Promise.reject(new LinkLostError(session.link.address))
  address = "/dev/ttyACM1"
  await round()
  await round()
  await round()
  expect(follower.boards.size).toBe(1)
  expect(followed).toBeInstanceOf(FollowedBoard)
  expect(fetched).toContain("/dev/ttyACM1")
  expect(changes.map(({ kind }) => kind)).toEqual([
    "board_found",
    "found",
    "board_lost",
    "board_back",
  ])
  expect(followed.channels[0].status).toMatchObject({ state: "Running", test: 1 })
})
