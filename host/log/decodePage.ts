import * as format from "../../firmware/core/logFormat"
import { LogError } from "../errors"
import type { LogEvent } from "./event"
import { type PageHead, pageHead } from "./page"
import { type Context, RecordReader } from "./recordReader"

/** One page of the board's log with an object for each record: for the few of a small log. */
export interface LogPage extends PageHead {
  records: LogRecord[]
}

/** Where in its test a record stands. On the board's pages test time is board time. */
export interface Place extends Omit<Context, "ahead_ms"> {
  testTime_ms: number
  /** Milliseconds since the board started. */
  boardTime_ms: number
}

export interface LogPoint {
  kind: "point"
  isFirst: boolean
  isLast: boolean
  voltage_uV: number
  current_nA: number
  stepCharge_nAh: number
  stepEnergy_nWh: number
}

export type LogRecord = Place & (LogPoint | LogEvent)

/**
 * Decodes one page.
 * @throws LogError when it is torn, empty, or of a format that this program does not know
 */
export function decodePage(bytes: Uint8Array): LogPage {
  const head = pageHead(bytes)
  if (head === undefined)
    throw new LogError("A log page is torn or empty: its checksum does not hold.")
  const records: LogRecord[] = []
  const reader = new RecordReader({
    points(points, context) {
      for (let i = 0; i < points.length; i++)
        records.push({
          ...placeAt(points.time_ms[i], context),
          kind: "point",
          isFirst: points.kind[i] === format.RECORD_FIRST,
          isLast: points.kind[i] === format.RECORD_LAST,
          voltage_uV: points.voltage_uV[i],
          current_nA: points.current_nA[i],
          stepCharge_nAh: points.stepCharge_nAh[i],
          stepEnergy_nWh: points.stepEnergy_nWh[i],
        })
    },
    event(event, testTime_ms, context) {
      records.push({ ...placeAt(testTime_ms, context), ...event })
    },
  })
  reader.read(bytes)
  return { ...head, records }
}

function placeAt(testTime_ms: number, { ahead_ms, ...context }: Context): Place {
  return { ...context, testTime_ms, boardTime_ms: testTime_ms + ahead_ms }
}
