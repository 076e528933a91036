import type { Writable } from "node:stream"

/** Bytes that may wait for a reader: about a second of what a board sends. */
const ROOM_BYTES = 16 * 1024
/** A reader that takes nothing for so long is not waited for until it takes something again. */
const PATIENCE_ms = 1_000

/** A stream to a reader that may be slow, or may have stopped reading. */
export class Outlet {
  private isStalled = false
  private waiting: (() => void) | undefined

  constructor(
    private readonly stream: Writable,
    /** Called when there is room again. */
    private readonly onRoom: () => void = () => {},
  ) {
    stream.on("drain", () => this.drained())
    stream.on("close", () => this.drained())
  }

  get isFull(): boolean {
    return this.stream.writable && this.stream.writableLength > ROOM_BYTES
  }

  /** What does not fit is the writer's to lose. */
  write(bytes: Uint8Array): void {
    if (this.stream.writable) this.stream.write(bytes)
  }

  /** Waits, not for ever, for room. */
  async room(): Promise<void> {
    if (!this.isFull || this.isStalled) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.isStalled = true
        resolve()
      }, PATIENCE_ms)
      this.waiting = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.waiting = undefined
  }

  private drained(): void {
    this.isStalled = false
    this.waiting?.()
    this.onRoom()
  }
}
