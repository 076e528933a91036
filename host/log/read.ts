import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { BoardClient } from "../boardClient"
import { LogError } from "../errors"
import type { Link } from "../transport/link"
import { BoardClock } from "./clock"
import { type LogPages, pagesOf } from "./pages"
import type { LoggedTest } from "./samples"
import { testsOf } from "./tests"

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
 * The tests in a log that was read whole.
 * @throws LogError when pages are missing, there twice, or not to be understood
 */
export function decodeTests(log: Uint8Array): LoggedTest[] {
  const { pages, lost, duplicates } = pagesOf(log)
  if (lost > 0) throw new LogError(`${lost} log pages are missing or torn.`)
  if (duplicates > 0) throw new LogError(`${duplicates} log pages are there twice.`)
  return testsOf(pages, new BoardClock(pages)).sort(
    (a, b) => a.channel - b.channel || a.test - b.test,
  )
}

/** The starts of the board that a log tells of, in order. */
export function bootsOf({ pages }: LogPages): Boot[] {
  const clock = new BoardClock(pages)
  const boots = new Map<number, Boot>()
  for (const page of pages) {
    const unix_ms = clock.unix_ms(page.boot, 0)
    const unixTime_s = unix_ms === undefined ? undefined : unix_ms / 1000
    const boot = boots.get(page.boot) ?? { boot: page.boot, keptPower: undefined, unixTime_s }
    boots.set(page.boot, boot)
    if (page.channel !== BOARD_CHANNEL) continue
    for (const record of page.records) if (record.kind === "boot") boot.keptPower = record.keptPower
  }
  return [...boots.values()].sort((a, b) => a.boot - b.boot)
}
