import { type Channel, drive } from "./channel"
import { regulationLimit_A } from "./limits"
import { FINE_REACH } from "./regulator"
import { selectRange } from "./steps"

/** Moves the current to what holds the voltage, and the DACs to what gives the current. */
export function regulate(channel: Channel): void {
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
