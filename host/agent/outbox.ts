import { statSync } from "node:fs"
import { CALIBRATION_TEST } from "../calibrate"
import type { BoardLog } from "../store/boardLog"
import type { PageLog } from "../store/pageLog"
import { readRepairs, repairsPath } from "../store/repairs"
import { type CycleSender, senderOfCycles } from "./cycleSender"
import type { Cursor, Cursors } from "./cursors"
import { PageNames } from "./pageNames"
import { pageMessages } from "./pageMessages"
import type { Topics } from "./topics"

/** Delivers a message for certain: resolves once it is acknowledged. */
export type Deliver = (topic: string, payload: unknown) => Promise<void>

/** Pages whose messages may be on their way at once. */
const WINDOW = 32

/**
 * Publishes what is stored of one board, page by page in the log's order, from where it stood: a page counts as
 * published once the broker has acknowledged it and all before it. So whatever is killed in between, nothing is left
 * out; what comes twice has the same board, log and page.
 */
export class Outbox {
  private readonly cursor: Cursor
  private readonly sendCycles: CycleSender
  /** All pages that were published have been looked through for cycles. */
  private hasCycles = false

  constructor(
    private readonly board: BoardLog,
    private readonly topics: Topics,
    private readonly deliver: Deliver,
    private readonly cursors: Cursors,
  ) {
    this.cursor = cursors.read(board.id)
    this.sendCycles = senderOfCycles(board, this.cursor, topics, deliver)
  }

  /** Publishes what is new. @returns how many pages */
  async publish(signal?: AbortSignal): Promise<number> {
    const { board, cursor } = this
    let pages = 0
    for (let log = cursor.log; log <= board.logCount; log++) {
      if (log > cursor.log) Object.assign(cursor, { log, next: 0, repairs: 0 })
      pages += await this.publishRepairs(signal)
      pages += await this.publishLog(board.log(log), signal)
    }
    if (pages > 0) this.hasCycles = false
    // Without new pages no cycle has ended, and asking takes reading in many folders.
    if (this.hasCycles) return pages
    if (await this.sendCycles(signal)) this.keep()
    this.hasCycles = this.isAdopted
    return pages
  }

  /** All tests in the log have folders: one of another host gets its own soon after its first page. */
  private get isAdopted(): boolean {
    const isTest = ({ test }: { test: number }) => test !== CALIBRATION_TEST
    const begun = this.board.runs().filter(isTest).length
    return this.board.tests().filter(({ run }) => run !== undefined).length >= begun
  }

  private async publishLog(log: PageLog, signal?: AbortSignal): Promise<number> {
    const { cursor } = this
    let sent = 0
    for (const stretch of log.stretches())
      for (let from = Math.max(stretch.first, cursor.next); from < stretch.next; ) {
        const pages = [...log.pages(from, Math.min(from + WINDOW, stretch.next))]
        await this.send(pages, signal)
        sent += pages.length
        from += pages.length
        cursor.next = from
        this.keep()
      }
    return sent
  }

  /** Pages that were damaged or torn when they were passed, and have been fetched again since. */
  private async publishRepairs(signal?: AbortSignal): Promise<number> {
    const { board, cursor } = this
    const folder = board.logFolder(cursor.log)
    const size = statSync(repairsPath(folder), { throwIfNoEntry: false })?.size ?? 0
    if (size === cursor.repairs) return 0
    const pages = [...readRepairs(folder)]
      .filter(([sequence]) => sequence < cursor.next)
      .map(([, page]) => page)
    for (let from = 0; from < pages.length; from += WINDOW)
      await this.send(pages.slice(from, from + WINDOW), signal)
    cursor.repairs = size
    this.keep()
    return pages.length
  }

  private async send(pages: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const { board, topics, deliver, cursor } = this
    const names = new PageNames(board, cursor.log)
    const sent: Promise<void>[] = []
    for (const page of pages) {
      const messages = pageMessages(page, names)
      if (messages === undefined) continue
      const { channel, records, events } = messages
      if (records !== undefined) sent.push(deliver(topics.records(board.id, channel), records))
      if (events !== undefined) sent.push(deliver(topics.events(board.id, channel), events))
    }
    await Promise.all(sent)
  }

  private keep(): void {
    this.cursors.write(this.board.id, this.cursor)
  }
}
