import type { Complex } from "./ngspice"

/** How far a loop is from oscillating. */
export interface Margins {
  /** Least of all crossings of unity gain; 180 where there is none. Negative: unstable. */
  phase_deg: number
  /** Where that is. */
  crossover_Hz: number
  /** Least of all crossings of −180°; infinite where there is none. */
  gain_dB: number
  /** Least |1 + T|: 0.92 would be a phase margin of 55° met by a circle. */
  distance: number
}

/** @param loopGain T, positive real at low frequency for negative feedback; frequencies ascending */
export function marginsOf(frequency_Hz: ArrayLike<number>, loopGain: readonly Complex[]): Margins {
  const result: Margins = { phase_deg: 180, crossover_Hz: 0, gain_dB: Infinity, distance: Infinity }
  let before: { log: number; phase_deg: number } | undefined
  for (let i = 0; i < loopGain.length; i++) {
    const { re, im } = loopGain[i]
    const log = Math.log10(Math.hypot(re, im))
    let phase_deg = (Math.atan2(im, re) * 180) / Math.PI
    if (before !== undefined) phase_deg += 360 * Math.round((before.phase_deg - phase_deg) / 360)
    result.distance = Math.min(result.distance, Math.hypot(1 + re, im))
    if (before !== undefined) {
      if (before.log > 0 !== log > 0) {
        const share = before.log / (before.log - log)
        const margin_deg = 180 - Math.abs(mix(before.phase_deg, phase_deg, share))
        if (margin_deg < result.phase_deg) {
          result.phase_deg = margin_deg
          result.crossover_Hz = mix(frequency_Hz[i - 1], frequency_Hz[i], share)
        }
      }
      const wasBefore = turns(before.phase_deg)
      if (wasBefore !== turns(phase_deg)) {
        const at_deg = 360 * Math.max(wasBefore, turns(phase_deg)) - 180
        const share = (at_deg - before.phase_deg) / (phase_deg - before.phase_deg)
        result.gain_dB = Math.min(result.gain_dB, -20 * mix(before.log, log, share))
      }
    }
    before = { log, phase_deg }
  }
  return result
}

/** How often the phase has passed −180°, or 180°. */
function turns(phase_deg: number): number {
  return Math.floor((phase_deg + 180) / 360)
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** T = −returned ÷ injected, both of the same length. */
export function loopGainOf(returned: readonly Complex[], injected: readonly Complex[]): Complex[] {
  return returned.map((r, i) => {
    const q = injected[i]
    const size = q.re * q.re + q.im * q.im
    return { re: -(r.re * q.re + r.im * q.im) / size, im: -(r.im * q.re - r.re * q.im) / size }
  })
}
