import type { Memory } from "../firmware/core/bytes"

// What a DeviceScript `Buffer` has beyond Node's, as the firmware's core sees it when it runs in Node.
declare global {
  interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>
    extends Uint8Array<TArrayBuffer> {
    getAt(offset: number, format: string): number
    setAt(offset: number, format: string, value: number): void
    blitAt(offset: number, source: Buffer | string, sourceOffset: number, count: number): void
    fillAt(offset: number, count: number, value: number): void
  }
}

class DeviceScriptBuffer extends Uint8Array {
  private readonly view = new DataView(this.buffer, this.byteOffset, this.byteLength)

  getAt(offset: number, format: string): number {
    switch (format) {
      case "u8":
        return this.view.getUint8(offset)
      case "u16":
        return this.view.getUint16(offset, true)
      case "u32":
        return this.view.getUint32(offset, true)
      case "i16":
        return this.view.getInt16(offset, true)
      case "i32":
        return this.view.getInt32(offset, true)
      case "f64":
        return this.view.getFloat64(offset, true)
      default:
        throw new RangeError(`number format ${format}`)
    }
  }

  setAt(offset: number, format: string, value: number): void {
    switch (format) {
      case "u8":
        this.view.setUint8(offset, value)
        break
      case "u16":
        this.view.setUint16(offset, value, true)
        break
      case "u32":
        this.view.setUint32(offset, value, true)
        break
      case "i16":
        this.view.setInt16(offset, value, true)
        break
      case "i32":
        this.view.setInt32(offset, value, true)
        break
      case "f64":
        this.view.setFloat64(offset, value, true)
        break
      default:
        throw new RangeError(`number format ${format}`)
    }
  }

  blitAt(offset: number, source: Uint8Array, sourceOffset: number, count: number): void {
    this.set(source.subarray(sourceOffset, sourceOffset + count), offset)
  }

  fillAt(offset: number, count: number, value: number): void {
    this.fill(value, offset, offset + count)
  }
}

/** The core's `Memory` in Node: made from a length, or from bytes. */
export const NodeMemory = DeviceScriptBuffer as unknown as new (
  bytes: number | ArrayLike<number>,
) => Memory
export type NodeMemory = Memory
