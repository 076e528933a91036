import * as fs from "node:fs"
import { join } from "node:path"
import { ENTRY_BYTES, entryHolds } from "./entry"
import { diskError, StoreError } from "./storeError"

/** A file of pages that follow each other. */
export interface Segment {
  readonly path: string
  /** Sequence number of its first page. */
  readonly first: number
  /** Entries up to the last that holds; what is behind was not written whole. */
  readonly count: number
}

const NAME = /^pages-(\d{10})\.log$/

export function segmentName(first: number): string {
  return `pages-${String(first).padStart(10, "0")}.log`
}

/**
 * The segments of a log, in order.
 * @throws StoreError when two of them tell of the same pages
 */
export function listSegments(folder: string): Segment[] {
  const segments = namesIn(folder)
    .map((name) => ({ name, first: Number(NAME.exec(name)?.[1]) }))
    .filter(({ first }) => !Number.isNaN(first))
    .sort((a, b) => a.first - b.first)
    .map(({ name, first }) => {
      const path = join(folder, name)
      return { path, first, count: soundCount(path, first) }
    })
  for (const [i, { path, first, count }] of segments.entries()) {
    const after = segments[i + 1]
    if (after !== undefined && first + count > after.first)
      throw new StoreError(
        path,
        `it tells of the same pages as ${after.path}. No host writes that: was one of them copied here? ` +
          "Take it out of this folder.",
      )
  }
  return segments
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return []
    throw diskError(error, folder)
  }
}

/** Entries up to the last that holds. */
export function soundCount(path: string, first: number): number {
  const fd = openToRead(path)
  try {
    const entry = Buffer.allocUnsafe(ENTRY_BYTES)
    let count = Math.floor(fs.fstatSync(fd).size / ENTRY_BYTES)
    for (; count > 0; count--) {
      fs.readSync(fd, entry, 0, ENTRY_BYTES, (count - 1) * ENTRY_BYTES)
      if (entryHolds(entry, 0, first + count - 1)) break
    }
    return count
  } finally {
    fs.closeSync(fd)
  }
}

/** Reads `count` entries of a segment from number `from` on, into a buffer of their own. */
export function readEntries(segment: Segment, from: number, count: number): Buffer {
  const fd = openToRead(segment.path)
  try {
    const entries = Buffer.allocUnsafeSlow(count * ENTRY_BYTES)
    const read = fs.readSync(fd, entries, 0, entries.length, from * ENTRY_BYTES)
    return entries.subarray(0, read - (read % ENTRY_BYTES))
  } finally {
    fs.closeSync(fd)
  }
}

function openToRead(path: string): number {
  try {
    return fs.openSync(path, "r")
  } catch (error) {
    throw diskError(error, path)
  }
}
