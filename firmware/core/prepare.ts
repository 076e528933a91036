import {
  type Channel,
  correctionOf,
  drive,
  PREPARES_REST,
  PREPARES_RESTART,
  PREPARES_START,
  setRelay,
  testTime_ms,
} from "./channel"
import { currentPerCode, voltagePerCode } from "./circuit"
import { fail } from "./ending"
import { regulationLimit_A } from "./limits"
import * as format from "./logFormat"
import {
  FAULT_CELL_CHANGED,
  FAULT_OPEN_CELL,
  FAULT_REGULATION_LOST,
  FAULT_SELF_TEST_FAILED,
  FAULT_ZEROING_FAILED,
  STATE_ZEROING,
} from "./states"
import { beginStep, continueStep } from "./steps"
import { DUMMY_FAILED, ZEROING_DONE, ZEROING_FAILED } from "./zeroing"

/** Periods at 0 A on the cell before its first current; after a restart its voltage is judged first. */
const SETTLING_PERIODS = 1
const JUDGING_PERIODS = 4
/** So that no two channels' checkpoints fall in one period. */
const STAGGER_ms = 100
/** Of those, the last ones count. */
const JUDGED_READINGS = 3

/** Sets out for a current: zeroing on the dummy, then the relay. */
export function beginPreparing(channel: Channel, preparesFor: number): void {
  // Each test finds its zeros anew, and keeps them to its end.
  if (preparesFor === PREPARES_START) channel.hasZeros = false
  const isFull = !channel.hasZeros
  channel.preparesFor = preparesFor
  channel.state = STATE_ZEROING
  channel.isBusy = true
  channel.missed = 0
  channel.leaps = 0
  channel.regulator.reset(isFull ? 0 : channel.regulator.zeroDrive)
  drive(channel)
  // After a restart every second counts, and the dummy was tested before.
  channel.zeroing.begin(isFull, preparesFor !== PREPARES_RESTART)
  channel.converter.isVoltageFirst = false
  channel.converter.wake()
  selectInput(channel)
}

/** In a rest: lets the cell go for a look at the dummy. Time under test goes on. */
export function beginSelfTest(channel: Channel, now_ms: number): void {
  channel.selfTest_ms = Infinity
  setRelay(channel, false)
  beginPreparing(channel, PREPARES_REST)
  channel.updated_ms = now_ms
}

/** One period on the way to the current: zeroing, then some at 0 A on the closed relay. */
export function prepare(
  channel: Channel,
  now_ms: number,
  voltageCode: number,
  currentCode: number,
): void {
  channel.missed = 0
  if (channel.relayClosed) {
    settle(channel, now_ms, voltageCode, currentCode)
    return
  }
  const zeroing = channel.zeroing
  const correction = correctionOf(channel)
  const verdict = zeroing.step(voltageCode, currentCode, channel.regulator, correction)
  if (verdict === ZEROING_DONE) connect(channel, now_ms)
  else if (verdict === ZEROING_FAILED) fail(channel, FAULT_ZEROING_FAILED, now_ms)
  else if (verdict === DUMMY_FAILED) {
    logSelfTest(channel, now_ms)
    fail(channel, FAULT_SELF_TEST_FAILED, now_ms)
  } else selectInput(channel)
  drive(channel)
}

/** The zero is found: closes the relay at 0 A. */
function connect(channel: Channel, now_ms: number): void {
  const zeroing = channel.zeroing
  const correction = correctionOf(channel)
  channel.voltageScale = voltagePerCode(channel.board.circuit) * (1 + correction.voltageGain)
  channel.voltageZero_V = correction.voltageOffset_V - zeroing.voltageCode * channel.voltageScale
  channel.commonMode_ohm = correction.commonMode_ohm
  if (zeroing.hasTested) logSelfTest(channel, now_ms)
  if (!channel.hasZeros) channel.board.checkpoints.saveZeros(channel)
  channel.hasZeros = true
  channel.settling = channel.preparesFor === PREPARES_RESTART ? JUDGING_PERIODS : SETTLING_PERIODS
  channel.openCircuitSum_V = 0
  channel.unregulated = 0
  setRelay(channel, true)
}

/** A period at 0 A on the cell, whose voltage after a restart says whether it is still the same. */
function settle(channel: Channel, now_ms: number, voltageCode: number, currentCode: number): void {
  const voltage_V = voltageCode * channel.voltageScale + channel.voltageZero_V
  const limits_V = channel.board.circuit.voltageLimits_V
  if (voltage_V > limits_V[1] || voltage_V < limits_V[0]) {
    fail(channel, FAULT_OPEN_CELL, now_ms)
    return
  }
  if (isOffZero(channel, currentCode)) {
    fail(channel, FAULT_REGULATION_LOST, now_ms)
    return
  }
  if (channel.settling <= JUDGED_READINGS)
    channel.openCircuitSum_V = channel.openCircuitSum_V + voltage_V
  channel.settling = channel.settling - 1
  if (channel.settling > 0) return
  const kind = channel.preparesFor
  if (kind === PREPARES_RESTART && !isSameCell(channel, now_ms)) return
  channel.voltage_V = voltage_V
  channel.current_A = 0
  if (kind === PREPARES_REST) {
    continueStep(channel, now_ms)
    return
  }
  // The test's clocks go on from where they stood: at its start, from 0.
  channel.testStarted_ms = now_ms - channel.testTime_ms
  channel.stepStarted_ms = now_ms - channel.stepTime_ms
  channel.checkpoint_ms = now_ms + STAGGER_ms * channel.index
  channel.second_ms = channel.checkpoint_ms
  if (kind === PREPARES_START) {
    beginStep(channel, format.NO_CAUSE, now_ms)
    return
  }
  channel.monitor.interrupted()
  channel.recorder.event(format.EVENT_RESUMED, channel.testTime_ms, 0)
  continueStep(channel, now_ms)
  // Should the power fail again at once: how far test time has come, and what flows.
  channel.board.checkpoints.save(channel, now_ms)
}

/** Whether a current flows that was not asked for, in two periods in a row: the first sees the relay close. */
function isOffZero(channel: Channel, currentCode: number): boolean {
  const circuit = channel.board.circuit
  const range = channel.zeroing.range
  const current_A =
    (currentCode - channel.zeroing.currentCode[range]) *
    currentPerCode(circuit, circuit.currentRanges[range])
  const isOff = Math.abs(current_A) > regulationLimit_A(0)
  channel.unregulated = isOff ? channel.unregulated + 1 : 0
  return channel.unregulated > 1
}

/**
 * Judges the open-circuit voltage against the checkpoint's: as the cell's resistance lets expect, or as it read with its
 * current. A first current moves more than a resistance does where it changes the surface: copper falls by a volt
 * when lithium comes to lie on it, and does not come back.
 */
function isSameCell(channel: Channel, now_ms: number): boolean {
  const openCircuit_V = channel.openCircuitSum_V / JUDGED_READINGS
  const bound_V = channel.program.maxOpenCircuitChange_V
  logRestart(channel, openCircuit_V)
  channel.isRestarted = false
  if (Math.abs(openCircuit_V - channel.openCircuit_V) <= bound_V) return true
  if (Math.abs(openCircuit_V - channel.loaded_V) <= bound_V) return true
  fail(channel, FAULT_CELL_CHANGED, now_ms)
  return false
}

/**
 * Logs a restart: the charge that may have passed uncounted, what the cell should read and reads, and how far the step
 * has come.
 * @param openCircuit_V NaN while the cell is not connected
 */
export function logRestart(channel: Channel, openCircuit_V: number): void {
  channel.recorder.restarted(
    channel.testTime_ms,
    Math.round(channel.uncounted_mAs / 3.6e-3),
    channel.openCircuit_V,
    openCircuit_V,
    channel.stepCharge_mAs,
    channel.stepEnergy_mWs,
  )
  channel.uncounted_mAs = 0
}

function logSelfTest(channel: Channel, now_ms: number): void {
  const zeroing = channel.zeroing
  // In a rest the last checkpoint is as old as the test is long: see restart.ts on test time.
  if (channel.preparesFor === PREPARES_REST) channel.board.checkpoints.save(channel, now_ms)
  channel.recorder.selfTest(
    testTime_ms(channel, now_ms),
    Math.round(zeroing.ratioError * 1e6),
    Math.round(zeroing.offset_V() * 1e6),
  )
}

function selectInput(channel: Channel): void {
  channel.converter.selectCurrent(channel.zeroing.range, channel.zeroing.wantsShort())
}
