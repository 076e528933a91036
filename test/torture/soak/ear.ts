import { type ChannelStatus, channelStatus } from "../../../host/board/status"
import * as service from "../../../host/service"
import type { SimulatedBoard } from "../../../sim/board"
import { ScriptedHost } from "../../scenario/scriptedHost"

const REPORT_OF_REGISTER = 0x1000
const SERVICE = 1
const HEADER_BYTES = 12

/**
 * A host that speaks at given instants, and keeps the answers for when it looks at them: that a board answers
 * a millisecond sooner or later changes nothing of what it does.
 */
export class Ear {
  readonly host: ScriptedHost
  /** By channel, as last told. */
  readonly statuses: (ChannelStatus | undefined)[] = []
  readonly registers = new Map<string, service.Values>()
  /** Parts of log pages, as they came. */
  onLogData: (page: number, offset: number, data: Uint8Array) => void = () => {}
  private readonly names = new Map<number, string>()

  constructor(board: SimulatedBoard) {
    this.host = new ScriptedHost(board)
    for (const name of ["log_range", "time", "problem", "boot_count"])
      this.names.set(REPORT_OF_REGISTER | service.registerCode(name), name)
    const { onFrame } = board
    board.onFrame = (frame) => {
      onFrame(frame)
      this.hear(frame)
    }
  }

  /** What is known is forgotten: what is there later was asked for since. */
  forget(): void {
    this.statuses.length = 0
    this.registers.clear()
  }

  private hear(frame: Uint8Array): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const end = HEADER_BYTES + frame[2]
    for (let at = HEADER_BYTES; at + 4 <= end; at = (at + 4 + frame[at] + 3) & ~3) {
      if (frame[at + 1] !== SERVICE) continue
      const data = frame.slice(at + 4, at + 4 + frame[at])
      this.take(view.getUint16(at + 2, true), data)
    }
  }

  private take(command: number, data: Uint8Array): void {
    const register = this.names.get(command)
    if (register !== undefined) {
      this.registers.set(register, service.unpackRegister(register, data))
    } else if (command === service.commandCode("status")) {
      const status = channelStatus(service.unpackReport("status", data))
      this.statuses[status.channel] = status
    } else if (command === service.commandCode("read_log")) {
      const [page, offset, bytes] = service.unpackReport("read_log", data)
      this.onLogData(Number(page), Number(offset), bytes as Uint8Array)
    }
  }
}
