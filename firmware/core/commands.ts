import {
  type Channel,
  correctionOf,
  logFlagsOf,
  PREPARES_RESTART,
  PREPARES_RESUME,
  PREPARES_START,
  REQUEST_PAUSE,
  REQUEST_STOP,
} from "./channel"
import { fail, pause, stop } from "./ending"
import { beginPreparing } from "./prepare"
import {
  END_OF_PROGRAM,
  FAULT_NONE,
  FAULT_PROGRAM_LOST,
  PAUSED_BY_HOST,
  STATE_FAULT,
  STATE_PAUSED,
  STATE_RUNNING,
  STOPPED_BY_HOST,
} from "./states"
import { NO_STEP } from "./stepEngine"

/** Starts the program whose header the channel holds, as test number `test`. */
export function start(channel: Channel, test: number, now_ms: number): void {
  channel.test = test
  channel.fault = FAULT_NONE
  channel.pauseReason = 0
  channel.endReason = END_OF_PROGRAM
  channel.hasBegun = false
  channel.isRestarted = false
  channel.holdsVoltage = false
  channel.unsafe = 0
  channel.testTime_ms = 0
  channel.stepTime_ms = 0
  channel.stepCharge_mAs = 0
  channel.stepEnergy_mWs = 0
  channel.voltage_V = 0
  channel.current_A = 0
  channel.resistance_ohm = 0
  channel.monitor.begin(channel.program.stops)
  // A jump before the first step has nothing to judge by.
  channel.board.cutoffs.forget()
  const isSound = channel.engine.begin(channel.program, channel.board.cutoffs)
  channel.recorder.testBegins(
    test,
    logFlagsOf(channel) === 0 ? correctionOf(channel).date_s : 0,
    logFlagsOf(channel),
    channel.board.temperature_degC,
  )
  beginPreparing(channel, PREPARES_START)
  channel.isStepKept = false
  channel.board.checkpoints.save(channel, now_ms)
  if (!isSound) fail(channel, FAULT_PROGRAM_LOST, now_ms)
}

/**
 * Goes on with a test that is paused, or that a fault stopped: a person has looked.
 * @returns false when there is none to go on with
 */
export function resume(channel: Channel): boolean {
  if (channel.state !== STATE_PAUSED && channel.state !== STATE_FAULT) return false
  if (channel.engine.index === NO_STEP) return false
  channel.fault = FAULT_NONE
  channel.pauseReason = 0
  channel.unsafe = 0
  channel.resistance_ohm = 0
  if (!channel.hasBegun) beginPreparing(channel, PREPARES_START)
  else beginPreparing(channel, channel.isRestarted ? PREPARES_RESTART : PREPARES_RESUME)
  return true
}

/** Ends the test. A running one does so at the period's end, when all its charge is counted. */
export function askToStop(channel: Channel, now_ms: number): void {
  if (channel.state === STATE_RUNNING) ask(channel, REQUEST_STOP)
  else stop(channel, STOPPED_BY_HOST, now_ms)
}

/** Pauses the test, as above. */
export function askToPause(channel: Channel, now_ms: number): void {
  if (channel.state === STATE_RUNNING) ask(channel, REQUEST_PAUSE)
  else pause(channel, PAUSED_BY_HOST, now_ms)
}

function ask(channel: Channel, request: number): void {
  channel.request = request
  channel.quietUntil_ms = 0
}
