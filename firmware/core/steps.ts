import { type Channel, correctionOf, drive } from "./channel"
import { currentPerCode, rangeFor } from "./circuit"
import { fail, stop } from "./ending"
import { regulationLimit_A } from "./limits"
import { NO_CAUSE } from "./logFormat"
import { RULE_BURST_ms, RULE_NUMBERS } from "./program"
import { END_OF_PROGRAM, FAULT_PROGRAM_LOST, STATE_RUNNING } from "./states"
import {
  GOTO_NEXT,
  QUANTITY_CYCLE,
  QUANTITY_TIME,
  STEP_CC_CV,
  STEP_CONSTANT_CURRENT,
  STEP_CONSTANT_VOLTAGE,
  STEP_PULSE,
  STEP_REST,
  STEP_SCAN,
  type Step,
} from "./step"
import { NO_STEP } from "./stepEngine"

/** A rest's self-test comes at its half; without a time of its own, after so long. */
const SELF_TEST_AFTER_ms = 60_000
/** A shorter rest has no room for one: it takes 2.5 s. */
const SHORTEST_TESTED_ms = 20_000

/**
 * Leaves a step by a condition, or by its own end.
 * @param met the condition's index, or `NO_CAUSE`
 */
export function endStep(channel: Channel, met: number, now_ms: number, voltage_V: number): void {
  const engine = channel.engine
  const step = engine.step
  const goTo = met === NO_CAUSE ? GOTO_NEXT : step.goTo[met]
  const cycle = engine.cycle
  if (channel.unregulated === 0) channel.regulator.learn()
  let reason = channel.monitor.stepEnds(
    step.type === STEP_REST,
    channel.stepCharge_mAs,
    channel.stepEnergy_mWs,
    voltage_V,
  )
  channel.board.cutoffs.readings[QUANTITY_CYCLE] = cycle
  if (!engine.go(goTo, channel.program, channel.board.cutoffs)) {
    fail(channel, FAULT_PROGRAM_LOST, now_ms)
    return
  }
  if (reason === END_OF_PROGRAM && engine.cycle !== cycle) reason = channel.monitor.cycleEnds(cycle)
  if (reason !== END_OF_PROGRAM || engine.index === NO_STEP) stop(channel, reason, now_ms)
  else beginStep(channel, met, now_ms)
}

/** Sets out on the step that the engine stands at, which no reading has seen yet. */
export function beginStep(channel: Channel, cause: number, now_ms: number): void {
  const engine = channel.engine
  channel.state = STATE_RUNNING
  channel.stepStarted_ms = now_ms
  channel.updated_ms = now_ms
  channel.stepCharge_mAs = 0
  channel.stepEnergy_mWs = 0
  channel.hasBegun = true
  channel.isFirstReading = true
  channel.scanned_V = Infinity
  channel.monitor.stepBegins()
  setOut(channel, now_ms, true)
  const index = engine.index
  const test_ms = now_ms - channel.testStarted_ms
  // The checkpoint first: should the power fail in between, the log's next page says which step it is.
  channel.isStepKept = false
  channel.board.checkpoints.save(channel, now_ms)
  channel.recorder.stepBegins(test_ms, index, engine.step.type, engine.cycle, cause)
}

/** Goes on with a step after a pause, a restart or a self-test. */
export function continueStep(channel: Channel, now_ms: number): void {
  channel.state = STATE_RUNNING
  channel.updated_ms = now_ms
  setOut(channel, now_ms, false)
}

/** Points range, regulator and record at the present step. */
function setOut(channel: Channel, now_ms: number, isNew: boolean): void {
  const step = channel.engine.step
  const regulator = channel.regulator
  const burst_ms = channel.program.rules[RULE_NUMBERS * step.rule + RULE_BURST_ms]
  const wasHolding = channel.holdsVoltage && isNew
  const type = step.type
  let target_A = step.current_A
  channel.holdsVoltage = false
  if (type === STEP_CC_CV || type === STEP_CONSTANT_VOLTAGE || type === STEP_SCAN)
    target_A = holdVoltage(channel, step, !wasHolding, isNew)
  channel.leaps = 0
  channel.expectsLeap = true
  channel.unregulated = 0
  channel.quietUntil_ms = now_ms
  channel.due_ms = now_ms
  channel.burstEnds_ms = type === STEP_PULSE ? Infinity : now_ms + burst_ms
  channel.selfTest_ms = isNew && type === STEP_REST ? now_ms + selfTestAfter_ms(channel) : Infinity
  channel.hardShort.begin(isGalvanostatic(type) ? target_A : 0)
  channel.slope.begin()
  channel.converter.isVoltageFirst = true
  selectRange(channel, target_A)
  regulator.setTarget(target_A)
  drive(channel)
}

/** Sets the potentiostat to a step's voltage. @returns the current to begin with */
function holdVoltage(channel: Channel, step: Step, isUnknown: boolean, isNew: boolean): number {
  const potentiostat = channel.potentiostat
  const limit_A = step.current_A
  const isBoth = step.type === STEP_CC_CV
  potentiostat.begin(channel.voltage_V, channel.regulator.target_A, isUnknown)
  // A current that goes on as it was tells nothing new: what the cell answered to it counts.
  if (isUnknown && channel.resistance_ohm > 0) potentiostat.resistance_ohm = channel.resistance_ohm
  potentiostat.goal_V = step.voltage_V
  potentiostat.least_A = isBoth ? Math.min(limit_A, 0) : -limit_A
  potentiostat.most_A = isBoth ? Math.max(limit_A, 0) : limit_A
  if (isBoth) {
    // Up to its voltage it is a constant current: nothing approaches slowly.
    potentiostat.setpoint_V = step.voltage_V
    channel.holdsVoltage = true
    return limit_A
  }
  // A scan that was interrupted goes on from where it was.
  if (step.type === STEP_SCAN && !isNew && channel.scanned_V < Infinity) {
    const low_V = Math.min(step.voltage_V, step.endVoltage_V)
    const high_V = Math.max(step.voltage_V, step.endVoltage_V)
    potentiostat.goal_V = Math.min(Math.max(channel.scanned_V, low_V), high_V)
  }
  channel.holdsVoltage = true
  return isNew ? Math.min(Math.max(channel.regulator.target_A, -limit_A), limit_A) : 0
}

/** Makes a current's range the one that is converted, and its limits those that are judged. */
export function selectRange(channel: Channel, target_A: number): void {
  const circuit = channel.board.circuit
  const range = rangeFor(circuit, target_A)
  const correction = correctionOf(channel)
  channel.range = range
  channel.converter.selectCurrent(range, false)
  channel.currentScale =
    currentPerCode(circuit, circuit.currentRanges[range]) * (1 + correction.currentGain[range])
  channel.currentZero_A =
    correction.currentOffset_A[range] - channel.zeroing.currentCode[range] * channel.currentScale
  channel.regulationLimit_A = regulationLimit_A(target_A)
}

/** How long after a rest's begin its self-test is due. */
function selfTestAfter_ms(channel: Channel): number {
  if (!channel.program.testsAtRest) return Infinity
  const step = channel.engine.step
  for (let i = 0; i < step.conditionCount; ++i)
    if (step.quantity[i] === QUANTITY_TIME)
      return step.value[i] < SHORTEST_TESTED_ms ? Infinity : step.value[i] / 2
  return SELF_TEST_AFTER_ms
}

/** Whether a step's current, and not its voltage, is what was asked for. */
export function isGalvanostatic(type: number): boolean {
  return type === STEP_CONSTANT_CURRENT || type === STEP_PULSE
}
