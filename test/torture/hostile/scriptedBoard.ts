import { crc } from "jacdac-ts"
import * as service from "../../../host/service"
import { SimulatedLink } from "../../../host/transport/simulated"
import type { SimulatedBoard } from "../../../sim/board"

const HEAD_BYTES = 12
const PACKET_HEAD_BYTES = 4
const SERVICE_INDEX = 1
const ANNOUNCE_ms = 500
export const DEVICE = Buffer.from("0123456789abcdef", "hex")
/** As hosts write it: jacdac-ts gives the bytes in their order. */
export const DEVICE_ID = DEVICE.toString("hex")

/** A frame with one packet from the board. */
export function frameOf(index: number, command: number, data: Uint8Array, flags = 0): Buffer {
  const size = (PACKET_HEAD_BYTES + data.length + 3) & ~3
  const frame = Buffer.alloc(HEAD_BYTES + size)
  frame[2] = size
  frame[3] = flags
  frame.set(DEVICE, 4)
  frame[12] = data.length
  frame[13] = index
  frame.writeUInt16LE(command, 14)
  frame.set(data, 16)
  return withCrc(frame)
}

export function withCrc(frame: Buffer): Buffer {
  frame.writeUInt16LE(crc(frame.subarray(2, HEAD_BYTES + frame[2])), 0)
  return frame
}

export function report(command: number, data: Uint8Array): Buffer {
  return frameOf(SERVICE_INDEX, command, data)
}

/** A board of ours says that it is there. @param count its announcements since its start */
export function announcement(count = 15): Buffer {
  const data = Buffer.alloc(8)
  data.writeUInt32LE(0x100 | count, 0)
  data.writeUInt32LE(service.serviceClass(), 4)
  return frameOf(0, 0, data)
}

/** What the host asks: the code of a command or register, and its data. */
export interface Asked {
  code: number
  isRegister: boolean
  data: Buffer
}

/** A board that is nothing but its answers, on a clock of its own. */
export class ScriptedBoard {
  onFrame: (frame: Uint8Array) => void = () => {}
  onLog: (line: string) => void = () => {}
  now_ms = 0
  private announced_ms = -ANNOUNCE_ms
  private readonly waiting: Uint8Array[] = []

  /** @param answer gives the frames that answer a question */
  constructor(private readonly answer: (asked: Asked) => Uint8Array[]) {}

  send(frame: Uint8Array): void {
    const bytes = Buffer.from(frame)
    for (let at = HEAD_BYTES; at + PACKET_HEAD_BYTES <= HEAD_BYTES + bytes[2]; ) {
      const size = bytes[at]
      const command = bytes.readUInt16LE(at + 2)
      const data = bytes.subarray(at + PACKET_HEAD_BYTES, at + PACKET_HEAD_BYTES + size)
      if (bytes[at + 1] === SERVICE_INDEX)
        this.waiting.push(
          ...this.answer({ code: command & 0xfff, isRegister: command >> 12 === 1, data }),
        )
      at += (PACKET_HEAD_BYTES + size + 3) & ~3
    }
  }

  advanceBy_ms(duration_ms: number): void {
    this.now_ms += duration_ms
    if (this.now_ms - this.announced_ms >= ANNOUNCE_ms) {
      this.announced_ms = this.now_ms
      this.onFrame(announcement())
    }
    for (const frame of this.waiting.splice(0)) this.onFrame(frame)
  }

  /** A link to it, over which time passes as fast as it may. */
  async link(): Promise<SimulatedLink> {
    const link = new SimulatedLink(this as unknown as SimulatedBoard, "scripted")
    await link.connect()
    return link
  }
}
