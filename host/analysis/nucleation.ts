import type { Records } from "../records"
import type { HalfCycle } from "./halfCycles"
import { coveredWindow, magnitudes, timeWeightedMedian } from "./weighted"

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
  const { records } = half
  const magnitude_V = magnitudes(records.voltage_V)
  const passed = magnitudes(records.stepCharge_Ah)
  for (let i = 0; i < passed.length; i++) passed[i] /= half.charge_Ah
  const plateau = coveredWindow(records, passed, magnitude_V, PLATEAU_FROM, PLATEAU_TO)
  const early = earlyRecords(half, passed)
  const tip = firstMaximum(early, magnitude_V, prominence_V)
  if (plateau === undefined || tip === undefined) return undefined

  const halfFall_s = timeToHalfFall_s(early.subarray(tip), magnitude_V, records.time_s)
  if (!isResolved(records, early[tip], halfFall_s)) return undefined
  const tip_V = magnitude_V[early[tip]]
  const plateau_V = timeWeightedMedian(plateau)
  return {
    overpotential_V: tip_V - plateau_V,
    tip_V,
    plateau_V,
    tip_s: records.time_s[early[tip]] - half.start_s,
    halfFall_s,
  }
}

/** Indices of the records before the plateau whose voltage has reversed. */
function earlyRecords({ records, sign }: HalfCycle, passed: Float64Array): Int32Array {
  const early = new Int32Array(records.length)
  let count = 0
  for (let i = 0; i < records.length; i++)
    if (passed[i] < PLATEAU_FROM && records.voltage_V[i] * sign > 0) early[count++] = i
  return early.subarray(0, count)
}

/** Where in `early` the first maximum stands that is followed by a fall of `prominence_V`. */
function firstMaximum(
  early: Int32Array,
  magnitude_V: Float64Array,
  prominence_V: number,
): number | undefined {
  let highest = 0
  for (let i = 0; i < early.length; i++) {
    const below_V = magnitude_V[early[highest]] - magnitude_V[early[i]]
    if (below_V >= prominence_V) return highest
    if (below_V < 0) highest = i
  }
  return undefined
}

function timeToHalfFall_s(
  falling: Int32Array,
  magnitude_V: Float64Array,
  time_s: Float64Array,
): number {
  const tip_V = magnitude_V[falling[0]]
  let floor_V = tip_V
  for (const i of falling) floor_V = Math.min(floor_V, magnitude_V[i])
  for (const i of falling)
    if (magnitude_V[i] <= (tip_V + floor_V) / 2) return time_s[i] - time_s[falling[0]]
  return 0
}

function isResolved({ time_s, length }: Records, tip: number, halfFall_s: number): boolean {
  const before_s = time_s[tip] - time_s[Math.max(tip - 1, 0)]
  const after_s = time_s[Math.min(tip + 1, length - 1)] - time_s[tip]
  return Math.max(before_s, after_s) * RECORDS_PER_HALF_FALL <= halfFall_s
}
