import { statSync } from "node:fs"
import { AT_CHANNEL } from "../../../../firmware/core/logFormat"
import { LogError } from "../../../errors"
import type { PageLog } from "../../../store/pageLog"
import { repairsPath } from "../../../store/repairs"
import type { LoggedRun } from "../../../store/boardLog"
import { eachPage } from "./eachPage"
import { TestIndex } from "./testIndex"

/** All indexes together; the last one asked for may be larger. */
const MOST_BYTES = 120e6

interface Kept {
  index: TestIndex
  /** What it was made from, and how far. */
  run: LoggedRun
  repairs: number
  next: number
}

/** The indexes of the tests that were last asked for, each brought up to date when it is. */
export class Indexes {
  /** The last one asked for comes last. */
  private readonly kept = new Map<string, Kept>()

  /**
   * @param key the test's, of all tests
   * @param log that its run is in
   * @param onBlock called now and then; by what it throws, the reading ends, and the next goes on there
   * @throws LogError when a page is not to be understood
   */
  of(key: string, run: LoggedRun, log: PageLog, onBlock: () => void): TestIndex {
    const repairs = statSync(repairsPath(log.folder), { throwIfNoEntry: false })?.size ?? 0
    let kept = this.kept.get(key)
    // A page that was repaired may lie anywhere.
    if (kept?.repairs !== repairs || kept.run.first !== run.first || kept.run.log !== run.log) {
      kept = { index: new TestIndex(), run, repairs, next: run.first }
      // A stretch a page, nearly.
      kept.index.stretches.reserve(Math.ceil(1.05 * run.pages))
    }
    this.kept.delete(key)
    this.kept.set(key, kept)
    try {
      if (kept.next < run.next) extend(kept, run, log, onBlock)
    } catch (error) {
      if (error instanceof LogError) this.kept.delete(key)
      throw error
    }
    this.shrink()
    return kept.index
  }

  private shrink(): void {
    let bytes = 0
    for (const [key, { index }] of [...this.kept].reverse()) {
      bytes += index.bytes
      if (bytes > MOST_BYTES && bytes > index.bytes) this.kept.delete(key)
    }
  }
}

function extend(kept: Kept, { channel, next }: LoggedRun, log: PageLog, onBlock: () => void): void {
  const { index } = kept
  eachPage(log, kept.next, next, {
    page(page, sequence) {
      if ((page[AT_CHANNEL] & 15) === channel) index.add(page, sequence)
    },
    block(read) {
      kept.next = read
      onBlock()
    },
  })
  kept.next = next
}
