import { type Channel, drive, REQUEST_NONE, setRelay, stepTime_ms, testTime_ms } from "./channel"
import * as format from "./logFormat"
import { FAULT_NONE, STATE_FAULT, STATE_FINISHED, STATE_PAUSED } from "./states"
import { NO_STEP } from "./stepEngine"

/** Ends the test, if one is under way or waits: the relay opens, the log is handed over. */
export function stop(channel: Channel, reason: number, now_ms: number): void {
  if (!channel.isBusy && channel.state !== STATE_PAUSED && channel.state !== STATE_FAULT) return
  release(channel, STATE_FINISHED, now_ms)
  channel.engine.index = NO_STEP
  channel.fault = FAULT_NONE
  channel.pauseReason = 0
  channel.endReason = reason
  conclude(channel, format.EVENT_TEST_ENDS, reason)
}

/** Opens the relay for a named reason and waits for a person. */
export function fail(channel: Channel, fault: number, now_ms: number): void {
  if (!channel.isBusy) return
  release(channel, STATE_FAULT, now_ms)
  channel.pauseReason = 0
  channel.fault = fault
  conclude(channel, format.EVENT_FAULT, fault)
}

/** Opens the relay; the test goes on from here when it is told to. */
export function pause(channel: Channel, reason: number, now_ms: number): void {
  if (!channel.isBusy) return
  release(channel, STATE_PAUSED, now_ms)
  channel.pauseReason = reason
  conclude(channel, format.EVENT_PAUSED, reason)
}

/** Lets the cell go, and stops the test's clocks. */
function release(channel: Channel, state: number, now_ms: number): void {
  channel.testTime_ms = testTime_ms(channel, now_ms)
  channel.stepTime_ms = stepTime_ms(channel, now_ms)
  channel.state = state
  channel.isBusy = false
  channel.request = REQUEST_NONE
  setRelay(channel, false)
  channel.regulator.setTarget(0)
  drive(channel)
  channel.converter.sleep()
}

/**
 * The checkpoint first: what the log says has ended must not go on after a power cut. Another when the log has said
 * so: until then a start says it again.
 */
function conclude(channel: Channel, event: number, detail: number): void {
  channel.isTold = false
  channel.board.checkpoints.save(channel, channel.testTime_ms)
  tell(channel, event, detail)
}

/** After a start of the board: says what a cut kept from the log. */
export function tellAgain(channel: Channel): void {
  if (channel.state === STATE_FAULT) tell(channel, format.EVENT_FAULT, channel.fault)
  else if (channel.state === STATE_PAUSED) tell(channel, format.EVENT_PAUSED, channel.pauseReason)
  else tell(channel, format.EVENT_TEST_ENDS, channel.endReason)
}

function tell(channel: Channel, event: number, detail: number): void {
  channel.recorder.event(event, channel.testTime_ms, detail)
  channel.recorder.flush()
  channel.isTold = true
  channel.board.checkpoints.save(channel, channel.testTime_ms)
}
