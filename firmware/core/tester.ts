import type { Channel, Surroundings } from "./channel"
import { fail, pause } from "./ending"
import { keepCheckpoint } from "./keep"
import { temperatureFault } from "./limits"
import type { Log } from "./log"
import { NOTHING } from "./logFormat"
import { runPeriod } from "./period"
import {
  type Converters,
  DROP_OUT_ms,
  READING_FRESH,
  READING_LOST,
  SHORTEST_DROP_OUT_ms,
  type Thermometer,
} from "./ports"
import { prepare } from "./prepare"
import { RESUME_CONTINUE } from "./program"
import { recordNow } from "./recording"
import { interrupt } from "./restart"
import {
  FAULT_CHIP_LOST,
  FAULT_NONE,
  FAULT_STALE_READING,
  PAUSED_BY_FULL_LOG,
  STATE_RUNNING,
} from "./states"

/** So many periods in a row without fresh readings are a fault; on the dummy, where they harm nobody, some more. */
const MISSED_PERIODS = 2
const MISSED_ON_DUMMY = 5
/** The thermometer converts once a second. */
const TEMPERATURE_PERIODS = 10
/** What moves further than this within a second is not the board's temperature. */
const LEAP_degC = 5
/**
 * After so long without a period the relays may have fallen for want of a heartbeat, with a pump at its least: the
 * next one must not close them again, onto set-points that still stand.
 */
const STALL_ms = SHORTEST_DROP_OUT_ms
/** By so much the pump's time, and the last edge before it, may be off. */
const DROP_OUT_UNCERTAIN_ms = 300
/** A stall no longer than this is no restart: all that is unknown is when the relays fell. */
const BRIEF_STALL_ms = 1000
/** So many in an hour are gone on from. */
const MOST_STALLS = 5
const STALLS_WINDOW_ms = 3600e3

/**
 * All channels of a board, in step. A control period has two halves: in the first the shunts are
 * converted, in the second the cells, so that voltages are fresh when they are judged.
 */
export class Tester {
  private periods = 0
  private ended_ms = Infinity
  private isHealthy = true
  private beat_ms = Infinity
  /** The last reading, believed or not. */
  private read_degC = NaN
  /** Periods in a row in which the expander did not drive its pins. */
  private adrift = 0
  /** Stalls within the hour that began then. */
  private stalls = 0
  private stallsSince_ms = -Infinity

  constructor(
    readonly channels: Channel[],
    readonly converters: Converters,
    readonly board: Surroundings,
    private readonly thermometer: Thermometer,
    readonly log: Log,
  ) {}

  /** The period's end: takes its second readings, judges, drives, starts the next first ones. `beat` and `keep` follow. */
  endPeriod(now_ms: number): void {
    const channels = this.channels
    const converters = this.converters
    const board = this.board
    const log = this.log
    log.now_ms = now_ms
    converters.takeSecond()
    if (now_ms - this.ended_ms > STALL_ms) this.endStall(now_ms)
    this.ended_ms = now_ms
    this.adrift = board.outputs.isDriving() ? 0 : this.adrift + 1
    const isAdrift = this.adrift > 0
    this.periods = this.periods + 1
    if (this.periods >= TEMPERATURE_PERIODS) {
      this.periods = 0
      this.takeTemperature(now_ms)
    }
    let healthy = true
    for (let i = 0; i < channels.length; ++i) {
      const channel = channels[i]
      if (!channel.isBusy) continue
      const converter = channel.converter
      if (isAdrift || converter.status !== READING_FRESH) {
        healthy = false
        miss(channel, now_ms, isAdrift || converter.status === READING_LOST)
      } else if (channel.state === STATE_RUNNING) {
        runPeriod(channel, now_ms, converter.voltageCode, converter.currentCode)
        if (channel.leaps > 0) healthy = false
      } else prepare(channel, now_ms, converter.voltageCode, converter.currentCode)
    }
    // Before the relays' update, so that no current flows on when the last one is counted.
    if (log.isFull) this.pauseAll(now_ms)
    // Set-points go out before relays: none closes onto a set-point that is still to come. Without its
    // DACs the board lets every cell go at once; without its expander the heartbeat, which then no longer
    // reaches the pump, does so.
    if (!board.dacs.update()) {
      healthy = false
      this.failAll(now_ms)
    }
    if (board.outputs.isStale && !board.outputs.update(false)) this.failAll(now_ms)
    this.isHealthy = healthy
    converters.startFirst()
  }

  /**
   * The heartbeat, when all is well, by a clock that was read anew since `endPeriod`: a bus that was held in it, for as
   * long as relays take to fall, must not close them again.
   */
  beat(now_ms: number): void {
    const isOnTime = now_ms - this.beat_ms <= STALL_ms
    this.beat_ms = now_ms
    if (!this.board.outputs.update(this.isHealthy && isOnTime)) this.failAll(now_ms)
  }

  /**
   * What can wait until the cells are driven and the converters at work: records the period's readings and keeps
   * checkpoints, in FRAM when this returns, and moves the flash on by a step.
   */
  keep(): void {
    this.recordAll()
    const channels = this.channels
    for (let i = 0; i < channels.length; ++i) {
      const channel = channels[i]
      if (!channel.isUnkept) continue
      channel.isUnkept = false
      if (channel.state === STATE_RUNNING)
        keepCheckpoint(channel, this.ended_ms, channel.voltage_V, channel.current_A)
    }
    const log = this.log
    if (log.hasWork) log.service()
  }

  private recordAll(): void {
    const channels = this.channels
    for (let i = 0; i < channels.length; ++i)
      if (channels[i].unrecorded !== NOTHING) recordNow(channels[i], this.ended_ms)
  }

  /** Reads the temperature; one beyond a program's limits is judged in this period. */
  private takeTemperature(now_ms: number): void {
    const read_degC = this.thermometer.temperature_degC()
    const isLeap = Math.abs(read_degC - this.read_degC) > LEAP_degC
    this.read_degC = read_degC
    const temperature_degC = isLeap ? NaN : read_degC
    this.board.temperature_degC = temperature_degC
    for (let i = 0; i < this.channels.length; ++i) {
      const channel = this.channels[i]
      if (temperatureFault(channel.program, temperature_degC) !== FAULT_NONE)
        channel.quietUntil_ms = now_ms
    }
  }

  /**
   * The clock has gone on without the loop: the currents flowed until the relays fell, and not since. Every cell
   * is let go at once; then its test goes on, after a long stall by its policy.
   */
  private endStall(now_ms: number): void {
    const lasted_ms = now_ms - this.ended_ms
    const fell_ms = this.ended_ms + Math.min(lasted_ms, DROP_OUT_ms)
    if (now_ms - this.stallsSince_ms > STALLS_WINDOW_ms) {
      this.stallsSince_ms = now_ms
      this.stalls = 0
    }
    this.stalls = this.stalls + 1
    for (let i = 0; i < this.channels.length; ++i) {
      const channel = this.channels[i]
      const isBrief = lasted_ms <= BRIEF_STALL_ms
      const policy = isBrief ? RESUME_CONTINUE : channel.program.resumePolicy
      interrupt(channel, fell_ms, DROP_OUT_UNCERTAIN_ms, policy, now_ms)
      if (this.stalls > MOST_STALLS) fail(channel, FAULT_STALE_READING, now_ms)
    }
  }

  /** Of a channel that has just judged its reading, too: that reading first. */
  private failAll(now_ms: number): void {
    this.recordAll()
    for (let i = 0; i < this.channels.length; ++i) fail(this.channels[i], FAULT_CHIP_LOST, now_ms)
  }

  private pauseAll(now_ms: number): void {
    this.recordAll()
    for (let i = 0; i < this.channels.length; ++i)
      pause(this.channels[i], PAUSED_BY_FULL_LOG, now_ms)
  }
}

/** A period without fresh readings of the cell: nothing is judged, and not for long. */
function miss(channel: Channel, now_ms: number, isLost: boolean): void {
  channel.missed = channel.missed + 1
  channel.quietUntil_ms = now_ms // the next reading is looked at in full, and clears this count
  if (channel.missed < (channel.relayClosed ? MISSED_PERIODS : MISSED_ON_DUMMY)) return
  fail(channel, isLost ? FAULT_CHIP_LOST : FAULT_STALE_READING, now_ms)
}
