import type { Memory } from "./bytes"
import { crc32 } from "./crc"
import * as format from "./logFormat"
import { FLASH_COMMAND_BYTES, type Fram, PAGE_BYTES } from "./ports"

/** A page's first byte in its frame. */
const AT = FLASH_COMMAND_BYTES
const FRAME_BYTES = FLASH_COMMAND_BYTES + PAGE_BYTES

/** What a page's header says of the test that its records belong to. */
export interface PageState {
  readonly channel: number
  readonly number: number
  readonly flags: number
  readonly test: number
  readonly stepIndex: number
  readonly stepType: number
  readonly cycle: number
  readonly stepCount: number
  readonly temperature_cdegC: number
}

/**
 * A log page while it fills: in memory, and byte for byte in FRAM, where it survives a power cut. There
 * its byte `used` commits each record: it is written last, and what lies behind counts for nothing. A slot
 * whose `used` is 0 holds no page. The page goes to flash once, whole, and keeps its slot until it is there.
 */
export class LogPage {
  isOpen = false
  /** It waits for the flash: its memory and its slot must not be touched. */
  isQueued = false
  /** The sequence number that it is sealed with; −1: it is not. */
  sequence = -1
  /** Attempts in a row to write to FRAM that failed. */
  failed = 0
  private used = 0
  /** How many bytes of records FRAM has; −1: not even the header. */
  private committed = -1

  constructor(
    /** Command room, then the page's 256 bytes. */
    readonly frame: Memory,
    private readonly fram: Fram,
    /** Where its slot in FRAM lies. */
    private readonly mirrorAt: number,
  ) {}

  open(state: PageState, boot: number, boardTime_ms: number, testTime_ms: number): void {
    const frame = this.frame
    frame.fillAt(0, FRAME_BYTES, 0xff)
    frame[AT + format.AT_FORMAT] = format.LOG_FORMAT
    frame[AT + format.AT_CHANNEL] = state.channel + (state.number % format.PAGE_NUMBERS) * 16
    frame[AT + format.AT_USED] = 0
    frame[AT + format.AT_STEP_TYPE] = (state.stepType & 15) + (state.flags & 15) * 16
    // A field of three bytes is written as four, and the next one over the fourth.
    frame.setAt(AT + format.AT_BOOT, "u32", boot)
    frame.setAt(AT + format.AT_CYCLE, "u32", state.cycle)
    frame.setAt(AT + format.AT_STEP_COUNT, "u32", state.stepCount)
    frame[AT + format.AT_STEP_INDEX] = state.stepIndex
    putTime(frame, AT + format.AT_BOARD_TIME, boardTime_ms)
    putTime(frame, AT + format.AT_TEST_TIME, testTime_ms)
    frame.setAt(AT + format.AT_TEST, "u16", state.test)
    frame.setAt(AT + format.AT_TEMPERATURE, "i16", state.temperature_cdegC)
    this.isOpen = true
    this.sequence = -1
    this.used = 0
    this.committed = -1
  }

  /** Appends the first `count` bytes of `record`. @returns false, changing nothing, if they do not fit */
  add(record: Memory, count: number): boolean {
    const used = this.used
    if (format.RECORDS_AT + used + count > format.CRC_AT) return false
    this.frame.blitAt(AT + format.RECORDS_AT + used, record, 0, count)
    this.used = used + count
    if (this.commit()) this.failed = 0
    else this.failed = this.failed + 1
    return true
  }

  /** Brings FRAM up to date, in an order in which a cut leaves whole records. */
  private commit(): boolean {
    const frame = this.frame
    const fram = this.fram
    const usedAt = this.mirrorAt + format.AT_USED
    let done = this.committed
    if (done < 0) {
      frame[AT + format.AT_USED] = 0
      // The slot is emptied before its header changes.
      if (!fram.write(usedAt, frame, AT + format.AT_USED, 1)) return false
      if (!fram.write(this.mirrorAt, frame, AT, format.RECORDS_AT)) return false
      done = 0
      this.committed = 0
    }
    const at = format.RECORDS_AT + done
    frame[AT + format.AT_USED] = this.used
    if (!fram.write(this.mirrorAt + at, frame, AT + at, this.used - done)) return false
    if (!fram.write(usedAt, frame, AT + format.AT_USED, 1)) return false
    this.committed = this.used
    return true
  }

  /** Completes the page for flash. Its checksum takes longer than a point's record. */
  seal(sequence: number): void {
    const frame = this.frame
    frame[AT + format.AT_USED] = this.used
    frame.setAt(AT + format.AT_SEQUENCE, "u32", sequence)
    frame.setAt(AT + format.CRC_AT, "i32", crc32(frame, AT, format.CRC_AT))
    this.sequence = sequence
  }

  /** Empties the slot in FRAM: the page is in flash. @returns false when FRAM does not answer */
  emptySlot(): boolean {
    this.frame[AT + format.AT_USED] = 0
    return this.fram.write(this.mirrorAt + format.AT_USED, this.frame, AT + format.AT_USED, 1)
  }

  /**
   * Takes back what the slot holds after a start.
   * @returns 1 when that is a page, 0 when it is none, −1 when FRAM does not answer
   */
  restore(): number {
    const frame = this.frame
    if (!this.fram.read(this.mirrorAt, frame, AT, format.RECORDS_AT)) return -1
    const used = frame[AT + format.AT_USED]
    const room = format.CRC_AT - format.RECORDS_AT
    if (frame[AT + format.AT_FORMAT] !== format.LOG_FORMAT || used === 0 || used > room) return 0
    const at = format.RECORDS_AT
    if (!this.fram.read(this.mirrorAt + at, frame, AT + at, used)) return -1
    frame.fillAt(AT + at + used, PAGE_BYTES - at - used, 0xff)
    this.used = used
    this.sequence = -1
    return 1
  }
}

/** Writes a time in ms: five bytes, enough for 34 years. */
export function putTime(frame: Memory, offset: number, time_ms: number): void {
  const high = Math.floor(time_ms / 4294967296)
  frame.setAt(offset, "u32", time_ms - high * 4294967296)
  frame[offset + 4] = high
}
