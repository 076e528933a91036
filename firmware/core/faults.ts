import type { Channel } from "./channel"
import { fail } from "./ending"
import { safetyFault, temperatureFault } from "./limits"
import {
  FAULT_IMPLAUSIBLE,
  FAULT_LOG_LOST,
  FAULT_MEMORY_LOST,
  FAULT_NONE,
  FAULT_OPEN_CELL,
  FAULT_OVER_CURRENT,
  FAULT_OVER_VOLTAGE,
  FAULT_REGULATION_LOST,
  FAULT_SATURATED,
} from "./states"

/**
 * A voltage that moves further than this from one period to the next is believed only when it stays there,
 * or goes on in the same direction.
 */
const LEAP_V = 0.5
const IMPLAUSIBLE_LEAPS = 3
/** The card's own comparator, once it has let the cell go, holds the converter's input so low; no cell can. */
export const LET_GO_V = -4.5
/** So many periods in a row with the current off its set-point are a fault. */
const LOST_PERIODS = 2

/**
 * One reading that leaps is not judged, two that agree are, three that do not are a fault. Two agree, too,
 * when both leap the same way: a cell that runs away, as copper does that has lost its lithium.
 */
export function leaps(channel: Channel, now_ms: number, voltage_V: number): boolean {
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

/**
 * The card has let the cell go, at 5.22 V, and what was read since is the dummy's: it is not recorded, and counted no
 * longer. No cell comes so far within a period, but an open circuit does.
 * @param readings how many, this one included, were not believed
 */
export function letGo(
  channel: Channel,
  now_ms: number,
  voltage_V: number,
  current_A: number,
  readings: number,
): void {
  const passed_mAs = current_A * channel.board.period_ms * readings
  channel.stepCharge_mAs = channel.stepCharge_mAs - passed_mAs
  channel.stepEnergy_mWs = channel.stepEnergy_mWs - passed_mAs * voltage_V
  if (readings > 1) channel.voltage_V = voltage_V - channel.leapt_V
  const wasNear = channel.voltage_V > channel.board.circuit.voltageLimits_V[1] - LEAP_V
  fail(channel, wasNear ? FAULT_OVER_VOLTAGE : FAULT_OPEN_CELL, now_ms)
}

/**
 * The fault to act on now. A limit may be passed for the program's delay; and at the reading that ends the
 * step, since a cutoff may lie on the limit, but not at the next one too.
 */
export function findFault(channel: Channel, now_ms: number, isCutoff: boolean): number {
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
