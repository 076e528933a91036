import { Calibration } from "../../../firmware/core/calibration"
import { currentPerCode, voltagePerCode } from "../../../firmware/core/circuit"
import { Potentiostat } from "../../../firmware/core/potentiostat"
import { Regulator } from "../../../firmware/core/regulator"
import { ZEROING_GOES_ON, Zeroing } from "../../../firmware/core/zeroing"
import { circuit, Dice, type Output } from "../vector"

/** Amperes that a channel with errors of its own makes of the regulator's codes. */
function flowing_A(regulator: Regulator, gain: number, offset_A: number): number {
  const steps = (regulator.coarseCode() - 2048) * circuit.fineRatio + regulator.fineCode() - 2048
  return steps * 0.39e-6 * gain + offset_A
}

export function regulator(out: Output): void {
  const dice = new Dice(11)
  const regulator = new Regulator(circuit)
  regulator.reset(dice.between(-200, 200))
  for (let step = 0; step < 6; ++step) {
    regulator.setTarget(dice.between(-0.04, 0.04))
    for (let period = 0; period < 8; ++period) {
      regulator.correct(flowing_A(regulator, 1.004, 3e-6) + dice.between(-1e-7, 1e-7))
      out.number(regulator.drive)
      out.number(regulator.coarseCode())
      out.number(regulator.fineCode())
    }
    regulator.learn()
    regulator.moveTarget(regulator.target_A + dice.between(-1e-4, 1e-4))
    regulator.limit()
    out.number(regulator.drive)
  }
  regulator.keepZero()
  out.number(regulator.zeroDrive)
}

/** A hold, then a scan, of a resistance with one time constant. */
export function potentiostat(out: Output): void {
  const dice = new Dice(12)
  const potentiostat = new Potentiostat()
  let target_A = 0
  let slow_V = 0
  potentiostat.begin(0, 0, true)
  potentiostat.goal_V = 0.05
  potentiostat.least_A = -0.02
  potentiostat.most_A = 0.02
  for (let period = 0; period < 60; ++period) {
    if (period === 40) {
      potentiostat.begin(target_A * 20 + slow_V, target_A, false)
      potentiostat.rate_V_per_s = 0.001
    }
    slow_V = slow_V + (target_A * 30 - slow_V) * 0.05
    const voltage_V = target_A * 20 + slow_V + dice.between(-1e-5, 1e-5)
    target_A = potentiostat.step(target_A, voltage_V, target_A * 1.001, 0.1)
    out.number(target_A)
    out.number(potentiostat.setpoint_V)
    out.number(potentiostat.resistance_ohm)
    out.truth(potentiostat.hasArrived)
  }
}

/** All offsets and the dummy, then the quick way, of a channel with an offset everywhere. */
export function zeroing(out: Output): void {
  const dice = new Dice(13)
  const zeroing = new Zeroing(circuit)
  const regulator = new Regulator(circuit)
  const nominal = new Calibration({
    voltageGain: 1e-3,
    voltageOffset_V: 0,
    currentGain: [2e-3, 0, 0],
    currentOffset_A: [0, 0, 0],
  })
  for (let round = 0; round < 2; ++round) {
    regulator.reset(round === 0 ? 0 : regulator.zeroDrive)
    zeroing.begin(round === 0, true)
    let verdict = ZEROING_GOES_ON
    for (let period = 0; period < 80 && verdict === ZEROING_GOES_ON; ++period) {
      const flows_A = flowing_A(regulator, 1.003, -12e-6)
      const scale = currentPerCode(circuit, circuit.currentRanges[zeroing.range])
      const signal = zeroing.wantsShort() ? 0 : flows_A / scale
      const currentCode = Math.floor(signal + 40 + dice.between(-9, 9))
      const voltageCode = Math.floor((flows_A * 100.02) / voltagePerCode(circuit) + 900)
      verdict = zeroing.step(voltageCode, currentCode, regulator, nominal)
      out.number(regulator.drive)
    }
    out.number(verdict)
    out.number(zeroing.voltageCode)
    for (let i = 0; i < 3; ++i) out.number(zeroing.currentCode[i])
    out.truth(zeroing.hasTested)
    out.number(zeroing.ratioError)
  }
}
