import type { Sample } from "../sample"
import type { HalfCycle } from "./halfCycles"
import { coveredWindow, timeWeightedMedian } from "./weighted"

export interface Nucleation {
  /** |V_tip| − |V_plateau|. */
  overpotential_V: number
  /** |V| at the tip. */
  tip_V: number
  /** |V| of the plateau. */
  plateau_V: number
  /** When the tip was recorded, since the half-cycle began. */
  tip_s: number
  /** How long |V| took from the tip to half-way down to its lowest value before the plateau. */
  halfFall_s: number
}

export interface NucleationOptions {
  /** How far |V| must fall for a maximum to count as the tip. */
  prominence_V?: number
}

/** Share of the charge before which the tip is sought, and over which the plateau is read. */
const PLATEAU_FROM = 0.4
const PLATEAU_TO = 0.8

/** Ten times the noise of a voltage record, about 20 µV rms: no run of records wanders so far. */
const PROMINENCE_V = 200e-6

/** A spike read at least this often in its half-fall is at most 1 − 2^(−1/5) = 13 % too low. */
const RECORDS_PER_HALF_FALL = 5

/**
 * Nucleation overpotential of one half-cycle, in volts: |V_tip| − |V_plateau|.
 *
 * - Plateau: the median of |V|, weighted by time, over 40–80 % of the charge passed.
 * - Tip: the first maximum of |V| after the reversal from which |V| falls by `prominence_V` before
 *   the plateau begins. Records whose voltage still opposes the current are not yet reversed and
 *   do not count. Being the highest of some noisy records it reads up to about 2σ too high.
 *
 * Undefined for an incomplete half-cycle, for one that was not at constant current, without such a
 * maximum (the voltage climbs straight to its plateau, or the spike drowns in the noise), and where
 * the spike was recorded too sparsely: either neighbour of the tip further away than a fifth of the
 * half-fall.
 *
 * Definition: Pei et al. 2017, 10.1021/acs.nanolett.6b04755.
 */
export function nucleation(
  half: HalfCycle,
  { prominence_V = PROMINENCE_V }: NucleationOptions = {},
): Nucleation | undefined {
  if (!half.complete || half.stepType !== "constant_current") return undefined
  const passed = (s: Sample) => Math.abs(s.stepCharge_Ah) / half.charge_Ah
  const plateau = coveredWindow(half.samples, passed, PLATEAU_FROM, PLATEAU_TO)
  const early = half.samples.filter((s) => passed(s) < PLATEAU_FROM && s.voltage_V * half.sign > 0)
  const tip = firstMaximum(early, prominence_V)
  if (plateau === undefined || tip === undefined) return undefined

  const tip_V = Math.abs(early[tip].voltage_V)
  const falling = early.slice(tip)
  const halfFall_s = timeToHalfFall_s(falling)
  if (!isResolved(half.samples, early[tip], halfFall_s)) return undefined
  const plateau_V = timeWeightedMedian(plateau, (s) => Math.abs(s.voltage_V))
  return {
    overpotential_V: tip_V - plateau_V,
    tip_V,
    plateau_V,
    tip_s: early[tip].time_s - half.start_s,
    halfFall_s,
  }
}

/** Index of the first maximum of |V| that is followed by a fall of `prominence_V`. */
function firstMaximum(samples: Sample[], prominence_V: number): number | undefined {
  let highest = 0
  for (let i = 0; i < samples.length; i++) {
    const below_V = Math.abs(samples[highest].voltage_V) - Math.abs(samples[i].voltage_V)
    if (below_V >= prominence_V) return highest
    if (below_V < 0) highest = i
  }
  return undefined
}

function timeToHalfFall_s(falling: Sample[]): number {
  const tip_V = Math.abs(falling[0].voltage_V)
  const floor_V = falling.reduce((low, s) => Math.min(low, Math.abs(s.voltage_V)), tip_V)
  const fallen = falling.find((s) => Math.abs(s.voltage_V) <= (tip_V + floor_V) / 2)
  return fallen === undefined ? 0 : fallen.time_s - falling[0].time_s
}

function isResolved(samples: Sample[], tip: Sample, halfFall_s: number): boolean {
  const at = samples.indexOf(tip)
  const before_s = tip.time_s - (samples[at - 1] ?? tip).time_s
  const after_s = (samples[at + 1] ?? tip).time_s - tip.time_s
  return Math.max(before_s, after_s) * RECORDS_PER_HALF_FALL <= halfFall_s
}
