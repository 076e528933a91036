import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { BoardClient } from "../boardClient"
import { LogError } from "../errors"
import { type Records, samplesOf } from "../records"
import type { Sample } from "../sample"
import type { Link } from "../transport/link"
import { BoardClock } from "./clock"
import { type LogPages, pagesOf, type WholePage } from "./pages"
import { RecordReader } from "./recordReader"
import type { TestAbout } from "./testAbout"
import { TestReader } from "./testReader"

/** One test as the board logged it, whole in memory. */
export interface LoggedTest extends TestAbout {
  channel: number
  test: number
  records: Records[]
  /** The same, row by row. */
  samples: Sample[]
}

/** A start of the board, as far as the log tells. */
export interface Boot {
  boot: number
  /** Only the microcontroller was reset; undefined when the log does not say. */
  keptPower: boolean | undefined
  /** Unix time, if the board was told the time before the next start. */
  unixTime_s: number | undefined
}

/** Reads the board's whole log, as the board has it. */
export async function readWholeLog(
  link: Link,
  board: BoardClient,
  onProgress?: (share: number) => void,
): Promise<Uint8Array> {
  // A page that a test's end just handed over is in flash three control periods later, or an erase more.
  await link.sleep_ms(1500)
  const { first, next } = await board.logRange()
  return await board.readLog(first, next, onProgress)
}

/** The tests in the board's log, first channel first. */
export async function readTests(link: Link, board: BoardClient): Promise<LoggedTest[]> {
  return decodeTests(await readWholeLog(link, board))
}

/**
 * The tests in a log that was read whole and is small: it is held in memory record by record.
 * @throws LogError when pages are missing, there twice, or not to be understood
 */
export function decodeTests(log: Uint8Array): LoggedTest[] {
  const { pages, lost, duplicates } = pagesOf(log)
  if (lost > 0) throw new LogError(`${lost} log pages are missing or torn.`)
  if (duplicates > 0) throw new LogError(`${duplicates} log pages are there twice.`)
  const clock = BoardClock.of(pages.map(({ bytes }) => bytes))
  return pagesByTest(pages)
    .map((ofTest) => readTest(ofTest, clock))
    .sort((a, b) => a.channel - b.channel || a.test - b.test)
}

/** The pages of each test, in the order in which the tests began. */
function pagesByTest(pages: WholePage[]): WholePage[][] {
  const tests: WholePage[][] = []
  const current = new Map<number, WholePage[]>()
  for (const page of pages) {
    if (page.channel === BOARD_CHANNEL) continue
    let test = current.get(page.channel)
    // A number that is used again is another test.
    if (test === undefined || page.beginsTest || test[0].test !== page.test) {
      test = []
      current.set(page.channel, test)
      tests.push(test)
    }
    test.push(page)
  }
  return tests
}

function readTest(pages: WholePage[], clock: BoardClock): LoggedTest {
  const [{ channel, test }] = pages
  const reader = new TestReader(
    pages.map(({ bytes }) => bytes),
    clock,
  )
  const records = [...reader]
  const samples = records.flatMap((batch) => [...samplesOf(batch)])
  return { ...reader.about, channel, test, records, samples }
}

/** The starts of the board that a log tells of, in order. */
export function bootsOf({ pages }: LogPages): Boot[] {
  const clock = BoardClock.of(pages.map(({ bytes }) => bytes))
  const boots = new Map<number, Boot>()
  for (const page of pages) {
    const unix_ms = clock.unix_ms(page.boot, 0)
    const unixTime_s = unix_ms === undefined ? undefined : unix_ms / 1000
    const boot = boots.get(page.boot) ?? { boot: page.boot, keptPower: undefined, unixTime_s }
    boots.set(page.boot, boot)
    if (page.channel === BOARD_CHANNEL) boot.keptPower = keptPower(page) ?? boot.keptPower
  }
  return [...boots.values()].sort((a, b) => a.boot - b.boot)
}

function keptPower({ bytes }: WholePage): boolean | undefined {
  let kept: boolean | undefined
  const reader = new RecordReader({
    points() {},
    event(event) {
      if (event.kind === "boot") kept = event.keptPower
    },
  })
  reader.read(bytes)
  return kept
}
