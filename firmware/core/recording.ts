import type { Channel } from "./channel"
import * as format from "./logFormat"
import { RULE_CURRENT_A, RULE_INTERVAL_ms, RULE_NUMBERS, RULE_VOLTAGE_V } from "./program"

/** Lets the reading become a point of the log, when this period's work is done, if the step's record rule asks for it. */
export function recordWhenDue(channel: Channel, now_ms: number): void {
  const rules = channel.program.rules
  const rule = RULE_NUMBERS * channel.engine.step.rule
  if (channel.isFirstReading) channel.unrecorded = format.RECORD_FIRST
  else if (
    now_ms >= channel.due_ms ||
    Math.abs(channel.voltage_V - channel.recorded_V) >= rules[rule + RULE_VOLTAGE_V] ||
    Math.abs(channel.current_A - channel.recorded_A) >= rules[rule + RULE_CURRENT_A]
  )
    channel.unrecorded = format.RECORD_POINT
  else return
  moveOn(channel, now_ms)
}

/** Makes the reading a point of the log. @param flags `RECORD_POINT`, `RECORD_FIRST` or `RECORD_LAST` */
export function record(channel: Channel, flags: number, now_ms: number): void {
  channel.unrecorded = flags
  moveOn(channel, now_ms)
  recordNow(channel, now_ms)
}

/** Makes the reading that waits for it a point of the log. One that is not in FRAM makes the next period look. */
export function recordNow(channel: Channel, now_ms: number): void {
  const flags = channel.unrecorded
  channel.unrecorded = format.NOTHING
  const isKept = channel.recorder.point(
    flags,
    now_ms - channel.testStarted_ms,
    channel.voltage_V,
    channel.current_A,
    channel.stepCharge_mAs,
    channel.stepEnergy_mWs,
  )
  if (!isKept) channel.quietUntil_ms = now_ms
}

/** The record rule counts from this reading on. */
function moveOn(channel: Channel, now_ms: number): void {
  const rule = RULE_NUMBERS * channel.engine.step.rule
  const interval_ms = channel.program.rules[rule + RULE_INTERVAL_ms]
  channel.recorded_V = channel.voltage_V
  channel.recorded_A = channel.current_A
  channel.isFirstReading = false
  channel.due_ms =
    now_ms < channel.burstEnds_ms ? now_ms : now_ms + interval_ms - channel.board.period_ms * 0.5
}
