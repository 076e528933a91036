import { crc } from "jacdac-ts"
import * as service from "../../host/service"
import type { SimulatedBoard } from "../../sim/board"

const HEADER_BYTES = 16
const COMMAND_FLAG = 1
const GET_REGISTER = 0x1000
const PROGRAM_CHUNK = 192
const CHECKSUM_AT = 124

/**
 * A host that says what it has to say at given instants and waits for no answer: how fast a board answers then
 * makes no difference to it.
 */
export class ScriptedHost {
  private deviceId: Uint8Array | undefined
  /** By channel, what tells the program that was loaded last from others. */
  private readonly programs = new Map<service.Value, number>()

  constructor(private readonly board: SimulatedBoard) {
    board.onFrame = (frame) => this.hear(frame)
  }

  /** Loads a program in the course of a second, which begins at `at_s` of the board's time. */
  load(at_s: number, channel: number, program: Uint8Array): void {
    for (let offset = 0, n = 0; offset < program.length; offset += PROGRAM_CHUNK, n++) {
      this.board.runUntil_ms(1000 * at_s + 50 * n)
      this.send("write_program", [offset, channel, program.slice(offset, offset + PROGRAM_CHUNK)])
    }
  }

  start(at_s: number, channel: number, test: number): void {
    this.board.runUntil_ms(1000 * at_s)
    this.send("start", [test, channel])
  }

  /** The device that has our service says so. */
  private hear(frame: Uint8Array): void {
    const view = new DataView(frame.buffer, frame.byteOffset)
    const isAnnouncement = frame[13] === 0 && view.getUint16(14, true) === 0 && frame[12] >= 8
    if (isAnnouncement && view.getUint32(20, true) === service.serviceClass())
      this.deviceId = frame.slice(4, 12)
  }

  /** Sends a command now; a `start` is of the program that was loaded last. */
  send(name: string, values: service.Values): void {
    const [offset, channel, part] = values
    if (name === "write_program" && offset === 0)
      this.programs.set(channel, Buffer.from(part as Uint8Array).readInt32LE(CHECKSUM_AT))
    const of = name === "start" ? [this.programs.get(values[1]) ?? 0] : []
    this.transmit(service.commandCode(name), service.packCommand(name, [...of, ...values]))
  }

  /** Asks for a register now. */
  ask(name: string): void {
    this.transmit(GET_REGISTER | service.registerCode(name), new Uint8Array(0))
  }

  private transmit(command: number, data: Uint8Array): void {
    if (this.deviceId === undefined) throw new Error("no board has announced itself yet")
    const size = (4 + data.length + 3) & ~3
    const frame = new Uint8Array(12 + size)
    const view = new DataView(frame.buffer)
    frame[2] = size
    frame[3] = COMMAND_FLAG
    frame.set(this.deviceId, 4)
    frame[12] = data.length
    frame[13] = 1
    view.setUint16(14, command, true)
    frame.set(data, HEADER_BYTES)
    view.setUint16(0, crc(frame.subarray(2)), true)
    this.board.send(frame)
  }
}
