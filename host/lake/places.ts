import { TesterError } from "../errors"

/** What tells one test in the dataset from all others. */
export interface TestPlace {
  readonly lab: string
  /** The board's id, 16 hexadecimal digits. */
  readonly board: string
  readonly channel: number
  /** Its id in the store that it comes from. */
  readonly test: string
}

/** UTC day as `2026-11-21`; undefined for records of a board that was never told the time. */
export type Day = string | undefined

/** UTC month as `2026-11`; undefined as for a day. */
export type Month = string | undefined

export function monthOf(day: Day): Month {
  return day?.slice(0, 7)
}

/** What Hive, and whoever reads as it does, takes for no value. */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
const LAB = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/

/** @throws TesterError when a lab cannot be called so */
export function checkLab(lab: string): string {
  if (LAB.test(lab)) return lab
  throw new TesterError(
    `A lab cannot be called "${lab}": its name becomes a folder's. Use 1 to 64 letters, digits, dots, hyphens and ` +
      "underscores, the first a letter or digit.",
  )
}

/** All records of a test on one day of a month that is not over. */
export function dayKey(place: TestPlace, day: Day): string {
  return `${daysPrefix(place)}day=${day ?? NO_VALUE}/records.parquet`
}

export function daysPrefix(place: TestPlace): string {
  return `records/${partitions(place)}`
}

/** All records of a test in one month that is over. */
export function monthKey(place: TestPlace, month: Month): string {
  return `${monthsPrefix(place)}month=${month ?? NO_VALUE}/records.parquet`
}

export function monthsPrefix(place: TestPlace): string {
  return `months/${partitions(place)}`
}

/** The test's cycles, a row each. */
export function cyclesKey(place: TestPlace): string {
  return `cycles/${partitions(place)}cycles.parquet`
}

/** What is known of the test and its cell, and which of its days are in the dataset. */
export function testKey(place: TestPlace): string {
  return `tests/${partitions(place)}test.json`
}

const TEST = /^tests\/lab=([^/]+)\/board=([^/]+)\/channel=(\d+)\/test=([^/]+)\/test\.json$/

/** Whose `test.json` that is; undefined when it is none. */
export function placeOf(key: string): TestPlace | undefined {
  const [, lab, board, channel, test] = TEST.exec(key) ?? []
  if (test === undefined) return undefined
  return { lab, board, channel: Number(channel), test: decodeURIComponent(test) }
}

function partitions({ lab, board, channel, test }: TestPlace): string {
  return `lab=${lab}/board=${board}/channel=${channel}/test=${encodeURIComponent(test)}/`
}
