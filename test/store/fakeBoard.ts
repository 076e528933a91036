import type { LogRange } from "../../host/boardClient"
import { BoardError } from "../../host/errors"
import { PAGE_BYTES } from "../../host/log/page"
import { type DownloadSession, download } from "../../host/store/download"
import { Store } from "../../host/store/store"

const BATCH = 64

/** A board's log as a host reads it, page by page, with what can go wrong on the way. */
export class FakeBoard {
  readonly id: string = "0123456789abcdef"
  readonly name: string = "AB12"
  first = 0
  downloaded = 0
  /** How often each page was asked for. */
  readonly asked = new Map<number, number>()
  /** What a page comes as the n-th time, from 0. */
  garble: (page: Buffer, sequence: number, time: number) => Buffer = (page) => page
  /** The cable is pulled after so many pages. */
  cableLasts = Number.POSITIVE_INFINITY
  /** Called before each batch goes out. */
  beforeBatch: () => void = () => {}

  constructor(
    public next: number,
    /** What is in flash. */
    public page: (sequence: number) => Buffer,
  ) {}

  async logRange(): Promise<LogRange> {
    const { first, next, downloaded } = this
    return { first, next, downloaded, released: 0, policy: "Overwrite", isFull: false }
  }

  async *readPages(first: number, next: number, signal?: AbortSignal) {
    for (let at = first; at < next; at += BATCH) {
      if (signal?.aborted) return
      this.beforeBatch()
      const count = Math.min(BATCH, next - at)
      if (this.cableLasts < count) throw new BoardError("The board stopped answering.")
      this.cableLasts -= count
      const bytes = new Uint8Array(count * PAGE_BYTES)
      for (let i = 0; i < count; i++) bytes.set(this.read(at + i), i * PAGE_BYTES)
      yield { first: at, bytes }
    }
  }

  async acknowledgeLog(next: number): Promise<void> {
    this.downloaded = next
  }

  private read(sequence: number): Buffer {
    const time = this.asked.get(sequence) ?? 0
    this.asked.set(sequence, time + 1)
    return this.garble(Buffer.from(this.page(sequence)), sequence, time)
  }
}

export function sessionWith(board: FakeBoard): DownloadSession {
  return { board, firmware: { version: "0", board: "sim" }, isSimulated: true }
}

/** Downloads to a store in a folder. */
export function fetchTo(folder: string, board: FakeBoard, signal?: AbortSignal) {
  return download(sessionWith(board), logIn(folder, board), { signal })
}

export function logIn(folder: string, board: FakeBoard) {
  return Store.open(folder).board(board.id)
}

/** All pages that are stored in the log that the board writes on. */
export function pagesIn(folder: string, board: FakeBoard): Buffer {
  return Buffer.concat([...logIn(folder, board).pages()])
}
