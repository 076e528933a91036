import type { Memory } from "./bytes"
import { type Channel, logFlagsOf, PREPARES_RESTART, PREPARES_START } from "./channel"
import { CHECKPOINT_ms } from "./checkpoint"
import { fail, pause, stop } from "./ending"
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
  if (state === STATE_IDLE || state === STATE_FINISHED) {
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
    engine.stepCount,
    logFlagsOf(channel),
  )
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
    // A fault that is latched keeps its name; without its program the test cannot be gone on with.
    engine.index = NO_STEP
    channel.isBusy = state !== STATE_FAULT
    fail(channel, FAULT_PROGRAM_LOST, now_ms)
    return
  }
  if (!wasBusy) return
  const policy = channel.program.resumePolicy
  if (policy === RESUME_CONTINUE) {
    beginPreparing(channel, channel.hasBegun ? PREPARES_RESTART : PREPARES_START)
    return
  }
  logRestart(channel, NaN)
  if (policy === RESUME_STOP) stop(channel, STOPPED_BY_RESTART, now_ms)
  else pause(channel, PAUSED_BY_RESTART, now_ms)
}

/**
 * Counts what flowed between the reset and the relay's fall, at the current of the checkpoint; and keeps it,
 * since only this start of the board can tell that the relay was closed. Without power it falls off at once.
 */
function countDropOut(channel: Channel, now_ms: number): void {
  const passed_mAs = channel.current_A * DROP_OUT_ms
  channel.stepCharge_mAs = channel.stepCharge_mAs + passed_mAs
  channel.stepEnergy_mWs = channel.stepEnergy_mWs + passed_mAs * channel.openCircuit_V
  channel.stepTime_ms = channel.stepTime_ms + DROP_OUT_ms
  channel.testTime_ms = channel.testTime_ms + DROP_OUT_ms
  channel.testStarted_ms = now_ms - channel.testTime_ms
  channel.stepStarted_ms = now_ms - channel.stepTime_ms
  channel.board.checkpoints.save(channel, now_ms)
}
