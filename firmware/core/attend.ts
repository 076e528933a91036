import { type Channel, REQUEST_NONE, REQUEST_STOP } from "./channel"
import { NO_CUTOFF } from "./cutoffs"
import { fail, pause, stop } from "./ending"
import { findFault, LET_GO_V, leaps, letGo } from "./faults"
import { keepOpenCircuit } from "./keep"
import * as format from "./logFormat"
import { beginSelfTest } from "./prepare"
import { RULE_NUMBERS, RULE_VOLTAGE_V } from "./program"
import { record, recordWhenDue } from "./recording"
import { regulate } from "./regulate"
import { FAULT_NONE, PAUSED_BY_HOST, STOPPED_BY_HOST } from "./states"
import {
  QUANTITY_CHARGE,
  QUANTITY_CURRENT,
  QUANTITY_CYCLE,
  QUANTITY_ENERGY,
  QUANTITY_TEMPERATURE,
  QUANTITY_TIME,
  QUANTITY_VOLTAGE,
  QUANTITY_VOLTAGE_RATE,
  STEP_CC_CV,
  STEP_SCAN,
} from "./step"
import { endStep } from "./steps"

/** So a quiet voltage is looked at again before it has moved as far as would hide a leap. */
const QUIET_V = 0.2
const SECOND_ms = 1000
/** Below its voltage by more than this, constant current with constant voltage needs no potentiostat. */
const CC_CV_NEAR_V = 0.02
/** Less than this moves no current enough to tell a resistance by; no cell answers with more than that. */
const LEAST_MOVE_A = 1e-5
const MOST_ohm = 1e5
/** A voltage that had moved by more than this since the look before was not steady. */
const STEADY_V = 0.02

/**
 * A running period in which something may be due: judges the reading in full, regulates and records, then
 * says until when the coming periods can be quiet.
 */
export function attend(
  channel: Channel,
  now_ms: number,
  voltage_V: number,
  current_A: number,
): void {
  channel.missed = 0
  channel.converter.isVoltageFirst = false
  if (channel.expectsLeap) answer(channel, voltage_V, current_A)
  channel.moved_V = voltage_V - channel.voltage_V
  const doubtful = channel.leaps + 1
  if (leaps(channel, now_ms, voltage_V)) return
  if (voltage_V < LET_GO_V) {
    letGo(channel, now_ms, voltage_V, current_A, doubtful)
    return
  }
  channel.voltage_V = voltage_V
  channel.current_A = current_A
  const target_A = channel.regulator.target_A
  const isOff = Math.abs(target_A - current_A) > channel.regulationLimit_A
  channel.unregulated = isOff ? channel.unregulated + 1 : 0
  const met = judge(channel, now_ms, voltage_V, current_A)
  const fault = findFault(channel, now_ms, met !== NO_CUTOFF)
  if (fault !== FAULT_NONE) {
    record(channel, format.RECORD_LAST, now_ms)
    fail(channel, fault, now_ms)
    return
  }
  if (met !== NO_CUTOFF || scanEnds(channel)) {
    if (channel.isFirstReading) record(channel, format.RECORD_FIRST, now_ms)
    record(channel, format.RECORD_LAST, now_ms)
    keepOpenCircuit(channel)
    endStep(channel, met === NO_CUTOFF ? format.NO_CAUSE : met, now_ms, voltage_V)
    return
  }
  if (channel.request !== REQUEST_NONE) {
    obey(channel, now_ms)
    return
  }
  if (now_ms >= channel.selfTest_ms) {
    record(channel, format.RECORD_POINT, now_ms)
    beginSelfTest(channel, now_ms)
    return
  }
  regulate(channel)
  recordWhenDue(channel, now_ms)
  if (now_ms >= channel.second_ms) everySecond(channel, now_ms)
  channel.isUnkept = now_ms >= channel.checkpoint_ms
  beQuiet(channel, now_ms)
}

/** Ends or pauses the test as the host has asked, all its charge counted and recorded. */
function obey(channel: Channel, now_ms: number): void {
  const isStop = channel.request === REQUEST_STOP
  record(channel, isStop ? format.RECORD_LAST : format.RECORD_POINT, now_ms)
  keepOpenCircuit(channel)
  if (isStop) stop(channel, STOPPED_BY_HOST, now_ms)
  else pause(channel, PAUSED_BY_HOST, now_ms)
}

/**
 * The first reading of a new current, or of one that is back: what the cell answers to it at once. After a
 * voltage that ran away, as at the end of stripping, the answer is mostly the way back.
 */
function answer(channel: Channel, voltage_V: number, current_A: number): void {
  const moved_A = current_A - channel.current_A
  if (Math.abs(moved_A) < LEAST_MOVE_A || Math.abs(channel.moved_V) > STEADY_V) return
  const ohm = (voltage_V - channel.voltage_V) / moved_A
  if (ohm > 0 && ohm < MOST_ohm) channel.resistance_ohm = ohm
}

/** Compares the reading with the step's conditions. */
function judge(channel: Channel, now_ms: number, voltage_V: number, current_A: number): number {
  const cutoffs = channel.board.cutoffs
  const readings = cutoffs.readings
  const magnitude_A = Math.abs(current_A)
  // Time and charge end a step at the period nearest to them, so that their mean error is nil.
  const half_ms = channel.board.period_ms * 0.5
  readings[QUANTITY_VOLTAGE] = voltage_V
  readings[QUANTITY_TIME] = now_ms - channel.stepStarted_ms + half_ms
  readings[QUANTITY_CHARGE] = Math.abs(channel.stepCharge_mAs) + magnitude_A * half_ms
  // On its way to a voltage the current tells nothing of the cell.
  readings[QUANTITY_CURRENT] =
    channel.holdsVoltage && !channel.potentiostat.hasArrived ? NaN : magnitude_A
  readings[QUANTITY_VOLTAGE_RATE] = channel.slope.rate_V_per_s
  readings[QUANTITY_TEMPERATURE] = channel.board.temperature_degC
  readings[QUANTITY_CYCLE] = channel.engine.cycle
  readings[QUANTITY_ENERGY] = Math.abs(channel.stepEnergy_mWs)
  // While the current is regulated, no more than this flows.
  const most_A = Math.abs(channel.regulator.target_A) + channel.regulationLimit_A
  return cutoffs.judge(channel.engine.step, most_A)
}

/** Starts a scan once the cell is where it begins. @returns true when it has come to its end */
function scanEnds(channel: Channel): boolean {
  const step = channel.engine.step
  if (step.type !== STEP_SCAN) return false
  const potentiostat = channel.potentiostat
  const isUpward = step.endVoltage_V > step.voltage_V
  if (potentiostat.rate_V_per_s === 0) {
    if (potentiostat.hasArrived)
      potentiostat.rate_V_per_s = isUpward ? step.scanRate_V_per_s : -step.scanRate_V_per_s
    return false
  }
  channel.scanned_V = potentiostat.goal_V
  return isUpward
    ? potentiostat.goal_V >= step.endVoltage_V
    : potentiostat.goal_V <= step.endVoltage_V
}

/** The slow quantities, once a second. */
function everySecond(channel: Channel, now_ms: number): void {
  const voltage_V = channel.voltage_V
  channel.second_ms = channel.second_ms + SECOND_ms
  if (channel.second_ms <= now_ms) channel.second_ms = now_ms + SECOND_ms
  channel.slope.sample(voltage_V)
  if (channel.regulator.target_A !== 0)
    channel.monitor.sample(channel.stepCharge_mAs, channel.stepEnergy_mWs)
  if (channel.program.detectsHardShort) channel.hardShort.sample(voltage_V)
  channel.recorder.temperature(now_ms - channel.testStarted_ms, channel.board.temperature_degC)
}

/** Works out while which readings, and until when, a period has nothing to decide. */
function beQuiet(channel: Channel, now_ms: number): void {
  const cutoffs = channel.board.cutoffs
  const program = channel.program
  const step = channel.engine.step
  channel.quietUntil_ms = now_ms
  if (!channel.isSettled || channel.unregulated > 0 || channel.unsafe > 0) return
  if (channel.recorder.isLosing) return
  let below_V = Math.min(cutoffs.quietBelow_V, channel.voltage_V + QUIET_V)
  let above_V = Math.max(cutoffs.quietAbove_V, channel.voltage_V - QUIET_V)
  if (channel.holdsVoltage) {
    if (step.type !== STEP_CC_CV || channel.regulator.target_A !== step.current_A) return
    if (step.current_A > 0) below_V = Math.min(below_V, step.voltage_V - CC_CV_NEAR_V)
    else above_V = Math.max(above_V, step.voltage_V + CC_CV_NEAR_V)
  }
  below_V = Math.min(below_V, program.maxVoltage_V)
  above_V = Math.max(above_V, program.minVoltage_V)
  // In a burst every reading is recorded: none is worth a look for that.
  let recorded_ms = channel.burstEnds_ms
  if (now_ms >= recorded_ms) {
    const recordVoltage_V = program.rules[RULE_NUMBERS * step.rule + RULE_VOLTAGE_V]
    below_V = Math.min(below_V, channel.recorded_V + recordVoltage_V)
    above_V = Math.max(above_V, channel.recorded_V - recordVoltage_V)
    recorded_ms = channel.due_ms
  }
  if (program.detectsHardShort) {
    const short_V = channel.hardShort.limit_V
    if (channel.voltage_V > 0) above_V = Math.max(above_V, short_V)
    else below_V = Math.min(below_V, -short_V)
  }
  channel.quietBelow_V = below_V
  channel.quietAbove_V = above_V
  // By half a period sooner, since time and charge are judged as they will be then: see `judge`.
  const judged_ms = now_ms + cutoffs.quietFor_ms - channel.board.period_ms * 0.5
  channel.quietUntil_ms = Math.min(
    Math.min(recorded_ms, channel.second_ms),
    Math.min(judged_ms, channel.selfTest_ms),
  )
}
