import type { FirmwareMark } from "../board/firmware"
import type { BoardClient, LogRange } from "../boardClient"
import { BoardError } from "../errors"
import { manifest } from "../manifest"
import { PAGE_BYTES } from "../log/page"
import type { BoardLog } from "./boardLog"
import type { BoardWriter } from "./boardWriter"
import { fetchPage, isBlank, isPage } from "./fetchPage"
import { findLog } from "./findLog"
import type { PageLog } from "./pageLog"

/** What a download needs of a board. */
export type LogSource = Pick<
  BoardClient,
  "id" | "name" | "logRange" | "readPages" | "acknowledgeLog"
>

export interface DownloadOptions {
  /** Ends it early, without an error: what came is stored, and the next download goes on there. */
  signal?: AbortSignal
  /** Hears of pages as they are stored. */
  onProgress?: (progress: DownloadProgress) => void
}

export interface DownloadProgress {
  /** Pages stored by this download, and those that it set out to fetch. */
  done: number
  total: number
}

export interface Downloaded {
  /** Pages that were stored, from `first` up to below `next`. */
  pages: number
  bytes: number
  first: number
  next: number
  /** Pages that the board had overwritten before. */
  lost: number
  /** Damaged pages here that were fetched again. */
  repaired: number
  /** Which of the board's logs this is: 2 and more after its flash was replaced. */
  log: number
  /** Ids of the tests that these pages are of. */
  tests: string[]
  /** False when the signal ended it before its end. */
  isComplete: boolean
}

const FLASH_PAGES = manifest.chips.flash.pages
/** As many new pages since the download began are worth another round. */
const ANOTHER_ROUND = 64
/** Of a sector's 16 pages some stay blank after a power cut; a log has no more in a row than that. */
const MOST_BLANK = 32

/**
 * Fetches what a board has logged and is not stored yet, and tells the board once the disk has it. It goes on
 * wherever it was cut.
 * @throws BoardError when the board stops answering; StoreError when the disk does not take it, or when another
 * process downloads the same board. What was stored before stays.
 */
export async function download(
  { board, firmware, isSimulated }: DownloadSession,
  log: BoardLog,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  if (board.id !== log.id) throw new RangeError(`board ${board.id} is not that of log ${log.id}`)
  const writer = log.writer()
  try {
    writer.describe({ name: board.name, firmware, simulated: isSimulated })
    return await new Download(board, log, writer, options).run()
  } finally {
    writer.close()
  }
}

export interface DownloadSession {
  board: LogSource
  firmware: FirmwareMark
  isSimulated: boolean
}

/** Logs whose stored pages this process has read through: damage comes by years. */
const checked = new WeakSet<BoardLog>()

class Download {
  private pages = 0
  /** Blank pages in a row. */
  private blank = 0
  private lost = 0
  private repaired = 0

  constructor(
    private readonly board: LogSource,
    private readonly log: BoardLog,
    private readonly writer: BoardWriter,
    private readonly options: DownloadOptions,
  ) {}

  async run(): Promise<Downloaded> {
    const { board, writer } = this
    let range = await this.range()
    // While its flash does not answer, a board has no log.
    if (range.next > 0) writer.goTo(await findLog(board, range, this.log))
    // A download before may have been cut after storing.
    await this.acknowledge(range)
    const isFirst = !checked.has(this.log)
    await this.repair(range, isFirst)
    checked.add(this.log)
    const first = Math.max(writer.next, range.first)
    do {
      await this.fetch(Math.max(writer.next, range.first), range.next)
      range = await this.range()
    } while (!this.isAborted && range.next - writer.next >= ANOTHER_ROUND)
    await this.acknowledge(range)
    if (this.pages + this.repaired > 0 || isFirst) this.log.adoptTests()
    return {
      pages: this.pages,
      bytes: this.pages * PAGE_BYTES,
      first,
      next: writer.next,
      lost: this.lost,
      repaired: this.repaired,
      log: writer.number,
      tests: this.testsFrom(first),
      isComplete: !this.isAborted,
    }
  }

  /** @throws BoardError when no flash could hold so many pages */
  private async range(): Promise<LogRange> {
    const range = await this.board.logRange()
    const { first, next } = range
    if (first <= next && next - first <= FLASH_PAGES) return range
    throw new BoardError(
      `${this.board.name}: it tells of log pages ${first} to ${next}, which its flash of ${FLASH_PAGES} pages cannot ` +
        "hold. What was stored before is safe. Switch it off and on, and try again; if that does not help, 'coincell doctor' " +
        "looks at its chips.",
    )
  }

  private async acknowledge({ downloaded, next }: LogRange): Promise<void> {
    const stored = Math.min(this.writer.next, next)
    if (stored > downloaded) await this.board.acknowledgeLog(stored)
  }

  /** Ids of the tests that have pages from there on. */
  private testsFrom(first: number): string[] {
    return this.log
      .tests()
      .filter(({ run }) => run?.log === this.writer.number && run.next > first)
      .map(({ id }) => id)
  }

  private get isAborted(): boolean {
    return this.options.signal?.aborted === true
  }

  private async fetch(first: number, next: number): Promise<void> {
    const { board, options } = this
    const total = this.pages + Math.max(0, next - first)
    if (first >= next) return
    for await (const batch of board.readPages(first, next, options.signal)) {
      await this.store(batch.first, batch.bytes)
      options.onProgress?.({ done: this.pages, total })
    }
  }

  /** Stores a batch of pages, those that did not come whole asked for again before. */
  private async store(first: number, bytes: Uint8Array): Promise<void> {
    const { board, writer } = this
    let isSound = true
    for (let i = 0; i * PAGE_BYTES < bytes.length; i++) {
      const page = bytes.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES)
      const isRead = isPage(page, first + i)
      this.blank = isBlank(page) ? this.blank + 1 : 0
      if (this.blank > MOST_BLANK) throw silentFlash(board.name)
      isSound &&= isRead
      if (!isRead && this.blank === 0) page.set(await fetchPage(board, first + i))
    }
    // What is not to be read may be a page that the board has erased meanwhile, to write on.
    const oldest = isSound ? first : Math.max(first, (await board.logRange()).first)
    const kept = bytes.subarray((oldest - first) * PAGE_BYTES)
    if (kept.length === 0) return
    if (writer.next > 0) this.lost += oldest - writer.next
    writer.append(oldest, kept)
    this.pages += kept.length / PAGE_BYTES
  }

  /** Fetches again what is damaged here, or was not whole at the log's end, and the board has. */
  private async repair({ first, next }: LogRange, readsAll: boolean): Promise<void> {
    const log = this.log.log(this.writer.number)
    const damaged = readsAll ? [...log.verify(first, next)] : []
    const unread = this.unreadAtEnd(log, first)
    for (const sequence of [...damaged.map((one) => one.sequence), ...unread]) {
      if (this.isAborted) return
      const page = await fetchPage(this.board, sequence)
      if (!isPage(page, sequence)) continue
      this.writer.repair(sequence, page)
      this.repaired++
    }
  }

  /** Pages at the log's end that are not whole: a board whose flash failed may have written them since. */
  private unreadAtEnd(log: PageLog, first: number): number[] {
    const unread: number[] = []
    for (let sequence = log.next - 1; sequence >= first; sequence--) {
      const page = log.page(sequence)
      if (page === undefined || isPage(page, sequence)) break
      unread.push(sequence)
    }
    return unread
  }
}

function silentFlash(name: string): BoardError {
  return new BoardError(
    `${name}: more than ${MOST_BLANK} pages in a row read as never written: its flash does not answer. What it ` +
      "holds is not lost by that. Run 'coincell doctor'; then switch the board off and on, and try again.",
  )
}
