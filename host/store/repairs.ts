import * as fs from "node:fs"
import { join } from "node:path"
import { ENTRY_BYTES, entryHolds, pageOf } from "./entry"
import { diskError } from "./storeError"

/** Pages that were fetched again: entries as in a segment, in any order. The last of a page counts. */
export function repairsPath(folder: string): string {
  return join(folder, "repairs.log")
}

export function readRepairs(folder: string): Map<number, Uint8Array> {
  const repairs = new Map<number, Uint8Array>()
  const path = repairsPath(folder)
  if (!fs.existsSync(path)) return repairs
  let entries: Buffer
  try {
    entries = fs.readFileSync(path)
  } catch (error) {
    throw diskError(error, path)
  }
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const sequence = entries.readUInt32LE(at)
    if (entryHolds(entries, at, sequence)) repairs.set(sequence, pageOf(entries, at))
  }
  return repairs
}
