import type { Memory } from "./bytes"
import type { Log } from "./log"
import * as format from "./logFormat"
import { type LogPage, putTime } from "./logPage"
import { PointCoder } from "./logPoint"

/** Where an event's own bytes are made, behind the room for what stands before them. */
const PAYLOAD_AT = 36
/** A temperature is told again when it has moved by this, in 0.01 °C. */
const TEMPERATURE_STEP = 10
/** Test time stands still while nothing flows: a page says so when it has fallen back by this. */
const STRAY_ms = 50
/** Attempts in a row to write to FRAM that may fail. */
const FAILED_WRITES = 3

/**
 * Writes one channel's records, or the board's own: opens, fills and hands over two pages in turn. When a
 * method returns, its record is in FRAM.
 */
export class Recorder {
  /** A record of this test found no free page: the flash, far faster than records come, takes none. */
  isLosing = false
  // What the next page's header says.
  test = 0
  flags = 0
  stepIndex = 0
  stepType = 0
  cycle = 0
  stepCount = 0
  temperature_cdegC = format.NO_TEMPERATURE
  /** Pages opened since the boot. */
  number = 0
  private readonly coder = new PointCoder()
  /** Board time less test time, as the open page tells it. */
  private ahead_ms = 0

  constructor(
    readonly channel: number,
    private readonly log: Log,
    private page: LogPage,
    private spare: LogPage,
  ) {
    log.pages.push(page)
    log.pages.push(spare)
  }

  /**
   * @param calibrationDate_s Unix time, 0 for nominal values
   * @param flags `FLAG_UNCALIBRATED` or 0, for the whole test
   * @param temperature_degC NaN when it is not known
   */
  testBegins(
    test: number,
    calibrationDate_s: number,
    flags: number,
    temperature_degC: number,
  ): void {
    this.flush()
    this.isLosing = false
    this.resume(test, 0, 0, 0, 0, flags)
    this.temperature_cdegC = inHundredths(temperature_degC)
    const record = this.log.record
    record.setAt(PAYLOAD_AT, "u32", calibrationDate_s)
    record[PAYLOAD_AT + 4] = flags
    this.put(format.EVENT_TEST_BEGINS, 0, 5)
  }

  /** After a start of the board: where the test stands that goes on. */
  resume(
    test: number,
    stepIndex: number,
    stepType: number,
    cycle: number,
    stepCount: number,
    flags: number,
  ): void {
    this.test = test
    this.flags = flags
    this.stepIndex = stepIndex
    this.stepType = stepType
    this.cycle = cycle
    this.stepCount = stepCount
  }

  /** @param cause which condition ended the step before, or `NO_CAUSE` */
  stepBegins(
    testTime_ms: number,
    stepIndex: number,
    stepType: number,
    cycle: number,
    cause: number,
  ): void {
    const record = this.log.record
    record[PAYLOAD_AT] = stepIndex
    record[PAYLOAD_AT + 1] = stepType
    record[PAYLOAD_AT + 2] = cause
    record.setAt(PAYLOAD_AT + 3, "u32", cycle)
    this.put(format.EVENT_STEP_BEGINS, testTime_ms, 7)
    this.coder.beginStep(testTime_ms)
    this.stepIndex = stepIndex
    this.stepType = stepType
    this.cycle = cycle
    this.stepCount = this.stepCount + 1
  }

  /**
   * A reading.
   * @param flags `RECORD_POINT`, `RECORD_FIRST` or `RECORD_LAST`
   * @returns false when it is not in FRAM
   */
  point(
    flags: number,
    testTime_ms: number,
    voltage_V: number,
    current_A: number,
    charge_mAs: number,
    energy_mWs: number,
  ): boolean {
    if (!this.page.isOpen && !this.open(testTime_ms)) return false
    const record = this.log.record
    const coder = this.coder
    let bytes = coder.encode(
      record,
      flags,
      testTime_ms,
      voltage_V,
      current_A,
      charge_mAs,
      energy_mWs,
    )
    if (!this.page.add(record, bytes)) {
      this.flush()
      if (!this.open(testTime_ms)) return false
      bytes = coder.encode(record, flags, testTime_ms, voltage_V, current_A, charge_mAs, energy_mWs)
      this.page.add(record, bytes)
    }
    if (this.page.failed === 0) return true
    if (this.page.failed >= FAILED_WRITES) this.log.isMemoryLost = true
    return false
  }

  /** The board's temperature, NaN when it is not known: recorded when it has moved by 0.1 °C. */
  temperature(testTime_ms: number, temperature_degC: number): void {
    const now_cdegC = inHundredths(temperature_degC)
    const moved = now_cdegC - this.temperature_cdegC
    if (moved < TEMPERATURE_STEP && moved > -TEMPERATURE_STEP) return
    // A page that is still to be opened tells it in its header.
    if (this.page.isOpen) {
      this.log.record.setAt(PAYLOAD_AT, "i16", now_cdegC)
      this.put(format.EVENT_TEMPERATURE, testTime_ms, 2)
    }
    this.temperature_cdegC = now_cdegC
  }

  /** An event with one byte: the end of a test, a fault, a pause, its end. */
  event(kind: number, testTime_ms: number, detail: number): void {
    this.log.record[PAYLOAD_AT] = detail
    this.put(kind, testTime_ms, 1)
  }

  /**
   * The test goes on after a start of the board.
   * @param uncertain_nAh charge that may have flowed uncounted
   * @param checkpoint_V what the checkpoint lets expect without a current
   * @param openCircuit_V what the cell reads without a current now; NaN when it was not read
   * @param charge_mAs, energy_mWs the step's so far: where no point follows, the log has them from here alone
   */
  restarted(
    testTime_ms: number,
    uncertain_nAh: number,
    checkpoint_V: number,
    openCircuit_V: number,
    charge_mAs: number,
    energy_mWs: number,
  ): void {
    const record = this.log.record
    record.setAt(PAYLOAD_AT, "u32", uncertain_nAh)
    record.setAt(PAYLOAD_AT + 4, "i32", inMicrovolts(checkpoint_V))
    record.setAt(PAYLOAD_AT + 8, "i32", inMicrovolts(openCircuit_V))
    putWhole(record, PAYLOAD_AT + 12, Math.floor(charge_mAs / 3.6e-3 + 0.5))
    putWhole(record, PAYLOAD_AT + 18, Math.floor(energy_mWs / 3.6e-3 + 0.5))
    this.put(format.EVENT_RESTARTED, testTime_ms, 24)
  }

  /** What the dummy read as: its resistance's relative error and its offset, as whole numbers. */
  selfTest(testTime_ms: number, ratioError_ppm: number, offset_uV: number): void {
    const record = this.log.record
    record.setAt(PAYLOAD_AT, "i32", ratioError_ppm)
    record.setAt(PAYLOAD_AT + 4, "i32", offset_uV)
    this.put(format.EVENT_SELF_TEST, testTime_ms, 8)
  }

  /** On the board's pages: it was told the time. */
  clock(unix_ms: number, boardTime_ms: number): void {
    putWhole(this.log.record, PAYLOAD_AT, unix_ms)
    this.put(format.EVENT_CLOCK, boardTime_ms, 6)
    this.flushIfRoom()
  }

  /** On the board's pages: it has started. @param cause 0 its power came, 1 only the MCU was reset */
  booted(cause: number): void {
    this.event(format.EVENT_BOOT, this.log.now_ms, cause)
    this.flushIfRoom()
  }

  /** Hands the open page to the log, full or not. */
  flush(): void {
    if (!this.page.isOpen) return
    this.log.append(this.page)
    this.swap()
  }

  /** Hands it over so that a host can read it, unless room is short: in FRAM it is safe. */
  private flushIfRoom(): void {
    if (!this.log.isFull) this.flush()
  }

  private swap(): void {
    const full = this.page
    this.page = this.spare
    this.spare = full
  }

  /** Records an event whose own bytes lie at `PAYLOAD_AT`. */
  private put(kind: number, testTime_ms: number, count: number): void {
    const strayed_ms = this.log.now_ms - testTime_ms - this.ahead_ms
    if (this.page.isOpen && (strayed_ms > STRAY_ms || strayed_ms < -STRAY_ms))
      this.tellBoardTime(testTime_ms)
    if (!this.page.isOpen && !this.open(testTime_ms)) return
    if (!this.page.add(this.log.record, this.encode(kind, testTime_ms, count))) {
      this.flush()
      if (!this.open(testTime_ms)) return
      this.page.add(this.log.record, this.encode(kind, testTime_ms, count))
    }
    if (this.page.failed >= FAILED_WRITES) this.log.isMemoryLost = true
  }

  /** Says which board time this test time is. A page that has no room for that is closed: the next says it. */
  private tellBoardTime(testTime_ms: number): void {
    const record = this.log.record
    const now_ms = this.log.now_ms
    const at = this.coder.encodeTime(record, format.RECORD_EVENT, testTime_ms)
    record[at] = format.EVENT_BOARD_TIME
    record[at + 1] = 5
    putTime(record, at + 2, now_ms)
    this.ahead_ms = now_ms - testTime_ms
    if (!this.page.add(record, at + 7)) this.flush()
  }

  private encode(kind: number, testTime_ms: number, count: number): number {
    const record = this.log.record
    const at = this.coder.encodeTime(record, format.RECORD_EVENT, testTime_ms)
    record[at] = kind
    record[at + 1] = count
    record.blitAt(at + 2, record, PAYLOAD_AT, count)
    return at + 2 + count
  }

  /** Opens a page for a record at that time. @returns false when both wait for the flash */
  private open(testTime_ms: number): boolean {
    if (this.page.isQueued) this.swap()
    if (this.page.isQueued) {
      this.isLosing = true
      return false
    }
    const now_ms = this.log.now_ms
    this.page.open(this, this.log.boot, now_ms, testTime_ms)
    this.coder.beginPage(testTime_ms)
    this.ahead_ms = now_ms - testTime_ms
    this.number = this.number + 1
    return true
  }
}

/** Writes a whole number in six bytes. */
function putWhole(record: Memory, at: number, value: number): void {
  const high = Math.floor(value / 4294967296)
  record.setAt(at, "u32", value - high * 4294967296)
  record.setAt(at + 4, "i16", high)
}

function inHundredths(temperature_degC: number): number {
  // Not a number is neither.
  if (temperature_degC > -300 && temperature_degC < 300)
    return Math.floor(temperature_degC * 100 + 0.5)
  return format.NO_TEMPERATURE
}

function inMicrovolts(voltage_V: number): number {
  if (voltage_V > -2000 && voltage_V < 2000) return Math.floor(voltage_V * 1e6 + 0.5)
  return format.NO_VOLTAGE
}
