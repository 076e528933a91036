/**
 * The error budget at full scale, term by term: what ±5 K, 1000 h and the bench leave of a channel's accuracy.
 * Sums of the same sizes that boards are drawn from, to first order.
 */
import { channel, supplies } from "../components"
import {
  BENCH_SIZES as BENCH,
  DIVIDER_ohm,
  SHUNT_K_per_W,
  type Size,
  SIZES,
  SMALL_SIZES,
} from "./sizes"

export const FULL_SCALE_A = 0.05
export const FULL_SCALE_V = 5
/** From the temperature of the calibration, either way. */
export const WARMTH_K = 5
/** What the widest range is calibrated at, on the standard. */
export const CALIBRATED_A = 0.04
const STANDARD_ohm = 100

/** An error in ppm of full scale. */
export interface Ppm {
  typical: number
  maximum: number
}

export interface Term {
  name: string
  current?: Ppm
  voltage?: Ppm
  /** Gone after the two-point calibration; or there only because of it. */
  calibration?: "removes" | "adds"
}

/** Independent errors as one: typical values by their squares, maxima as they are. */
export function together(parts: readonly Ppm[]): Ppm {
  return {
    typical: Math.hypot(...parts.map((part) => part.typical)),
    maximum: parts.reduce((sum, part) => sum + part.maximum, 0),
  }
}

/** A size, times what it does at full scale. */
function of({ typical, maximum }: Size, effect: number): Ppm {
  return { typical: typical * effect * 1e6, maximum: maximum * effect * 1e6 }
}
const times = (ppm: Ppm, factor: number): Ppm => ({
  typical: ppm.typical * factor,
  maximum: ppm.maximum * factor,
})

const shunt_ohm = channel.shunt_ohm.value
const tap = channel.dividerBottom_ohm.value / DIVIDER_ohm
/** Of a divider's ratio, for each of its resistors. */
const ratio = 1 - tap
const shunt_V = shunt_ohm * FULL_SCALE_A
/** What a volt at the shunt is in current, a volt at a converter's pin in voltage. */
const atShunt = 1 / shunt_V
const atPin = 1 / tap / FULL_SCALE_V

/** One divider has two resistors, common mode is the difference of two dividers. */
const divider = (size: Size, factor = 1) =>
  together([of(size, ratio * factor), of(size, ratio * factor)])
const commonMode = (size: Size, factor = 1) => {
  const one = times(divider(size, factor), shunt_V / FULL_SCALE_V)
  return together([one, one])
}

/**
 * The shunt's own heat after a calibration, for each 1/K of its temperature coefficient: right at one current of the
 * widest range, it is off by I × (I² − that²), which is most at full scale or in between.
 */
function heat_K(): number {
  const off_A = (current_A: number) => current_A * Math.abs(current_A ** 2 - CALIBRATED_A ** 2)
  const most_A = Math.max(off_A(FULL_SCALE_A), off_A(CALIBRATED_A / Math.sqrt(3)))
  return (SHUNT_K_per_W * shunt_ohm * most_A) / FULL_SCALE_A
}

/** Both wires of a pair, of which one carries what its divider takes, and what the fallback adds. */
function leads(): Ppm {
  const divider_A = (FULL_SCALE_V + shunt_V) / DIVIDER_ohm
  const volts = (which: "typical" | "maximum") => {
    const { senseWire_ohm, forceWire_ohm } = SMALL_SIZES
    const fallback_A = (FULL_SCALE_A * forceWire_ohm[which]) / channel.senseFallback_ohm.value
    return senseWire_ohm[which] * (divider_A + fallback_A)
  }
  const ppm = (which: "typical" | "maximum") => (volts(which) / FULL_SCALE_V) * 1e6
  return { typical: ppm("typical"), maximum: ppm("maximum") }
}

const buffers = (size: Size, factor: number) =>
  together([of(size, factor * atPin), of(size, factor * atPin)])
const reference = (size: Size, factor = 1) => ({
  current: of(size, factor),
  voltage: of(size, factor),
})
const vnMoves_V = supplies.vn.least_V - supplies.vn.nominal_V

export const TERMS: readonly Term[] = [
  {
    name: "shunt, dividers: tolerance",
    calibration: "removes",
    current: of(SIZES.shuntTolerance, 1),
    voltage: divider(SIZES.dividerTolerance),
  },
  {
    name: "dividers: common mode",
    calibration: "removes",
    voltage: commonMode(SIZES.dividerTolerance),
  },
  {
    name: "divider of cell− beside the shunt",
    calibration: "removes",
    current: { typical: (shunt_ohm / DIVIDER_ohm) * 1e6, maximum: (shunt_ohm / DIVIDER_ohm) * 1e6 },
  },
  { name: "converter's gain", calibration: "removes", ...reference(SIZES.adcGain) },
  { name: "converter's reference", calibration: "removes", ...reference(SIZES.adcReference) },
  {
    name: "bench: meter and standard",
    calibration: "adds",
    current: together([
      of(BENCH.meterGain, 1),
      of(BENCH.standardTolerance, 1),
      of(BENCH.standardHeating_per_W, STANDARD_ohm * CALIBRATED_A ** 2),
    ]),
    voltage: of(BENCH.meterGain, 1),
  },
  {
    name: "shunt, divider: temperature",
    current: of(SIZES.shuntTempco_per_K, WARMTH_K),
    voltage: divider(SIZES.dividerTempco_per_K, WARMTH_K),
  },
  { name: "shunt: its own heat", current: of(SIZES.shuntTempco_per_K, heat_K()) },
  {
    name: "shunt, divider: ageing",
    current: of(SIZES.shuntAgeing, 1),
    voltage: divider(SIZES.dividerAgeing),
  },
  {
    name: "dividers: common mode, temperature and ageing",
    voltage: together([
      commonMode(SIZES.dividerTempco_per_K, WARMTH_K),
      commonMode(SIZES.dividerAgeing),
    ]),
  },
  {
    name: "converter's reference: temperature",
    ...reference(SIZES.adcReferenceDrift_per_K, WARMTH_K),
  },
  { name: "converter's reference: ageing", ...reference(SIZES.adcReferenceAgeing) },
  {
    name: "converter's gain: temperature; nonlinearity",
    current: together([of(SIZES.adcGainDrift_per_K, WARMTH_K), of(SIZES.adcNonlinearity, 1)]),
    voltage: together([of(SIZES.adcGainDrift_per_K, WARMTH_K), of(SIZES.adcNonlinearity, 1)]),
  },
  {
    name: "offsets: temperature",
    current: together([
      of(SIZES.adcOffsetDrift_V_per_K, WARMTH_K * atShunt),
      of(SIZES.shuntEmf_V_per_K, WARMTH_K * atShunt),
    ]),
    voltage: together([
      buffers(SIZES.bufferDrift_V_per_K, WARMTH_K),
      of(SIZES.adcBypassedDrift_V_per_K, WARMTH_K * atPin),
    ]),
  },
  {
    name: "noise of one reading",
    current: of(SIZES.shuntNoise_V, atShunt),
    voltage: of(SIZES.cellNoise_V, atPin),
  },
  {
    name: "sense wires; VN that moves",
    voltage: together([leads(), buffers(SMALL_SIZES.bufferRejection_V_per_V, vnMoves_V)]),
  },
]

/** RSS of the typical values and sum of the maxima, of a board as it is built, or after its calibration. */
export function total(of: "current" | "voltage", isCalibrated: boolean): Ppm {
  const gone = isCalibrated ? "removes" : "adds"
  const parts = TERMS.filter((term) => term.calibration !== gone).map((term) => term[of])
  return together(parts.filter((part) => part !== undefined))
}
