import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import * as format from "../../firmware/core/logFormat"
import { type Cell, readCell } from "../cell"
import type { BoardClock } from "../log/clock"
import { isWhole } from "../log/page"
import { TestReader } from "../log/testReader"
import type { BoardLog, LoggedRun } from "./boardLog"
import { readText, type TestFile } from "./documents"
import { ENTRY_BYTES, PAGE_AT, pageOf } from "./entry"
import type { Range } from "./pageLog"
import { summarise, type TestSummary } from "./summary"

/** Enough of a test's last pages to tell where it stands. */
const LAST_PAGES = 2

/** One test: its folder of what people wrote, and its pages in the board's log. */
export class StoredTest {
  constructor(
    readonly folder: string,
    /** What `test.yaml` says. */
    readonly about: TestFile,
    private readonly log: BoardLog,
    /** Where its pages are; undefined while none was fetched. */
    readonly run: LoggedRun | undefined,
  ) {}

  get id(): string {
    return basename(this.folder)
  }

  /** The board's id. */
  get board(): string {
    return this.about.board
  }

  get boardName(): string {
    return this.about.board_name
  }

  get channel(): number {
    return this.about.channel
  }

  get test(): number {
    return this.about.test
  }

  /** @throws TesterError when `cell.yaml` is missing, or naming what is wrong in it */
  get cell(): Cell {
    const path = join(this.folder, "cell.yaml")
    return readCell(readText(path), path)
  }

  /** The protocol's file as it was given; undefined when another host started the test. */
  get protocol(): { fileName: string; text: string } | undefined {
    const name = readdirSync(this.folder).find((one) => one.startsWith("protocol."))
    return name === undefined
      ? undefined
      : { fileName: this.about.protocol_file ?? name, text: readText(join(this.folder, name)) }
  }

  /** What the board was given to run; undefined when another host started the test. */
  get program(): Uint8Array | undefined {
    const path = join(this.folder, "program.bin")
    return existsSync(path) ? readFileSync(path) : undefined
  }

  /** Its pages in order, 256 bytes each, as they came. */
  *pages(): Generator<Uint8Array> {
    if (this.run !== undefined) yield* this.pagesFrom(this.run.first)
  }

  /** Reads its records. */
  reader(): TestReader {
    return new TestReader({ [Symbol.iterator]: () => this.pages() }, this.clock())
  }

  /** Pages of the board within the test that were overwritten before they were fetched: some may be its. */
  gaps(): Range[] {
    const { run } = this
    if (run === undefined) return []
    return this.log
      .log(run.log)
      .gaps()
      .filter(({ first, next }) => first >= run.first && next <= run.next)
  }

  /** Where it stands, by its first and last pages alone. */
  summary(): TestSummary {
    const { run } = this
    if (run === undefined) return summarise(undefined, [], this.clock())
    const first = this.log.log(run.log).page(run.first)
    return summarise(first, this.lastPages(run), this.clock())
  }

  private clock(): BoardClock {
    return this.log.clock(this.run?.log ?? this.about.log)
  }

  private lastPages(run: LoggedRun): Uint8Array[] {
    for (let back = 64; ; back *= 8) {
      const from = Math.max(run.first, run.next - back)
      const whole = [...this.pagesFrom(from)].filter(isWhole)
      if (whole.length >= LAST_PAGES || from === run.first) return whole.slice(-LAST_PAGES)
    }
  }

  private *pagesFrom(first: number): Generator<Uint8Array> {
    if (this.run === undefined) return
    const { channel, next, log } = this.run
    for (const { entries } of this.log.log(log).blocks(first, next))
      for (let at = 0; at < entries.length; at += ENTRY_BYTES)
        if ((entries[at + PAGE_AT + format.AT_CHANNEL] & 15) === channel) yield pageOf(entries, at)
  }
}
