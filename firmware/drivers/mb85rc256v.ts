// MB85RC256V, 32 kB of FRAM. Fujitsu DS501-00017: 16-bit address, most significant byte first.
import type { Memory } from "../core/bytes"
import type { Fram } from "../core/ports"
import type { Bus } from "./bus"
import { atAddress, Chip } from "./chip"

const ADDRESS_BYTES = 2
/** Longest read in one transaction: the simulator's port counts a transaction's bytes in one byte. */
const MAX_READ_BYTES = 255
/** Frames for writes up to this are all kept: a record of the log is seldom longer. */
const MAX_SMALL_BYTES = 24

/** Buffers cannot be shortened, so that each length has one of its own; it is kept where writes are often. */
export class Mb85rc256v extends Chip implements Fram {
  private readonly address = Buffer.alloc(ADDRESS_BYTES)
  /** By the number of bytes written; undefined until it is needed. */
  private readonly smallFrames: (Buffer | undefined)[] = []
  private largeFrame = Buffer.alloc(ADDRESS_BYTES)
  private readFrame = Buffer.alloc(1)

  constructor(address: number, bus: Bus) {
    super("MB85RC256V", address, bus)
    for (let i = 0; i <= MAX_SMALL_BYTES; ++i) this.smallFrames.push(undefined)
  }

  protected async initDriver(): Promise<void> {
    seek(this.address, 0)
    this.exchange(this.address, this.readFrame)
  }

  read(address: number, bytes: Memory, offset: number, count: number): boolean {
    for (let done = 0; done < count; done += MAX_READ_BYTES) {
      const size = Math.min(MAX_READ_BYTES, count - done)
      seek(this.address, address + done)
      if (size === bytes.length) return this.receive(bytes)
      if (this.readFrame.length !== size) this.readFrame = Buffer.alloc(size)
      if (!this.receive(this.readFrame)) return false
      bytes.blitAt(offset + done, this.readFrame, 0, size)
    }
    return true
  }

  write(address: number, bytes: Memory, offset: number, count: number): boolean {
    const frame = this.frame(count)
    seek(frame, address)
    frame.blitAt(ADDRESS_BYTES, bytes, offset, count)
    return this.bus.transact(this.devAddr, frame) === 0
  }

  /** What to tell a person when it does not answer. */
  silence(): string {
    return `${this.part} ${atAddress(this.devAddr)} does not answer: check power, wiring and address`
  }

  private frame(count: number): Buffer {
    if (count > MAX_SMALL_BYTES) {
      if (this.largeFrame.length !== ADDRESS_BYTES + count)
        this.largeFrame = Buffer.alloc(ADDRESS_BYTES + count)
      return this.largeFrame
    }
    const kept = this.smallFrames[count]
    if (kept !== undefined) return kept
    const made = Buffer.alloc(ADDRESS_BYTES + count)
    this.smallFrames[count] = made
    return made
  }

  private receive(into: Buffer): boolean {
    return this.bus.transact(this.devAddr, this.address, into) === 0
  }
}

function seek(frame: Buffer, address: number): void {
  frame[0] = address >> 8
  frame[1] = address
}
