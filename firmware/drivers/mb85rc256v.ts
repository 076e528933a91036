// MB85RC256V, 32 kB of FRAM. Fujitsu DS501-00017: 16-bit address, most significant byte first.
import type { Bytes } from "../core/bytes"
import type { Fram } from "../core/ports"
import type { Bus } from "./bus"
import { Chip } from "./chip"

const CHUNK = 32

export class Mb85rc256v extends Chip implements Fram {
  private readonly address = Buffer.alloc(2)
  private readonly chunk = Buffer.alloc(CHUNK)

  constructor(address: number, bus: Bus) {
    super("MB85RC256V", address, bus)
  }

  protected async initDriver(): Promise<void> {
    this.seek(this.address, 0)
    this.exchange(this.address, this.chunk)
  }

  read(address: number, bytes: Bytes, count: number): void {
    for (let done = 0; done < count; done += CHUNK) {
      this.seek(this.address, address + done)
      this.exchange(this.address, this.chunk)
      for (let i = 0; i < CHUNK && done + i < count; ++i) bytes[done + i] = this.chunk[i]
    }
  }

  write(address: number, bytes: Bytes, count: number): void {
    for (let done = 0; done < count; done += CHUNK) {
      const size = Math.min(CHUNK, count - done)
      const frame = Buffer.alloc(2 + size)
      this.seek(frame, address + done)
      for (let i = 0; i < size; ++i) frame[2 + i] = bytes[done + i]
      this.exchange(frame)
    }
  }

  private seek(frame: Buffer, address: number): void {
    frame[0] = address >> 8
    frame[1] = address
  }
}
