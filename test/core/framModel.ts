import type { Memory } from "../../firmware/core/bytes"
import type { Fram } from "../../firmware/core/ports"

/** What a power cut looks like from inside the firmware: nothing after it runs. */
export class PowerCut extends Error {}

/**
 * FRAM in Node. Each byte is there at once; the power can go after any number of written bytes, and the
 * chip can fall silent.
 */
export class FramModel implements Fram {
  readonly bytes = new Uint8Array(32 * 1024)
  answers = true
  /** Bytes that are still written before the power goes. */
  bytesToCut = Number.POSITIVE_INFINITY
  written = 0

  read(address: number, bytes: Memory, offset: number, count: number): boolean {
    if (!this.answers) return false
    for (let i = 0; i < count; i++) bytes[offset + i] = this.bytes[address + i]
    return true
  }

  write(address: number, bytes: Memory, offset: number, count: number): boolean {
    if (!this.answers) return false
    for (let i = 0; i < count; i++) {
      if (this.bytesToCut === 0) throw new PowerCut()
      this.bytesToCut--
      this.bytes[address + i] = bytes[offset + i]
      this.written++
    }
    return true
  }
}
