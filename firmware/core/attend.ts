import { type Channel, drive, REQUEST_NONE, REQUEST_STOP } from "./channel"
import { NO_CUTOFF } from "./cutoffs"
import { fail, pause, stop } from "./ending"
import { regulationLimit_A, safetyFault, temperatureFault } from "./limits"
import * as format from "./logFormat"
import { CHECKPOINT_ms } from "./checkpoint"
import { beginSelfTest } from "./prepare"
import { RULE_CURRENT_A, RULE_INTERVAL_ms, RULE_NUMBERS, RULE_VOLTAGE_V } from "./program"
import { FINE_REACH } from "./regulator"
import {
  FAULT_IMPLAUSIBLE,
  FAULT_LOG_LOST,
  FAULT_MEMORY_LOST,
  FAULT_NONE,
  FAULT_OPEN_CELL,
  FAULT_OVER_CURRENT,
  FAULT_REGULATION_LOST,
  FAULT_SATURATED,
  PAUSED_BY_HOST,
  STOPPED_BY_HOST,
} from "./states"
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
import { endStep, selectRange } from "./steps"

/**
 * A voltage that moves further than this from one period to the next is believed only when it stays there,
 * or goes on in the same direction.
 */
const LEAP_V = 0.5
/** So a quiet voltage is looked at again before it has moved as far as would hide a leap. */
const QUIET_V = 0.2
const SECOND_ms = 1000
const IMPLAUSIBLE_LEAPS = 3
/** So many periods in a row with the current off its set-point are a fault. */
const LOST_PERIODS = 2
/** Below its voltage by more than this, constant current with constant voltage needs no potentiostat. */
const CC_CV_NEAR_V = 0.02
/** Less than this moves no current enough to tell a resistance by; no cell answers with more than that. */
const LEAST_MOVE_A = 1e-5
const MOST_ohm = 1e5

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
  channel.board.tookLong = true
  channel.converter.isVoltageFirst = false
  if (channel.expectsLeap) answer(channel, voltage_V, current_A)
  if (leaps(channel, now_ms, voltage_V)) return
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
  if (now_ms >= channel.checkpoint_ms) keepCheckpoint(channel, now_ms, voltage_V, current_A)
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
 * One reading that leaps is not judged, two that agree are, three that do not are a fault. Two agree, too,
 * when both leap the same way: a cell that runs away, as copper does that has lost its lithium.
 */
function leaps(channel: Channel, now_ms: number, voltage_V: number): boolean {
  const leapt_V = voltage_V - channel.voltage_V
  const isLeap = !channel.expectsLeap && (leapt_V > LEAP_V || leapt_V < -LEAP_V)
  channel.expectsLeap = false
  if (!isLeap || (channel.leaps === 1 && leapt_V * channel.leapt_V > 0)) {
    channel.leaps = 0
    return false
  }
  channel.leapt_V = leapt_V
  channel.leaps = channel.leaps + 1
  channel.voltage_V = voltage_V
  channel.quietUntil_ms = now_ms
  if (channel.leaps >= IMPLAUSIBLE_LEAPS) fail(channel, FAULT_IMPLAUSIBLE, now_ms)
  return true
}

/** The first reading of a new current, or of one that is back: what the cell answers to it at once. */
function answer(channel: Channel, voltage_V: number, current_A: number): void {
  const moved_A = current_A - channel.current_A
  if (Math.abs(moved_A) < LEAST_MOVE_A) return
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

/**
 * The fault to act on now. A limit may be passed for the program's delay; and at the reading that ends the
 * step, since a cutoff may lie on the limit, but not at the next one too.
 */
function findFault(channel: Channel, now_ms: number, isCutoff: boolean): number {
  const short_V = channel.program.detectsHardShort ? channel.hardShort.limit_V : 0
  const program = channel.program
  let fault = safetyFault(
    program,
    channel.converter,
    channel.regulator.target_A,
    channel.voltage_V,
    channel.current_A,
    short_V,
  )
  if (fault === FAULT_OVER_CURRENT || fault === FAULT_SATURATED || fault === FAULT_OPEN_CELL)
    return fault
  if (channel.unregulated >= LOST_PERIODS) return FAULT_REGULATION_LOST
  if (channel.recorder.isLosing || channel.board.log.isFlashLost) return FAULT_LOG_LOST
  if (channel.board.checkpoints.isLost || channel.board.log.isMemoryLost) return FAULT_MEMORY_LOST
  if (fault === FAULT_NONE) fault = temperatureFault(program, channel.board.temperature_degC)
  if (fault === FAULT_NONE) {
    channel.unsafe = 0
    return FAULT_NONE
  }
  if (channel.unsafe === 0) channel.unsafeSince_ms = now_ms
  channel.unsafe = channel.unsafe + 1
  if (isCutoff && channel.unsafe === 1) return FAULT_NONE
  return now_ms - channel.unsafeSince_ms >= program.delay_ms ? fault : FAULT_NONE
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

/** Moves the current to what holds the voltage, and the DACs to what gives the current. */
function regulate(channel: Channel): void {
  const regulator = channel.regulator
  if (channel.holdsVoltage) {
    const period_s = channel.board.period_ms / 1000
    const target_A = channel.potentiostat.step(
      regulator.target_A,
      channel.voltage_V,
      channel.current_A,
      period_s,
    )
    regulator.moveTarget(target_A)
    if (isOutOfRange(channel, target_A)) selectRange(channel, target_A)
    else channel.regulationLimit_A = regulationLimit_A(target_A)
  }
  channel.isSettled = regulator.settle()
  regulator.limit()
  const beyond = regulator.drive - regulator.coarseDrive
  if (beyond > FINE_REACH || beyond < -FINE_REACH) regulator.recentre()
  drive(channel)
}

/** Whether a current needs another range: the wider one at its limit, the finer one well below. */
function isOutOfRange(channel: Channel, target_A: number): boolean {
  const ranges = channel.board.circuit.currentRanges
  const magnitude_A = Math.abs(target_A)
  if (magnitude_A > ranges[channel.range].limit_A) return true
  const finer = channel.range + 1
  return finer < ranges.length && magnitude_A < ranges[finer].limit_A * 0.8
}

function recordWhenDue(channel: Channel, now_ms: number): void {
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

function record(channel: Channel, flags: number, now_ms: number): void {
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

/** A checkpoint is due: a quiet period writes it, too. One that was not written is tried again in the next. */
export function keepCheckpoint(
  channel: Channel,
  now_ms: number,
  voltage_V: number,
  current_A: number,
): void {
  channel.voltage_V = voltage_V
  channel.current_A = current_A
  channel.board.tookLong = true
  keepOpenCircuit(channel)
  if (!channel.board.checkpoints.save(channel, now_ms)) {
    channel.quietUntil_ms = now_ms
    return
  }
  channel.checkpoint_ms = channel.checkpoint_ms + CHECKPOINT_ms
  if (channel.checkpoint_ms <= now_ms) channel.checkpoint_ms = now_ms + CHECKPOINT_ms
}

/** A reading was found sound: keeps what the cell would read at 0 A. */
function keepOpenCircuit(channel: Channel): void {
  channel.openCircuit_V = channel.voltage_V - channel.current_A * channel.resistance_ohm
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
  const recordVoltage_V = program.rules[RULE_NUMBERS * step.rule + RULE_VOLTAGE_V]
  below_V = Math.min(below_V, Math.min(program.maxVoltage_V, channel.recorded_V + recordVoltage_V))
  above_V = Math.max(above_V, Math.max(program.minVoltage_V, channel.recorded_V - recordVoltage_V))
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
    Math.min(channel.due_ms, channel.second_ms),
    Math.min(judged_ms, channel.selfTest_ms),
  )
}
