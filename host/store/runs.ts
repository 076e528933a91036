import * as format from "../../firmware/core/logFormat"
import { BoardClock } from "../log/clock"
import { type PageHead, pageHead, u40 } from "../log/page"
import { ENTRY_BYTES, PAGE_AT, pageOf } from "./entry"
import type { Block, PageLog } from "./pageLog"

/** The pages of one test in a log of a board. */
export interface Run {
  readonly channel: number
  readonly test: number
  /** Sequence numbers of its first page and of the one after its last: others' lie between. */
  readonly first: number
  next: number
  pages: number
  /** Its beginning is here: of another, the board had overwritten that before it was fetched. */
  readonly begins: boolean
  /** When its first page was opened. */
  readonly boot: number
  readonly boardTime_ms: number
}

/** Test time goes back by a second at most, after a restart: what falls further is another test. */
const MOST_BACK_ms = 10_000

/**
 * Finds the tests in a log by the heads of its pages alone, going on where it stood before. Pages are looked
 * at closely, by their checksums, only where a test seems to begin: a torn one may tell anything.
 */
export class Runs {
  readonly all: Run[] = []
  /** The board's own whole pages: starts and clock. */
  private readonly boardPages: Uint8Array[] = []
  private readonly current = new Map<number, { run: Run; testTime_ms: number }>()
  private scanned = 0
  private told: { clock: BoardClock; pages: number } | undefined

  constructor(private readonly log: PageLog) {}

  /** UTC of the board's clock: the same object until the board's own pages tell more. */
  get clock(): BoardClock {
    const { boardPages, told } = this
    if (told?.pages === boardPages.length) return told.clock
    this.told = { clock: BoardClock.of(boardPages), pages: boardPages.length }
    return this.told.clock
  }

  update(): void {
    for (const block of this.log.blocks(this.scanned)) {
      this.scan(block)
      this.scanned = block.first + block.count
    }
  }

  private scan({ first, count, entries }: Block): void {
    for (let i = 0; i < count; i++) {
      const at = i * ENTRY_BYTES + PAGE_AT
      const sequence = first + i
      if (entries[at + format.AT_FORMAT] !== format.LOG_FORMAT) continue
      if (entries.readUInt32LE(at + format.AT_SEQUENCE) !== sequence) continue
      const channel = entries[at + format.AT_CHANNEL] & 15
      const before = channel === format.BOARD_CHANNEL ? undefined : this.current.get(channel)
      if (before !== undefined && before.run.test === entries.readUInt16LE(at + format.AT_TEST)) {
        const testTime_ms = u40(entries, at + format.AT_TEST_TIME)
        const isAfter = testTime_ms >= before.testTime_ms - MOST_BACK_ms
        if (isAfter && !mayBeginTest(entries, at)) {
          before.run.next = sequence + 1
          before.run.pages++
          before.testTime_ms = testTime_ms
          continue
        }
      }
      this.look(sequence, pageOf(entries, i * ENTRY_BYTES))
    }
  }

  /** Looks at a page that does not simply go on with its channel's test. */
  private look(sequence: number, page: Uint8Array): void {
    const head = pageHead(page)
    if (head === undefined) return
    if (head.channel === format.BOARD_CHANNEL) {
      this.boardPages.push(Uint8Array.from(page))
      return
    }
    const before = this.current.get(head.channel)
    if (before !== undefined && before.run.test === head.test && !this.isAnother(head, before)) {
      before.run.next = sequence + 1
      before.run.pages++
      before.testTime_ms = head.testTime_ms
      return
    }
    const { channel, test, beginsTest: begins, boot, boardTime_ms } = head
    const place = { first: sequence, next: sequence + 1, pages: 1 }
    const run: Run = { channel, test, ...place, begins, boot, boardTime_ms }
    this.all.push(run)
    this.current.set(channel, { run, testTime_ms: head.testTime_ms })
  }

  /** Whether a page with the number of the test before it begins another. */
  private isAnother(head: PageHead, before: { run: Run; testTime_ms: number }): boolean {
    if (head.beginsTest) return true
    if (head.testTime_ms >= before.testTime_ms - MOST_BACK_ms) return false
    // A torn page before this one may have told a time that never was.
    const last = this.log.page(before.run.next - 1)
    return last !== undefined && pageHead(last) !== undefined
  }
}

/** The first record is an event, and the one that begins a test if its time takes one byte, as there it does. */
function mayBeginTest(entries: Buffer, at: number): boolean {
  const head = entries[at + format.RECORDS_AT]
  if (entries[at + format.AT_USED] === 0 || (head & 3) !== format.RECORD_EVENT) return false
  return head > 127 || entries[at + format.RECORDS_AT + 1] === format.EVENT_TEST_BEGINS
}
