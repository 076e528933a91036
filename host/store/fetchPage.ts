import type { BoardClient } from "../boardClient"
import * as format from "../../firmware/core/logFormat"
import { isWhole, PAGE_BYTES } from "../log/page"

/** How often a page that did not come whole is asked for again: it may have been garbled on its way. */
const TRIES = 2

/** Whether these bytes are the page of that number, whole. */
export function isPage(page: Uint8Array, sequence: number): boolean {
  const { buffer, byteOffset } = page
  const told = new DataView(buffer, byteOffset).getUint32(format.AT_SEQUENCE, true)
  return told === sequence && isWhole(page)
}

/** Whether this page was never written. */
export function isBlank(page: Uint8Array): boolean {
  return page.every((byte) => byte === 0xff)
}

/** Asks for one page until it comes whole, some times. @returns it as it came at last */
export async function fetchPage(
  board: Pick<BoardClient, "readPages">,
  sequence: number,
): Promise<Uint8Array> {
  let page: Uint8Array = new Uint8Array(PAGE_BYTES)
  for (let i = 0; i < TRIES && !isPage(page, sequence); i++)
    for await (const { bytes } of board.readPages(sequence, sequence + 1)) page = bytes
  return page
}
