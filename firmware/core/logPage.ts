import { type Bytes, putInt } from "./bytes"
import { putCrc } from "./crc"
import * as format from "./logFormat"
import { FLASH_COMMAND_BYTES } from "./ports"

/**
 * One channel's log page while it fills, in memory. It is written to flash once, whole, when it is full
 * or flushed. Each page can be read alone: it begins with the state that its records build on.
 */
export class LogPage {
  /** Command room, then the page's 256 bytes. */
  readonly frame: Bytes
  isOpen = false
  private used = 0
  private time_ms = 0
  private voltage_uV = 0
  private current_nA = 0
  private charge_nAh = 0
  private energy_nWh = 0

  constructor(frame: Bytes) {
    this.frame = frame
  }

  open(
    channel: number,
    test: number,
    testTime_ms: number,
    stepIndex: number,
    stepType: number,
    cycle: number,
    stepCount: number,
  ): void {
    const frame = this.frame
    const at = FLASH_COMMAND_BYTES
    for (let i = 0; i < frame.length; ++i) frame[i] = 0xff
    frame[at + format.AT_MAGIC] = format.LOG_MAGIC
    frame[at + format.AT_VERSION] = format.LOG_VERSION
    frame[at + format.AT_CHANNEL] = channel
    putInt(frame, at + format.AT_TEST_TIME, 6, testTime_ms)
    putInt(frame, at + format.AT_TEST, 2, test)
    frame[at + format.AT_STEP_INDEX] = stepIndex
    frame[at + format.AT_STEP_TYPE] = stepType
    putInt(frame, at + format.AT_CYCLE, 4, cycle)
    putInt(frame, at + format.AT_STEP_COUNT, 4, stepCount)
    this.isOpen = true
    this.used = 0
    this.time_ms = testTime_ms
    this.voltage_uV = 0
    this.current_nA = 0
    this.charge_nAh = 0
    this.energy_nWh = 0
  }

  /** Whether any record still fits. */
  hasRoom(): boolean {
    return format.RECORDS_AT + this.used + format.MAX_RECORD_BYTES <= format.CRC_AT
  }

  /**
   * A reading. Time, voltage and current are kept as differences from the record before; charge and
   * energy as differences from what this record's current and voltage alone would have added since.
   */
  point(
    flags: number,
    testTime_ms: number,
    voltage_V: number,
    current_A: number,
    charge_mAs: number,
    energy_mWs: number,
  ): void {
    const elapsed_ms = testTime_ms - this.time_ms
    const voltage_uV = Math.round(voltage_V * 1e6)
    const current_nA = Math.round(current_A * 1e9)
    const charge_nAh = Math.round(charge_mAs / 3.6e-3)
    const energy_nWh = Math.round(energy_mWs / 3.6e-3)
    const expected_nAh = Math.round((current_nA * elapsed_ms) / 3.6e6)
    const expected_nWh = Math.round((expected_nAh * voltage_uV) / 1e6)
    this.varint(elapsed_ms * 4 + flags)
    this.signed(voltage_uV - this.voltage_uV)
    this.signed(current_nA - this.current_nA)
    this.signed(charge_nAh - this.charge_nAh - expected_nAh)
    this.signed(energy_nWh - this.energy_nWh - expected_nWh)
    this.time_ms = testTime_ms
    this.voltage_uV = voltage_uV
    this.current_nA = current_nA
    this.charge_nAh = charge_nAh
    this.energy_nWh = energy_nWh
  }

  /** An event; its bytes follow by `byte` and `integer`. */
  event(kind: number, testTime_ms: number): void {
    this.varint((testTime_ms - this.time_ms) * 4 + format.RECORD_EVENT)
    this.byte(kind)
    this.time_ms = testTime_ms
    if (kind === format.EVENT_STEP_BEGINS) {
      this.charge_nAh = 0
      this.energy_nWh = 0
    }
  }

  byte(value: number): void {
    this.frame[FLASH_COMMAND_BYTES + format.RECORDS_AT + this.used] = value
    this.used = this.used + 1
  }

  integer(count: number, value: number): void {
    putInt(this.frame, FLASH_COMMAND_BYTES + format.RECORDS_AT + this.used, count, value)
    this.used = this.used + count
  }

  /** Completes the page for flash. */
  close(sequence: number, boot: number, boardTime_ms: number): void {
    const at = FLASH_COMMAND_BYTES
    this.frame[at + format.AT_USED] = this.used
    putInt(this.frame, at + format.AT_SEQUENCE, 4, sequence)
    putInt(this.frame, at + format.AT_BOOT, 4, boot)
    putInt(this.frame, at + format.AT_BOARD_TIME, 6, boardTime_ms)
    putCrc(this.frame, at, format.CRC_AT)
    this.isOpen = false
  }

  /** Seven bits a byte, low ones first, the eighth bit set on all but the last. */
  private varint(value: number): void {
    const frame = this.frame
    let at = FLASH_COMMAND_BYTES + format.RECORDS_AT + this.used
    const start = at
    while (value >= 128) {
      const rest = Math.floor(value / 128)
      frame[at] = value - rest * 128 + 128
      at = at + 1
      value = rest
    }
    frame[at] = value
    this.used = this.used + at + 1 - start
  }

  /** Signed as 0, −1, 1, −2 … → 0, 1, 2, 3 …, so that small differences of either sign are short. */
  private signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }
}
