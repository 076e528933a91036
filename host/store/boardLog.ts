import { existsSync, readdirSync, statSync } from "node:fs"
import { basename, join } from "node:path"
import { CALIBRATION_TEST } from "../calibrate"
import type { BoardClock } from "../log/clock"
import { adoptTest } from "./adopt"
import { BoardWriter } from "./boardWriter"
import { type BoardFile, boardFileSchema, readYaml } from "./documents"
import { matchRuns } from "./matching"
import { type Damage, PageLog } from "./pageLog"
import { repairsPath } from "./repairs"
import { type Run, Runs } from "./runs"
import { StoredTest } from "./storedTest"
import { byBeginning, type TestFolder, type TestFolders, testId } from "./testFolders"

/** A test in a board's log. */
export interface LoggedRun extends Run {
  /** Which of the board's logs, from 1. */
  readonly log: number
}

const LAST_TEST = 65_535

interface Index {
  /** Bytes of repairs when it was made: a page that changed may tell another story. */
  repairs: number
  runs: Runs
}

/**
 * All that the store has of one board: its log, and the one before it if its flash was replaced. Reading needs
 * no lock, and shows what is there at each call.
 */
export class BoardLog {
  private readonly indexes = new Map<number, Index>()

  constructor(
    readonly folder: string,
    /** 16 hexadecimal digits. */
    readonly id: string,
    private readonly folders: TestFolders,
  ) {}

  /** Four characters, as people and Jacdac's tools call the board; its id before the first download. */
  get name(): string {
    return this.about?.name ?? this.id
  }

  /** What `board.yaml` says; undefined before the first download. */
  get about(): BoardFile | undefined {
    const path = join(this.folder, "board.yaml")
    return existsSync(path) ? readYaml(path, boardFileSchema) : undefined
  }

  /** How many logs the board has had; 1 at least. */
  get logCount(): number {
    let count = 1
    while (existsSync(this.logFolder(count + 1))) count++
    return count
  }

  /** One of the board's logs, from 1. */
  log(number: number): PageLog {
    return new PageLog(this.logFolder(number))
  }

  /** The log that the board is writing. */
  get current(): PageLog {
    return this.log(this.logCount)
  }

  /** Sequence number of the first page that is not stored. */
  get next(): number {
    return this.current.next
  }

  /** Pages of the current log, 256 bytes each, as they came: whole, torn or blank. */
  pages(from?: number, to?: number): Iterable<Uint8Array> {
    return this.current.pages(from, to)
  }

  /** Takes the board's lock. @throws StoreError when another process has it, saying who */
  writer(): BoardWriter {
    return BoardWriter.open(this)
  }

  /** Adds pages to the current log, and returns when the disk has them. */
  append(first: number, pages: Uint8Array): void {
    const writer = this.writer()
    try {
      writer.append(first, pages)
    } finally {
      writer.close()
    }
  }

  /** Reads everything, and gives what is no longer as it was written. */
  *verify(): Generator<Damage> {
    for (let number = 1; number <= this.logCount; number++) yield* this.log(number).verify()
  }

  /** The tests in the board's logs, in the order in which they began. */
  runs(): LoggedRun[] {
    const runs: LoggedRun[] = []
    for (let log = 1; log <= this.logCount; log++)
      runs.push(...this.index(log).all.map((run) => ({ ...run, log })))
    return runs
  }

  /** The board's tests that have a folder, by channel and beginning. */
  tests(): StoredTest[] {
    const folders = this.testFolders()
    const matches = matchRuns(
      this.runs(),
      folders.map(({ about }) => about),
    )
    const runOf = new Map([...matches].map(([run, about]) => [about, run]))
    return folders
      .map(({ folder, about }) => new StoredTest(folder, about, this, runOf.get(about)))
      .sort((a, b) => a.channel - b.channel || byBeginning(a.about, b.about))
  }

  /** Makes folders for tests that other hosts started; the runs of a calibration are none. */
  adoptTests(): void {
    const { about } = this
    if (about === undefined) return
    const folders = this.testFolders().map((one) => one.about)
    let broken: string[] | undefined
    for (const [run, folder] of matchRuns(this.runs(), folders)) {
      if (folder !== undefined || run.test === CALIBRATION_TEST) continue
      // It may be the test of a folder that somebody has to mend first.
      broken ??= this.folders.broken().map((one) => basename(one.folder))
      const id = testId(about.name, run)
      if (broken.some((one) => one === id || one.startsWith(`${id}.`))) continue
      adoptTest(this.folders, this, about, run)
    }
  }

  /** A number that neither the board's stored log nor a folder has for this channel. */
  nextTestNumber(channel: number): number {
    const folders = this.testFolders().map(({ about }) => about)
    const used = [...this.runs(), ...folders].filter((one) => one.channel === channel)
    const next = Math.max(0, ...used.map(({ test }) => test)) + 1
    return next > LAST_TEST ? 1 : next
  }

  /** UTC of the board's clock in one of its logs. */
  clock(log: number): BoardClock {
    return this.index(log).clock
  }

  logFolder(number: number): string {
    return number === 1 ? this.folder : join(this.folder, `log-${number}`)
  }

  private testFolders(): TestFolder[] {
    return this.folders.of(this.id)
  }

  private index(log: number): Runs {
    const folder = this.logFolder(log)
    const repairs = statSync(repairsPath(folder), { throwIfNoEntry: false })?.size ?? 0
    let index = this.indexes.get(log)
    if (index === undefined || index.repairs !== repairs) {
      index = { repairs, runs: new Runs(this.log(log)) }
      this.indexes.set(log, index)
    }
    index.runs.update()
    return index.runs
  }
}

/** Ids of the boards that a folder has logs of. */
export function boardIds(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => /^[0-9a-f]{16}$/.test(name))
}
