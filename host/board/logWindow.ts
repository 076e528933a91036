import { PAGE_BYTES } from "../log/page"

/** What a board answers at most to one request. */
const CHUNK = 224
/** Requests under way at once: one is answered while the other waits. More would burden the board's heap. */
const UNDER_WAY = 2
/** A request that is not answered by then is lost: the flash may be erasing for 0.4 s. */
const LOST_ms = 700
const BATCH_PAGES = 64
/** Room for what comes while an earlier answer is missing. */
const BUFFER_PAGES = 2 * BATCH_PAGES

/** Pages that follow each other, as the board has them. */
export interface Pages {
  /** Sequence number of the first. */
  readonly first: number
  readonly bytes: Uint8Array
}

export interface LogRequest {
  readonly page: number
  readonly offset: number
  readonly count: number
}

/**
 * What is asked for and what has come while pages `first` to `next` − 1 are read: requests in order, answers in
 * any, pages in order again. It takes the same memory for any number of pages.
 */
export class LogWindow {
  private readonly buffer = new Uint8Array(BUFFER_PAGES * PAGE_BYTES)
  private readonly total: number
  /** Pages that were taken out, and so where the buffer begins. */
  private taken = 0
  /** The chunk to be asked for next; all below `front` are here, and those of `here`. */
  private nextChunk = 0
  private front = 0
  private readonly here = new Set<number>()
  /** Chunks under way, and since when. */
  private readonly asked = new Map<number, number>()

  constructor(
    private readonly first: number,
    next: number,
  ) {
    this.total = (next - first) * PAGE_BYTES
  }

  /** All pages were taken. */
  get isDone(): boolean {
    return this.taken * PAGE_BYTES >= this.total
  }

  /** What is to be asked for now, if anything. */
  request(now_ms: number): LogRequest | undefined {
    for (const [chunk, asked_ms] of this.asked)
      if (now_ms - asked_ms > LOST_ms) return this.ask(chunk, now_ms)
    const end = Math.min(this.total, this.taken * PAGE_BYTES + this.buffer.length)
    const chunk = this.nextChunk
    if (this.asked.size >= UNDER_WAY || chunk * CHUNK + this.count(chunk) > end) return undefined
    if (chunk * CHUNK >= this.total) return undefined
    this.nextChunk++
    return this.ask(chunk, now_ms)
  }

  /** Takes an answer. @returns false when it is of nothing that is under way */
  take(page: number, offset: number, data: Uint8Array): boolean {
    const at = (page - this.first) * PAGE_BYTES + offset
    const chunk = at / CHUNK
    const count = this.asked.has(chunk) ? this.count(chunk) : Number.POSITIVE_INFINITY
    if (data.length < count) return false
    this.asked.delete(chunk)
    this.buffer.set(data.subarray(0, count), at - this.taken * PAGE_BYTES)
    this.here.add(chunk)
    while (this.here.delete(this.front)) this.front++
    return true
  }

  /** Gives the next pages once they have come, some at once. */
  batch(): Pages | undefined {
    const bytes = Math.min(this.front * CHUNK, this.total)
    const whole = Math.floor(bytes / PAGE_BYTES) - this.taken
    const count = Math.min(whole, BATCH_PAGES)
    if (count === 0 || (count < BATCH_PAGES && bytes < this.total)) return undefined
    const batch = {
      first: this.first + this.taken,
      bytes: this.buffer.slice(0, count * PAGE_BYTES),
    }
    this.buffer.copyWithin(0, count * PAGE_BYTES)
    this.taken += count
    return batch
  }

  private ask(chunk: number, now_ms: number): LogRequest {
    this.asked.set(chunk, now_ms)
    const at = chunk * CHUNK
    return {
      page: this.first + Math.floor(at / PAGE_BYTES),
      offset: at % PAGE_BYTES,
      count: this.count(chunk),
    }
  }

  private count(chunk: number): number {
    return Math.min(CHUNK, this.total - chunk * CHUNK)
  }
}
