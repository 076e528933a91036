import type { BoardClient } from "../boardClient"
import { LogError } from "../errors"
import type { Link } from "../transport/link"
import { type LoggedTest, pagesOf, testsOf } from "./samples"

/** Reads the board's whole log, as the board has it. */
export async function readWholeLog(
  link: Link,
  board: BoardClient,
  onProgress?: (share: number) => void,
): Promise<Uint8Array> {
  // A page that a test's end just handed over is in flash within one or two control periods.
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
 * @throws LogError when pages that the board counts are torn
 */
export function decodeTests(log: Uint8Array): LoggedTest[] {
  const { pages, unreadable } = pagesOf(log)
  if (unreadable > 0)
    throw new LogError(`${unreadable} of ${pages.length + unreadable} log pages are torn.`)
  return testsOf(pages).sort((a, b) => a.channel - b.channel || a.test - b.test)
}
