import { setImmediate } from "node:timers/promises"
import type { Records } from "../records"
import type { Quantity } from "./quantities"
import { type Rows, Totals } from "./totals"

/** A column of a format: what stands above it, and what in it. */
export interface Column {
  head: string
  quantity: Quantity
  /** How a text format writes a number; as a plain decimal unless given. */
  write?: NumberWriter
}

/** Writes a number as bytes, 32 at most, at that place. @returns where the next byte goes */
export type NumberWriter = (into: Uint8Array, at: number, value: number) => number

/** A file of columns that is written batch by batch, in memory that does not grow with the test. */
export interface TableFile {
  add(rows: Rows): void | Promise<void>
  /** Completes the file under its final name. */
  finish(path: string): void | Promise<void>
  /** Leaves nothing behind. */
  discard(): void
}

export interface WriteOptions {
  /** Ends the export; nothing of it remains. */
  signal?: AbortSignal
  /** Called now and then, with how many there were and the test time of the last. */
  onRecords?: (records: number, time_s: number) => void
}

/**
 * Writes all records of a test.
 * @param name gives the final path once all records have been read
 * @returns how many records there were
 */
export async function writeTable(
  file: TableFile,
  batches: Iterable<Records>,
  name: () => string,
  { signal, onRecords }: WriteOptions = {},
): Promise<number> {
  const totals = new Totals()
  let records = 0
  let told = 0
  try {
    for (const batch of batches) {
      if (batch.length === 0) continue
      await file.add(totals.next(batch))
      records += batch.length
      if (records - told < TELL_EVERY) continue
      told = records
      onRecords?.(records, batch.time_s[batch.length - 1])
      // Lets a signal come in.
      await setImmediate()
      signal?.throwIfAborted()
    }
    await file.finish(name())
  } catch (error) {
    file.discard()
    throw error
  }
  return records
}

const TELL_EVERY = 100_000
