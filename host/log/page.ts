import { getInt, getUint } from "../../firmware/core/bytes"
import { crcHolds } from "../../firmware/core/crc"
import * as format from "../../firmware/core/logFormat"
import { LogError } from "../errors"

/** One page of the board's log, decoded (`firmware/LOG_FORMAT.md`). */
export interface LogPage {
  sequence: number
  boot: number
  boardTime_ms: number
  channel: number
  test: number
  records: LogRecord[]
}

/** Where in its test a record stands. */
interface Place {
  testTime_ms: number
  stepIndex: number
  stepType: number
  cycle: number
  stepCount: number
}

export type LogRecord = Place &
  (
    | {
        kind: "point"
        isFirst: boolean
        isLast: boolean
        voltage_uV: number
        current_nA: number
        stepCharge_nAh: number
        stepEnergy_nWh: number
      }
    | { kind: "testBegins"; calibrationDate_s: number; temperature_degC: number | undefined }
    | { kind: "stepBegins" }
    | { kind: "testEnds"; reason: number }
    | { kind: "fault"; fault: number }
  )

export const PAGE_BYTES = 256

/** Whether these 256 bytes are a page that was written whole. */
export function isWhole(bytes: Uint8Array): boolean {
  return bytes[format.AT_MAGIC] === format.LOG_MAGIC && crcHolds(bytes, 0, format.CRC_AT)
}

/**
 * Decodes one page.
 * @throws LogError when it is torn, empty, or of a version that this program does not know
 */
export function decodePage(bytes: Uint8Array): LogPage {
  if (!isWhole(bytes))
    throw new LogError("A log page is torn or empty: its checksum does not hold.")
  if (bytes[format.AT_VERSION] !== format.LOG_VERSION)
    throw new LogError(
      `A log page has format ${bytes[format.AT_VERSION]}; this program reads ${format.LOG_VERSION}.`,
    )
  return {
    sequence: getUint(bytes, format.AT_SEQUENCE, 4),
    boot: getUint(bytes, format.AT_BOOT, 4),
    boardTime_ms: getUint(bytes, format.AT_BOARD_TIME, 6),
    channel: bytes[format.AT_CHANNEL],
    test: getUint(bytes, format.AT_TEST, 2),
    records: decodeRecords(bytes),
  }
}

function decodeRecords(bytes: Uint8Array): LogRecord[] {
  const records: LogRecord[] = []
  const end = format.RECORDS_AT + bytes[format.AT_USED]
  let at = format.RECORDS_AT
  const place: Place = {
    testTime_ms: getUint(bytes, format.AT_TEST_TIME, 6),
    stepIndex: bytes[format.AT_STEP_INDEX],
    stepType: bytes[format.AT_STEP_TYPE],
    cycle: getUint(bytes, format.AT_CYCLE, 4),
    stepCount: getUint(bytes, format.AT_STEP_COUNT, 4),
  }
  let voltage_uV = 0
  let current_nA = 0
  let stepCharge_nAh = 0
  let stepEnergy_nWh = 0

  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      if (at >= end) throw new LogError("A log page ends in the middle of a record.")
      const byte = bytes[at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const signed = (): number => {
    const value = varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  while (at < end) {
    const head = varint()
    const flags = head % 4
    const elapsed_ms = (head - flags) / 4
    place.testTime_ms += elapsed_ms
    if (flags !== format.RECORD_EVENT) {
      voltage_uV += signed()
      current_nA += signed()
      const expected_nAh = Math.round((current_nA * elapsed_ms) / 3.6e6)
      stepCharge_nAh += expected_nAh + signed()
      stepEnergy_nWh += Math.round((expected_nAh * voltage_uV) / 1e6) + signed()
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
    const kind = bytes[at++]
    switch (kind) {
      case format.EVENT_TEST_BEGINS:
        records.push({
          ...place,
          kind: "testBegins",
          calibrationDate_s: getUint(bytes, at, 4),
          temperature_degC: temperature_degC(getInt(bytes, at + 4, 2)),
        })
        at += 6
        break
      case format.EVENT_STEP_BEGINS:
        place.stepIndex = bytes[at]
        place.stepType = bytes[at + 1]
        place.cycle = getUint(bytes, at + 2, 4)
        place.stepCount++
        at += 6
        stepCharge_nAh = 0
        stepEnergy_nWh = 0
        records.push({ ...place, kind: "stepBegins" })
        break
      case format.EVENT_TEST_ENDS:
        records.push({ ...place, kind: "testEnds", reason: bytes[at++] })
        break
      case format.EVENT_FAULT:
        records.push({ ...place, kind: "fault", fault: bytes[at++] })
        break
      default:
        throw new LogError(`A log page holds an event of unknown kind ${kind}.`)
    }
  }
  return records
}

function temperature_degC(value: number): number | undefined {
  return value === format.NO_TEMPERATURE ? undefined : value / 100
}
