import type { Memory } from "./bytes"
import {
  type Channel,
  logFlagsOf,
  PREPARES_RESTART,
  PREPARES_START,
  setRelay,
  stepTime_ms,
  testTime_ms,
} from "./channel"
import { CHECKPOINT_ms } from "./checkpoint"
import { fail, pause, stop, tellAgain } from "./ending"
import { DROP_OUT_ms, type ProgramStore } from "./ports"
import { beginPreparing, logRestart } from "./prepare"
import { KEY_NONE, RESUME_CONTINUE, RESUME_STOP, readHeader } from "./program"
import {
  FAULT_PROGRAM_LOST,
  PAUSED_BY_RESTART,
  STATE_FAULT,
  STATE_FINISHED,
  STATE_IDLE,
  STATE_PAUSED,
  STATE_RUNNING,
  STATE_ZEROING,
  STOPPED_BY_RESTART,
} from "./states"
import { NO_STEP } from "./stepEngine"

/**
 * The log's last record may be later than the last checkpoint, by as long as one may be late: test time goes
 * on from behind both.
 */
const RECORDED_ms = CHECKPOINT_ms + 300

/**
 * Brings a channel back after a start of the board: to where its test stood, and by the test's policy on.
 * Nothing is energised here but on the dummy.
 * @param header memory for a program's header
 * @param wasClosed only the microcontroller was reset, and the relay was still closed then
 */
export function restart(
  channel: Channel,
  programs: ProgramStore,
  header: Memory,
  wasClosed: boolean,
  now_ms: number,
): void {
  const checkpoints = channel.board.checkpoints
  const checksum = checkpoints.load(channel)
  channel.hasZeros = checkpoints.loadZeros(channel)
  const state = channel.state
  const engine = channel.engine
  const isOver = state === STATE_IDLE || state === STATE_FINISHED
  if (isOver && channel.isTold) {
    engine.index = NO_STEP
    return
  }
  const isRead =
    programs.readHeader(channel.index, header) &&
    readHeader(header, channel.program, channel.board.circuit) === KEY_NONE &&
    channel.program.checksum === checksum &&
    engine.read(channel.program)
  channel.monitor.begin(channel.program.stops)
  checkpoints.loadMonitor(channel)
  channel.recorder.resume(
    channel.test,
    engine.index,
    engine.step.type,
    engine.cycle,
    // Of a test that has not begun, no step is in the log yet.
    channel.hasBegun ? engine.stepCount : 0,
    logFlagsOf(channel),
  )
  if (!channel.isTold) tellAgain(channel)
  if (isOver) {
    engine.index = NO_STEP
    return
  }
  channel.isRestarted = true
  const wasBusy = state === STATE_RUNNING || state === STATE_ZEROING
  if (wasBusy) {
    channel.uncounted_mAs = Math.abs(channel.current_A) * CHECKPOINT_ms
    if (wasClosed && state === STATE_RUNNING) countDropOut(channel, now_ms)
    if (channel.hasBegun) channel.testTime_ms = channel.testTime_ms + RECORDED_ms
    // From here its clocks stand, as in a pause.
    channel.state = STATE_PAUSED
    channel.isBusy = true
  }
  channel.voltage_V = channel.openCircuit_V
  channel.current_A = 0
  if (!isRead) {
    if (wasBusy) logRestart(channel, NaN)
    // A fault that is latched keeps its name; without its program the test cannot be gone on with.
    engine.index = NO_STEP
    channel.isBusy = state !== STATE_FAULT
    fail(channel, FAULT_PROGRAM_LOST, now_ms)
    return
  }
  if (wasBusy) goOn(channel, channel.program.resumePolicy, now_ms)
}

/**
 * The loop stood still for so long that the relays may have fallen: lets the cell go, counts what flowed until
 * then, and goes on as after a restart.
 * @param fell_ms when the relay fell
 * @param uncertain_ms by as much that may be off
 * @param policy whether to go on
 */
export function interrupt(
  channel: Channel,
  fell_ms: number,
  uncertain_ms: number,
  policy: number,
  now_ms: number,
): void {
  if (!channel.isBusy) return
  if (channel.state === STATE_RUNNING) {
    count(channel, fell_ms - channel.updated_ms, channel.voltage_V)
    channel.uncounted_mAs = Math.abs(channel.current_A) * uncertain_ms
    channel.board.checkpoints.save(channel, fell_ms)
  }
  channel.testTime_ms = testTime_ms(channel, fell_ms)
  channel.stepTime_ms = stepTime_ms(channel, fell_ms)
  // Its clocks stand, and what goes out at this period's end opens its relay.
  channel.state = STATE_PAUSED
  setRelay(channel, false)
  channel.isRestarted = true
  channel.voltage_V = channel.openCircuit_V
  channel.current_A = 0
  // Told at once, so that the log's gap begins here; and again, with the cell's voltage, when that was looked at.
  if (policy === RESUME_CONTINUE) logRestart(channel, NaN)
  goOn(channel, policy, now_ms)
}

/** Goes on with a test that was interrupted, waits for a person, or ends it. */
function goOn(channel: Channel, policy: number, now_ms: number): void {
  if (policy === RESUME_CONTINUE) {
    beginPreparing(channel, channel.hasBegun ? PREPARES_RESTART : PREPARES_START)
    return
  }
  logRestart(channel, NaN)
  if (policy === RESUME_STOP) stop(channel, STOPPED_BY_RESTART, now_ms)
  else pause(channel, PAUSED_BY_RESTART, now_ms)
}

/** Counts what flowed unseen, at the last current that is known. */
function count(channel: Channel, passed_ms: number, voltage_V: number): void {
  const passed_mAs = channel.current_A * passed_ms
  channel.stepCharge_mAs = channel.stepCharge_mAs + passed_mAs
  channel.stepEnergy_mWs = channel.stepEnergy_mWs + passed_mAs * voltage_V
}

/**
 * Counts what flowed between the checkpoint and the relay's fall, at the checkpoint's current: half the time between
 * two, and the pump's. The one is known to ± 0.5 s, the other to ± 0.22 s; so what is missed, or counted too much, is
 * less than one second's. It is kept, since only this start of the board can tell that the relay was closed. Without
 * power it falls off at once.
 */
function countDropOut(channel: Channel, now_ms: number): void {
  const passed_ms = CHECKPOINT_ms / 2 + DROP_OUT_ms
  count(channel, passed_ms, channel.openCircuit_V)
  channel.stepTime_ms = channel.stepTime_ms + passed_ms
  channel.testTime_ms = channel.testTime_ms + passed_ms
  channel.testStarted_ms = now_ms - channel.testTime_ms
  channel.stepStarted_ms = now_ms - channel.stepTime_ms
  channel.board.checkpoints.save(channel, now_ms)
}
