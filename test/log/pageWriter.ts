import type { Log } from "../../firmware/core/log"
import { MAX_RECORD_BYTES } from "../../firmware/core/logFormat"
import { LogPage } from "../../firmware/core/logPage"
import { FLASH_COMMAND_BYTES, type Fram, PAGE_BYTES } from "../../firmware/core/ports"
import { Recorder } from "../../firmware/core/recorder"
import { NodeMemory } from "../../sim/memory"

const fram: Fram = { read: () => false, write: () => true }

/** Stands for the board's log: takes pages at once, in order. */
export class PageWriter {
  /** As flash would have them. */
  readonly written: Uint8Array[] = []
  readonly pages: LogPage[] = []
  readonly record = new NodeMemory(MAX_RECORD_BYTES)
  now_ms = 0
  boot = 1
  isFull = false
  isMemoryLost = false
  /** Sequence number of the next page. */
  next = 0

  append(page: LogPage): void {
    page.isOpen = false
    page.seal(this.next++)
    this.written.push(Uint8Array.from(page.frame as NodeMemory).subarray(FLASH_COMMAND_BYTES))
  }

  recorder(channel: number): Recorder {
    const page = () => new LogPage(new NodeMemory(FLASH_COMMAND_BYTES + PAGE_BYTES), fram, 0)
    return new Recorder(channel, this as unknown as Log, page(), page())
  }

  /** What a host downloads from page 0 on; what was never written is blank. */
  download(): Uint8Array {
    const bytes = new Uint8Array(PAGE_BYTES * this.next).fill(0xff)
    for (const page of this.written) {
      const sequence = new DataView(page.buffer, page.byteOffset).getUint32(4, true)
      bytes.set(page, PAGE_BYTES * sequence)
    }
    return bytes
  }
}
