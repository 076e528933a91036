import * as format from "../../firmware/core/logFormat"
import { LogError } from "../errors"
import { decodeEvent, type LogEvent } from "./event"
import { u24, u40 } from "./page"

/** What holds for the records at hand, until an event says otherwise. */
export interface Context {
  stepIndex: number
  /** Its number in the program's table. */
  stepType: number
  cycle: number
  stepCount: number
  isUncalibrated: boolean
  temperature_degC: number | undefined
  /** Board time, milliseconds since the board started, less test time. */
  ahead_ms: number
}

/** No page holds more points: each takes four bytes at least. */
const MOST_POINTS = (format.CRC_AT - format.RECORDS_AT) / 4

/** Successive points of one page, as columns in the log's own whole numbers. */
export class Points {
  length = 0
  /** `RECORD_POINT`, `RECORD_FIRST` or `RECORD_LAST`. */
  readonly kind = new Uint8Array(MOST_POINTS)
  /** Test time. */
  readonly time_ms = new Float64Array(MOST_POINTS)
  readonly voltage_uV = new Float64Array(MOST_POINTS)
  readonly current_nA = new Float64Array(MOST_POINTS)
  readonly stepCharge_nAh = new Float64Array(MOST_POINTS)
  readonly stepEnergy_nWh = new Float64Array(MOST_POINTS)
}

/** Takes the records of a page, in order. Both `context` and `points` are used again: copy what is to stay. */
export interface RecordSink {
  /** One point at least. */
  points(points: Points, context: Context): void
  /** `context` is what holds from this event on. */
  event(event: LogEvent, testTime_ms: number, context: Context): void
}

/**
 * Reads pages record by record without an object for each: a test has tens of millions.
 * `firmware/LOG_FORMAT.md` tells the bytes.
 */
export class RecordReader {
  private readonly points = new Points()
  private bytes: Uint8Array = new Uint8Array()
  private at = 0

  constructor(private readonly sink: RecordSink) {}

  /**
   * Hands the records of one page, known to be whole, to the sink.
   * @throws LogError when they run over, as no page that a board wrote does
   */
  read(bytes: Uint8Array): void {
    const { points, sink } = this
    this.bytes = bytes
    this.at = format.RECORDS_AT
    const end = format.RECORDS_AT + bytes[format.AT_USED]
    if (end > format.CRC_AT) throw runsOver(bytes)
    const context = contextOf(bytes)
    points.length = 0
    // What the next point's differences are from.
    let time_ms = u40(bytes, format.AT_TEST_TIME)
    let interval_ms = 0
    let voltage_uV = 0
    let current_nA = 0
    let charge_nAh = 0
    let energy_nWh = 0

    while (this.at < end) {
      const head = this.varint()
      const kind = head % 4
      const after_ms = signed((head - kind) / 4)
      if (kind !== format.RECORD_EVENT) {
        interval_ms += after_ms
        time_ms += interval_ms
        voltage_uV += signed(this.varint())
        current_nA += signed(this.varint())
        const expected_nAh = Math.floor((current_nA * interval_ms) / 3.6e6 + 0.5)
        const sums = this.varint()
        const charge = sums % 4
        energy_nWh +=
          Math.floor((expected_nAh * voltage_uV) / 1e6 + 0.5) + signed((sums - charge) / 4)
        charge_nAh += expected_nAh + signed(charge < 3 ? charge : 3 + this.varint())
        if (this.at > end) throw runsOver(bytes)
        const i = points.length++
        points.kind[i] = kind
        points.time_ms[i] = time_ms
        points.voltage_uV[i] = voltage_uV
        points.current_nA[i] = current_nA
        points.stepCharge_nAh[i] = charge_nAh
        points.stepEnergy_nWh[i] = energy_nWh
        continue
      }
      const payloadAt = this.at + 2
      if (payloadAt > end || payloadAt + bytes[this.at + 1] > end) throw runsOver(bytes)
      this.handOver(context)
      const number = bytes[this.at]
      this.at = payloadAt + bytes[this.at + 1]
      const payload = Buffer.from(bytes.buffer, bytes.byteOffset + payloadAt, this.at - payloadAt)
      const event = decodeEvent(number, payload)
      const testTime_ms = time_ms + after_ms
      if (event.kind === "boardTime") {
        context.ahead_ms = event.boardTime_ms - testTime_ms
        continue
      }
      if (event.kind === "stepBegins") {
        context.stepIndex = payload[0]
        context.stepType = payload[1]
        context.cycle = payload.readUIntLE(3, 4)
        context.stepCount++
        time_ms = testTime_ms
        interval_ms = 0
        charge_nAh = 0
        energy_nWh = 0
      }
      if (event.kind === "temperature")
        context.temperature_degC = temperature_degC(payload.readIntLE(0, 2))
      sink.event(event, testTime_ms, context)
    }
    this.handOver(context)
  }

  private handOver(context: Context): void {
    if (this.points.length === 0) return
    this.sink.points(this.points, context)
    this.points.length = 0
  }

  /** Seven bits a byte, low ones first. What it reads beyond the records, the caller sees by `at`. */
  private varint(): number {
    const { bytes } = this
    const first = bytes[this.at++]
    if (first < 128) return first
    const second = bytes[this.at++]
    if (second < 128) return (first & 127) + second * 128
    let value = (first & 127) + (second & 127) * 128
    for (let scale = 16384; ; scale *= 128) {
      if (this.at >= format.CRC_AT) throw runsOver(bytes)
      const byte = bytes[this.at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
}

function contextOf(bytes: Uint8Array): Context {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return {
    stepIndex: bytes[format.AT_STEP_INDEX],
    stepType: bytes[format.AT_STEP_TYPE] & 15,
    cycle: u24(bytes, format.AT_CYCLE),
    stepCount: u24(bytes, format.AT_STEP_COUNT),
    isUncalibrated: ((bytes[format.AT_STEP_TYPE] >> 4) & format.FLAG_UNCALIBRATED) !== 0,
    temperature_degC: temperature_degC(view.getInt16(format.AT_TEMPERATURE, true)),
    ahead_ms: u40(bytes, format.AT_BOARD_TIME) - u40(bytes, format.AT_TEST_TIME),
  }
}

/** 0, 1, 2, 3 … stand for 0, −1, 1, −2 … */
export function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

function temperature_degC(value: number): number | undefined {
  return value === format.NO_TEMPERATURE ? undefined : value / 100
}

export function runsOver(bytes: Uint8Array): LogError {
  const sequence = Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(format.AT_SEQUENCE)
  return new LogError(
    `Log page ${sequence} ends in the middle of a record, although its checksum holds: ` +
      "what wrote it is not this firmware.",
  )
}
