import * as format from "../../firmware/core/logFormat"
import { LogError } from "../errors"

/** What an event of the log says, besides its place in the test. */
export type LogEvent =
  | { kind: "testBegins"; calibrationDate_s: number }
  /** `cause` is the condition that ended the step before; undefined when none did. */
  | { kind: "stepBegins"; cause: number | undefined }
  | { kind: "testEnds"; reason: number }
  | { kind: "fault"; fault: number }
  | { kind: "paused"; reason: number }
  | { kind: "resumed" }
  | {
      kind: "restarted"
      uncertain_nAh: number
      checkpoint_uV: number | undefined
      openCircuit_uV: number | undefined
      /** What had passed in the step by the board's memory; undefined in logs of older firmware. */
      stepCharge_nAh: number | undefined
      stepEnergy_nWh: number | undefined
    }
  | { kind: "temperature" }
  | { kind: "selfTest"; ratioError_ppm: number; offset_uV: number }
  | { kind: "clock"; unix_ms: number }
  | { kind: "boot"; keptPower: boolean }
  /** Of a later firmware. */
  | { kind: "unknown"; number: number }

/** Test time had stood still: what it is by the board's clock. It belongs to the page, not to the test. */
export interface BoardTime {
  kind: "boardTime"
  boardTime_ms: number
}

/** Bytes of each kind's payload, by its number. */
const SIZES = [0, 5, 7, 1, 1, 1, 1, 12, 2, 8, 6, 1, 5]

/**
 * Decodes an event. One of a later firmware may be longer than what is known of it.
 * @throws LogError when it is shorter
 * @internal
 */
export function decodeEvent(number: number, payload: Buffer): LogEvent | BoardTime {
  const size = SIZES[number]
  if (size === undefined || number === 0) return { kind: "unknown", number }
  if (payload.length < size)
    throw new LogError(
      `A log page holds an event ${number} of ${payload.length} bytes, not ${size}.`,
    )
  switch (number) {
    case format.EVENT_TEST_BEGINS:
      return { kind: "testBegins", calibrationDate_s: payload.readUIntLE(0, 4) }
    case format.EVENT_STEP_BEGINS:
      return {
        kind: "stepBegins",
        cause: payload[2] === format.NO_CAUSE ? undefined : payload[2],
      }
    case format.EVENT_TEST_ENDS:
      return { kind: "testEnds", reason: payload[0] }
    case format.EVENT_FAULT:
      return { kind: "fault", fault: payload[0] }
    case format.EVENT_PAUSED:
      return { kind: "paused", reason: payload[0] }
    case format.EVENT_RESUMED:
      return { kind: "resumed" }
    case format.EVENT_RESTARTED:
      return {
        kind: "restarted",
        uncertain_nAh: payload.readUIntLE(0, 4),
        checkpoint_uV: voltage_uV(payload, 4),
        openCircuit_uV: voltage_uV(payload, 8),
        stepCharge_nAh: payload.length < 24 ? undefined : payload.readIntLE(12, 6),
        stepEnergy_nWh: payload.length < 24 ? undefined : payload.readIntLE(18, 6),
      }
    case format.EVENT_TEMPERATURE:
      return { kind: "temperature" }
    case format.EVENT_SELF_TEST:
      return {
        kind: "selfTest",
        ratioError_ppm: payload.readIntLE(0, 4),
        offset_uV: payload.readIntLE(4, 4),
      }
    case format.EVENT_CLOCK:
      return { kind: "clock", unix_ms: payload.readUIntLE(0, 6) }
    case format.EVENT_BOARD_TIME:
      return { kind: "boardTime", boardTime_ms: payload.readUIntLE(0, 5) }
    default:
      return { kind: "boot", keptPower: payload[0] === 1 }
  }
}

function voltage_uV(payload: Buffer, offset: number): number | undefined {
  const value = payload.readIntLE(offset, 4)
  return value === format.NO_VOLTAGE ? undefined : value
}
