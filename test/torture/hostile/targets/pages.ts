import * as format from "../../../../firmware/core/logFormat"
import {
  decodeCalibration,
  encodeCalibration,
  implausible,
} from "../../../../host/calibration/bytes"
import { putCrc } from "../../../../host/crc"
import { BoardClock } from "../../../../host/log/clock"
import { decodePage } from "../../../../host/log/decodePage"
import { isWhole, PAGE_BYTES } from "../../../../host/log/page"
import { bootsOf, decodeTests } from "../../../../host/log/read"
import { pagesOf } from "../../../../host/log/pages"
import { TestReader } from "../../../../host/log/testReader"
import { cycleReport } from "../../../../host/report/cycles/cycleReport"
import { encodedCalibration } from "../calibrated"
import { broken, type Target, wordsOf } from "../target"
import { mendable } from "./texts"

/** Odd first bytes leave the checksums as they are; even ones make them hold, as a liar would. */
export function pagesFrom(input: Buffer): Buffer {
  const pages = Buffer.alloc(
    PAGE_BYTES * Math.ceil(Math.max(0, input.length - 1) / PAGE_BYTES),
    0xff,
  )
  input.subarray(1).copy(pages)
  if (input[0] % 2 === 1) return pages
  for (let at = 0; at < pages.length; at += PAGE_BYTES) {
    pages[at + format.AT_FORMAT] = format.LOG_FORMAT
    putCrc(pages, at, format.CRC_AT)
  }
  return pages
}

/**
 * Pages of a log, whole by their checksums and yet anything: read, or refused in words; times and sums are numbers.
 * @param log sound pages
 */
export function logPages(log: Buffer): Target {
  const seeds = [0, 1].flatMap((first) => [
    Buffer.concat([Buffer.of(first), log.subarray(0, 4 * PAGE_BYTES)]),
    Buffer.concat([Buffer.of(first), log.subarray(-3 * PAGE_BYTES)]),
  ])
  return {
    name: "log-pages",
    seeds,
    most: 1 + 6 * PAGE_BYTES,
    run(input) {
      const bytes = pagesFrom(input)
      const pages: Uint8Array[] = []
      for (let at = 0; at < bytes.length; at += PAGE_BYTES)
        pages.push(bytes.subarray(at, at + PAGE_BYTES))
      for (const page of pages) if (isWhole(page)) mendable(() => decodePage(page))
      mendable(() => decodeTests(bytes))
      mendable(() => bootsOf(pagesOf(bytes)))
      const clock = mendable(() => BoardClock.of(pages))
      if (clock === undefined) return
      const reader = new TestReader(pages, clock)
      const last = mendable(() => [...reader].at(-1))
      if (last !== undefined && last.length > 0 && Number.isNaN(last.time_s[last.length - 1]))
        broken("a time is no number")
      mendable(() => cycleReport(reader, { area_cm2: 1, type: "Li||Cu" }, { overwritten: [] }))
    },
  }
}

/** A calibration as a board may send it. */
export const calibrations: Target = {
  name: "calibrations",
  seeds: [Buffer.from(encodedCalibration())],
  words: wordsOf("Vishay 100R \0 \u00e9"),
  most: 128,
  run(input) {
    const found = decodeCalibration(input)
    if (found === undefined || implausible(found) !== undefined) return
    const again = decodeCalibration(encodeCalibration(found))
    if (JSON.stringify(again) !== JSON.stringify(found)) broken("written again it is another")
  },
}
