import * as format from "../../firmware/core/logFormat"
import { crcHolds } from "../crc"
import { LogError } from "../errors"
import { decodeEvent, type LogEvent } from "./event"

/** One page of the board's log, decoded (`firmware/LOG_FORMAT.md`). */
export interface LogPage {
  sequence: number
  boot: number
  /** `BOARD_CHANNEL` for the board's own pages. */
  channel: number
  /** Counts the channel's pages of this boot, modulo 16. */
  number: number
  test: number
  /** When it was opened, by the board's clock and by the test's. */
  boardTime_ms: number
  testTime_ms: number
  records: LogRecord[]
}

/** Where in its test a record stands. On the board's pages test time is board time. */
export interface Place {
  testTime_ms: number
  /** Milliseconds since the board started. */
  boardTime_ms: number
  stepIndex: number
  stepType: number
  cycle: number
  stepCount: number
  isUncalibrated: boolean
  temperature_degC: number | undefined
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

export const PAGE_BYTES = 256

/** Whether these 256 bytes are a page that was written whole. */
export function isWhole(bytes: Uint8Array): boolean {
  return crcHolds(bytes, format.CRC_AT)
}

/**
 * Decodes one page.
 * @throws LogError when it is torn, empty, or of a format that this program does not know
 */
export function decodePage(page: Uint8Array): LogPage {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength)
  if (!isWhole(bytes))
    throw new LogError("A log page is torn or empty: its checksum does not hold.")
  if (bytes[format.AT_FORMAT] !== format.LOG_FORMAT)
    throw new LogError(
      `A log page begins with ${bytes[format.AT_FORMAT].toString(16)}h; ` +
        `this program reads those with ${format.LOG_FORMAT.toString(16)}h.`,
    )
  return {
    sequence: bytes.readUIntLE(format.AT_SEQUENCE, 4),
    boot: bytes.readUIntLE(format.AT_BOOT, 3),
    channel: bytes[format.AT_CHANNEL] & 15,
    number: bytes[format.AT_CHANNEL] >> 4,
    test: bytes.readUIntLE(format.AT_TEST, 2),
    boardTime_ms: bytes.readUIntLE(format.AT_BOARD_TIME, 5),
    testTime_ms: bytes.readUIntLE(format.AT_TEST_TIME, 5),
    records: decodeRecords(bytes),
  }
}

function decodeRecords(bytes: Buffer): LogRecord[] {
  const records: LogRecord[] = []
  const end = format.RECORDS_AT + bytes[format.AT_USED]
  let at = format.RECORDS_AT
  const place: Place = {
    testTime_ms: bytes.readUIntLE(format.AT_TEST_TIME, 5),
    boardTime_ms: bytes.readUIntLE(format.AT_BOARD_TIME, 5),
    stepIndex: bytes[format.AT_STEP_INDEX],
    stepType: bytes[format.AT_STEP_TYPE] & 15,
    cycle: bytes.readUIntLE(format.AT_CYCLE, 3),
    stepCount: bytes.readUIntLE(format.AT_STEP_COUNT, 3),
    isUncalibrated: ((bytes[format.AT_STEP_TYPE] >> 4) & format.FLAG_UNCALIBRATED) !== 0,
    temperature_degC: temperature_degC(bytes.readIntLE(format.AT_TEMPERATURE, 2)),
  }
  // Board time less test time: they run alike until an event says otherwise.
  let ahead_ms = place.boardTime_ms - place.testTime_ms
  // What the next point's differences are from.
  let time_ms = place.testTime_ms
  let interval_ms = 0
  let voltage_uV = 0
  let current_nA = 0
  let stepCharge_nAh = 0
  let stepEnergy_nWh = 0

  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      if (at >= end) throw cutShort()
      const byte = bytes[at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  while (at < end) {
    const head = varint()
    const flags = head % 4
    const time = signed((head - flags) / 4)
    if (flags !== format.RECORD_EVENT) {
      interval_ms += time
      time_ms += interval_ms
      voltage_uV += signed(varint())
      current_nA += signed(varint())
      const expected_nAh = Math.floor((current_nA * interval_ms) / 3.6e6 + 0.5)
      const sums = varint()
      const charge = sums % 4
      stepEnergy_nWh +=
        Math.floor((expected_nAh * voltage_uV) / 1e6 + 0.5) + signed((sums - charge) / 4)
      stepCharge_nAh += expected_nAh + signed(charge < 3 ? charge : 3 + varint())
      place.testTime_ms = time_ms
      place.boardTime_ms = time_ms + ahead_ms
      records.push({
        ...place,
        kind: "point",
        isFirst: flags === format.RECORD_FIRST,
        isLast: flags === format.RECORD_LAST,
        voltage_uV,
        current_nA,
        stepCharge_nAh,
        stepEnergy_nWh,
      })
      continue
    }
    if (at + 2 > end || at + 2 + bytes[at + 1] > end) throw cutShort()
    const payload = bytes.subarray(at + 2, at + 2 + bytes[at + 1])
    const event = decodeEvent(bytes[at], payload)
    at += 2 + payload.length
    place.testTime_ms = time_ms + time
    if (event.kind === "boardTime") {
      ahead_ms = event.boardTime_ms - place.testTime_ms
      continue
    }
    place.boardTime_ms = place.testTime_ms + ahead_ms
    if (event.kind === "stepBegins") {
      place.stepIndex = payload[0]
      place.stepType = payload[1]
      place.cycle = payload.readUIntLE(3, 4)
      place.stepCount++
      time_ms = place.testTime_ms
      interval_ms = 0
      stepCharge_nAh = 0
      stepEnergy_nWh = 0
    }
    if (event.kind === "temperature")
      place.temperature_degC = temperature_degC(payload.readIntLE(0, 2))
    records.push({ ...place, ...event })
  }
  return records
}

/** 0, 1, 2, 3 … stand for 0, −1, 1, −2 … */
function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

function temperature_degC(value: number): number | undefined {
  return value === format.NO_TEMPERATURE ? undefined : value / 100
}

function cutShort(): LogError {
  return new LogError("A log page ends in the middle of a record.")
}
