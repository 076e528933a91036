import type { Memory } from "./bytes"
import { crc32, crcHolds } from "./crc"
import type { Fram } from "./ports"

/** A save counter and a CRC-32 end each copy. */
export const TWIN_TAIL_BYTES = 8

/**
 * Memory kept twice in FRAM, at `address` and right behind: each save goes into the older copy, so that a
 * power cut between any two bytes leaves the newer one as it was. A copy is data, a counter that grows by
 * one at each save (for 136 years at one a second), and the CRC-32 of both.
 *
 * One `Twin` serves any number of addresses that take turns in its memory. Each must be loaded once after
 * a start before it is saved: only then is it known which copy may be overwritten.
 */
export class Twin {
  // By place in these lists: what is known of each address.
  private readonly addresses: number[] = []
  private readonly counters: number[] = []
  /** Where the copy lies that the next save overwrites. */
  private readonly targets: number[] = []

  /** @param memory one copy, of whole words: data, then `TWIN_TAIL_BYTES` that are the twin's own */
  constructor(
    private readonly fram: Fram,
    private readonly memory: Memory,
  ) {}

  /**
   * Reads the newest sound copy into the memory.
   * @returns false, the memory then holding anything, when neither is sound or the chip does not answer
   */
  load(address: number): boolean {
    const size = this.memory.length
    const at = size - TWIN_TAIL_BYTES
    // The counters tell which copy to check first: a checksum is what takes the time.
    if (!this.fram.read(address + at, this.memory, at, TWIN_TAIL_BYTES)) return false
    const first = this.memory.getAt(at, "u32")
    if (!this.fram.read(address + size + at, this.memory, at, TWIN_TAIL_BYTES)) return false
    const newer = this.memory.getAt(at, "u32") > first ? address + size : address
    const older = 2 * address + size - newer
    if (!this.fram.read(newer, this.memory, 0, size)) return false
    if (this.isSound()) return this.know(address, this.memory.getAt(at, "u32"), older)
    if (!this.fram.read(older, this.memory, 0, size)) return false
    if (this.isSound()) return this.know(address, this.memory.getAt(at, "u32"), newer)
    this.know(address, 0, address)
    return false
  }

  /**
   * Writes the memory's data as the newest copy, in one transaction, and reads its end back.
   * @returns false, the newest copy being what it was, when the chip does not answer or does not keep it, or
   *   has not answered since the start: an address that was never read through is not overwritten
   */
  save(address: number): boolean {
    const place = this.find(address)
    if (place < 0) return false
    const memory = this.memory
    const size = memory.length
    const counter = this.counters[place] + 1
    const target = this.targets[place]
    const at = size - TWIN_TAIL_BYTES
    memory.setAt(at, "u32", counter)
    const checksum = crc32(memory, 0, size - 4)
    memory.setAt(size - 4, "i32", checksum)
    if (!this.fram.write(target, memory, 0, size)) return false
    // A chip may acknowledge and keep nothing: only what reads back is there.
    if (!this.fram.read(target + at, memory, at, TWIN_TAIL_BYTES)) return false
    if (memory.getAt(at, "u32") !== counter || memory.getAt(size - 4, "i32") !== checksum)
      return false
    this.counters[place] = counter
    this.targets[place] = 2 * address + size - target
    return true
  }

  private isSound(): boolean {
    return crcHolds(this.memory, 0, this.memory.length - 4)
  }

  private know(address: number, counter: number, target: number): boolean {
    const place = this.find(address)
    if (place < 0) {
      this.addresses.push(address)
      this.counters.push(counter)
      this.targets.push(target)
    } else {
      this.counters[place] = counter
      this.targets[place] = target
    }
    return true
  }

  private find(address: number): number {
    for (let i = 0; i < this.addresses.length; ++i) if (this.addresses[i] === address) return i
    return -1
  }
}
