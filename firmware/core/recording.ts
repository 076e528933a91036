import type { Channel } from "./channel"
import * as format from "./logFormat"
import { RULE_CURRENT_A, RULE_INTERVAL_ms, RULE_NUMBERS, RULE_VOLTAGE_V } from "./program"

/** Makes the reading a point of the log when the step's record rule asks for it. */
export function recordWhenDue(channel: Channel, now_ms: number): void {
  const rules = channel.program.rules
  const rule = RULE_NUMBERS * channel.engine.step.rule
  if (channel.isFirstReading) record(channel, format.RECORD_FIRST, now_ms)
  else if (
    now_ms >= channel.due_ms ||
    Math.abs(channel.voltage_V - channel.recorded_V) >= rules[rule + RULE_VOLTAGE_V] ||
    Math.abs(channel.current_A - channel.recorded_A) >= rules[rule + RULE_CURRENT_A]
  )
    record(channel, format.RECORD_POINT, now_ms)
}

/** Makes the reading a point of the log. @param flags `RECORD_POINT`, `RECORD_FIRST` or `RECORD_LAST` */
export function record(channel: Channel, flags: number, now_ms: number): void {
  const rule = RULE_NUMBERS * channel.engine.step.rule
  const interval_ms = channel.program.rules[rule + RULE_INTERVAL_ms]
  channel.recorded_V = channel.voltage_V
  channel.recorded_A = channel.current_A
  channel.isFirstReading = false
  channel.due_ms =
    now_ms < channel.burstEnds_ms ? now_ms : now_ms + interval_ms - channel.board.period_ms * 0.5
  channel.recorder.point(
    flags,
    now_ms - channel.testStarted_ms,
    channel.voltage_V,
    channel.current_A,
    channel.stepCharge_mAs,
    channel.stepEnergy_mWs,
  )
}
