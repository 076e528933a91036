import { findScriptHeap } from "../../../sim/pico/heap"
import type { World } from "./world"

/**
 * What the script has dropped is free only after the runtime has collected it, which it does every few seconds: of
 * so many looks the least is what it holds on to, within 0.3 kB.
 */
const LOOKS = 100
const APART_ms = 730
/** What the firmware holds differs by what it does: by the steps that run and the packets that wait. */
const VARIES_BYTES = 1024
const VARIES_MB = 24
const DAY_ms = 86_400_000

/** Looks at the heap of the script in the VM, and at this process's memory, once a day: neither may grow. */
export class MemoryWatch {
  /** By day: the least that the script held, bytes; undefined where no VM runs. */
  readonly script: (number | undefined)[] = []
  /** Of its heap. */
  size = 0
  private first_MB = Number.NaN

  constructor(
    private readonly world: World,
    days: number,
    private readonly complain: (what: string) => void,
  ) {
    for (let day = 0; day < days; day++) {
      let least = Number.POSITIVE_INFINITY
      const begin_ms = (day + Math.min(0.5, days / 2)) * DAY_ms
      for (let look = 0; look < LOOKS; look++)
        world.at(begin_ms + look * APART_ms, () => {
          least = Math.min(least, this.held())
          if (look === LOOKS - 1) this.judge(least)
        })
    }
  }

  /** What this process holds now, MB. The board's own memories are in it. */
  process() {
    const gc = (globalThis as { gc?: () => void }).gc
    gc?.()
    const { heapUsed, arrayBuffers, external, rss } = process.memoryUsage()
    const MB = (bytes: number) => Math.round(bytes / 1e5) / 10
    const now = {
      heap_MB: MB(heapUsed),
      buffers_MB: MB(arrayBuffers),
      external_MB: MB(external),
      rss_MB: MB(rss),
    }
    // Without a collection before, it says nothing.
    if (gc === undefined) return now
    const held_MB = now.heap_MB + now.buffers_MB
    if (Number.isNaN(this.first_MB)) this.first_MB = held_MB
    if (held_MB > this.first_MB + VARIES_MB)
      this.complain(`this process holds ${held_MB} MB, and held ${this.first_MB} MB at first`)
    return now
  }

  private held(): number {
    const { ram } = this.world.board
    const heap = ram === undefined ? undefined : findScriptHeap(ram)
    if (heap === undefined) return Number.POSITIVE_INFINITY
    this.size = heap.size
    return heap.size - heap.free
  }

  private judge(least: number): void {
    const isKnown = least < Number.POSITIVE_INFINITY
    this.script.push(isKnown ? least : undefined)
    const first = this.script.find((one) => one !== undefined)
    if (isKnown && first !== undefined && least > first + VARIES_BYTES)
      this.complain(`the script holds ${least} bytes, and held ${first} at first`)
  }
}
