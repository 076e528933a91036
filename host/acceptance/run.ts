import type { BoardClient } from "../boardClient"
import { CALIBRATION_TEST } from "../calibrate"
import { AcceptanceError } from "../errors"
import { BoardClock } from "../log/clock"
import { pagesOf } from "../log/pages"
import { TestReader } from "../log/testReader"
import { circuit } from "../manifest"
import { compileProtocol } from "../protocol/compile"
import type { MethodStep } from "../protocol/schema"
import { samplesOf } from "../records"
import type { Sample } from "../sample"
import type { Link } from "../transport/link"

/** A page that a test's end handed over is in flash three control periods later, or an erase more. */
const IN_FLASH_ms = 1500
const LOOK_ms = 500
const MOST_ms = 300_000

/** One run of a channel, as the board logged it. */
export interface Run {
  /** The fault that ended it; undefined when it came to its end. */
  fault: string | undefined
  /** What the dummy read before the relay closed; undefined when it came not that far. */
  selfTest: { ratioError_ppm: number; offset_uV: number } | undefined
  /** Every reading, by step. */
  steps: Sample[][]
  lostPages: number
}

/**
 * Runs a method on a channel, and reads it back from the board's log; whatever happens, the channel is let go. The
 * run's number is that of calibrations, so that no store takes it for a test of a cell.
 * @throws AcceptanceError when it does not end; BoardError when the channel cannot take it
 */
export async function runMethod(
  link: Link,
  board: BoardClient,
  channel: number,
  method: MethodStep[],
): Promise<Run> {
  const protocol = {
    record: { time_s: 0.1 },
    safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 50 },
    self_test_at_rest: false,
    resume: "stop" as const,
    method,
  }
  const { bytes } = compileProtocol(protocol, { name: "acceptance test" }, circuit)
  const { next: first } = await board.logRange()
  await board.start(channel, CALIBRATION_TEST, bytes)
  const fault = await ended(link, board, channel)
  await link.sleep_ms(IN_FLASH_ms)
  const { next } = await board.logRange()
  return { fault, ...read(await board.readLog(first, next), channel) }
}

/** Waits for a run's end, and confirms its fault. */
async function ended(link: Link, board: BoardClient, channel: number): Promise<string | undefined> {
  const until_ms = link.now_ms + MOST_ms
  try {
    for (;;) {
      const { state, fault } = await board.status(channel)
      if (state === "Finished") return undefined
      if (state === "Fault") return fault
      if (state === "Paused" || state === "Idle")
        throw new AcceptanceError(channel, `its run was interrupted from outside (${state}).`)
      if (link.now_ms > until_ms) throw new AcceptanceError(channel, "its run did not end in time.")
      await link.sleep_ms(LOOK_ms)
    }
  } finally {
    // One that is over refuses.
    await board.stop(channel).catch(() => {})
  }
}

/** The last run of calibrations' number that begins in these pages. */
function read(log: Uint8Array, channel: number): Omit<Run, "fault"> {
  const { pages } = pagesOf(log)
  const own = pages.filter((page) => page.channel === channel && page.test === CALIBRATION_TEST)
  const begins = own.map(({ beginsTest }) => beginsTest).lastIndexOf(true)
  const bytes = own.slice(Math.max(0, begins)).map((page) => page.bytes)
  const reader = new TestReader(bytes, BoardClock.of(pages.map((page) => page.bytes)))
  const steps: Sample[][] = []
  for (const records of reader) {
    steps[records.stepIndex] ??= []
    steps[records.stepIndex].push(...samplesOf(records))
  }
  const selfTest = reader.about.events.find((event) => event.kind === "selfTest")
  // Without its first page nothing is known of it.
  const lostPages = reader.about.lostPages + (begins < 0 ? 1 : 0)
  return { selfTest: selfTest?.kind === "selfTest" ? selfTest : undefined, steps, lostPages }
}
