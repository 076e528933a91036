import { attend } from "./attend"
import type { Channel } from "./channel"
import { RECORD_POINT } from "./logFormat"
import { FINE_REACH, MIDDLE } from "./regulator"

/**
 * A running channel's control period, on fresh readings only: integrates, regulates, and calls
 * `attend` when anything may be due. A function and not a method, since the board runs it forty times a
 * second, and a method is looked up among all of its object's fields first.
 */
export function runPeriod(
  channel: Channel,
  now_ms: number,
  voltageCode: number,
  currentCode: number,
): void {
  const current_A = currentCode * channel.currentScale + channel.currentZero_A
  const voltage_V =
    voltageCode * channel.voltageScale + channel.voltageZero_V + current_A * channel.commonMode_ohm
  const regulator = channel.regulator
  // Amperes × milliseconds: the charge that passed since the reading before.
  const charge_mAs = current_A * (now_ms - channel.updated_ms)
  channel.updated_ms = now_ms
  channel.stepCharge_mAs = channel.stepCharge_mAs + charge_mAs
  channel.stepEnergy_mWs = channel.stepEnergy_mWs + charge_mAs * voltage_V
  const error_A = regulator.target_A - current_A
  const drive = regulator.drive + error_A * regulator.gain
  regulator.drive = drive
  const fine = Math.round(drive - regulator.coarseDrive)
  const limit_A = channel.regulationLimit_A
  if (
    now_ms >= channel.quietUntil_ms ||
    voltage_V >= channel.quietBelow_V ||
    voltage_V <= channel.quietAbove_V ||
    error_A > limit_A ||
    error_A < -limit_A ||
    fine > FINE_REACH ||
    fine < -FINE_REACH
  )
    attend(channel, now_ms, voltage_V, current_A)
  else {
    channel.fineCodes[channel.index] = fine + MIDDLE
    if (now_ms < channel.burstEnds_ms) {
      channel.voltage_V = voltage_V
      channel.current_A = current_A
      channel.unrecorded = RECORD_POINT
    }
    if (now_ms >= channel.checkpoint_ms) {
      channel.voltage_V = voltage_V
      channel.current_A = current_A
      channel.isUnkept = true
    }
  }
}
