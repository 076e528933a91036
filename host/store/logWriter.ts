import * as fs from "node:fs"
import { join } from "node:path"
import { PAGE_BYTES } from "../log/page"
import { ENTRY_BYTES, encodeEntries } from "./entry"
import { makeFolder, syncFolder } from "./files"
import { repairsPath } from "./repairs"
import { listSegments, type Segment, segmentName } from "./segment"
import { diskError } from "./storeError"

/** Adds pages to a log in a folder. Whoever has one must hold the board's lock. */
export class LogWriter {
  /** What is written to, with its length of whole entries. */
  private segment: Segment | undefined

  /**
   * Cuts off what a kill or a power cut of the PC left unfinished, and makes durable what whoever was killed
   * had no time to: the board will be told that it is.
   */
  constructor(
    private readonly folder: string,
    /** Throws when the lock was lost. */
    private readonly checkLock: () => void,
  ) {
    makeFolder(folder)
    this.segment = listSegments(folder).at(-1)
    if (this.segment !== undefined) settle(this.segment.path, this.segment.count)
    const repairs = repairsPath(folder)
    if (fs.existsSync(repairs)) settle(repairs, Math.floor(fs.statSync(repairs).size / ENTRY_BYTES))
    syncFolder(folder)
  }

  /** Sequence number of the page to come. */
  get next(): number {
    return this.segment === undefined ? 0 : this.segment.first + this.segment.count
  }

  /**
   * Adds pages, and returns when the disk has them. A jump leaves a gap, and begins a new file.
   * @param first sequence number of the first page, `next` or later
   * @throws StoreError when the disk takes them not; then none of them is there
   */
  append(first: number, pages: Uint8Array): void {
    const { next } = this
    if (first < next) throw new RangeError(`page ${first} is stored, ${next} is next`)
    const isNew = this.segment === undefined || first > next
    const segment =
      !isNew && this.segment !== undefined
        ? this.segment
        : { path: join(this.folder, segmentName(first)), first, count: 0 }
    this.write(segment.path, segment.count, encodeEntries(first, pages))
    this.segment = { ...segment, count: segment.count + pages.length / PAGE_BYTES }
  }

  /** Adds a page in place of one that is damaged or was not whole, and returns when the disk has it. */
  repair(sequence: number, page: Uint8Array): void {
    const path = repairsPath(this.folder)
    const size = fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0
    this.write(path, size / ENTRY_BYTES, encodeEntries(sequence, page))
  }

  private write(path: string, count: number, entries: Buffer): void {
    this.checkLock()
    try {
      const isNew = !fs.existsSync(path)
      const fd = fs.openSync(path, isNew ? "wx" : "r+")
      try {
        writeWhole(fd, entries, count * ENTRY_BYTES)
        fs.fsyncSync(fd)
      } finally {
        fs.closeSync(fd)
      }
      if (isNew) syncFolder(this.folder)
    } catch (error) {
      leave(path, count)
      throw diskError(error, path)
    }
  }
}

/** Leaves a file with this many entries if it can: what is behind, the next writer cuts off. */
function leave(path: string, count: number): void {
  try {
    fs.truncateSync(path, count * ENTRY_BYTES)
  } catch {
    // What went wrong before is what a person should hear of.
  }
}

/** Makes a file have this many entries, on the disk. */
function settle(path: string, count: number): void {
  try {
    const fd = fs.openSync(path, "r+")
    try {
      if (fs.fstatSync(fd).size > count * ENTRY_BYTES) fs.ftruncateSync(fd, count * ENTRY_BYTES)
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
  } catch (error) {
    throw diskError(error, path)
  }
}

function writeWhole(fd: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += fs.writeSync(fd, bytes, done, bytes.length - done, at + done)
}
