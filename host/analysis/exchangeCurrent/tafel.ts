import type { Records } from "../../records"
import { fitLine } from "../line"
import { covering, type KineticsOptions, kineticsPoints, thermalVoltage_V } from "./kinetics"

export interface TafelFit {
  exchangeCurrent_mA_per_cm2: number
  /** Slope × RT/F: α, as far as the line is one of kinetics. */
  transferCoefficient: number
  r2: number
  points: number
}

/** Which part of a sweep is fitted. */
export interface TafelWindow {
  /** 1: positive voltages, −1: negative ones. */
  branch: 1 | -1
  /** In |V|, ascending. */
  from_V: number
  to_V: number
}

/**
 * Exchange current density of one electrode of a symmetric cell by Tafel's plot with iR taken off, by Allen and
 * Hickling, who take off the reverse reaction, too, so that a line holds down to a few millivolts:
 *
 *     ln[i ÷ (1 − e^(−Fη/RT))] = ln i₀ + α·Fη/RT,  η = (V − iR) ÷ 2
 *
 * Exact for Butler–Volmer kinetics of any α, in any window of η. Undefined with less than five records, or where
 * the records leave a part of the window uncovered: the current limit flattens a sweep.
 *
 * Source: Allen & Hickling 1957, 10.1039/tf9575301626.
 * @param sweep one step of a scan
 * @param window in η, V: 0.01 … 0.09 is usual for a sweep to 0.2 V
 */
export function allenHickling(
  sweep: Records,
  options: KineticsOptions,
  { branch, from_V, to_V }: TafelWindow,
): TafelFit | undefined {
  checkWindow(from_V, to_V)
  const thermal_V = thermalVoltage_V(options.temperature_degC)
  const points = kineticsPoints(sweep, options).map((one) => ({
    x: branch * one.overpotential_V,
    i: branch * one.currentDensity_mA_per_cm2,
  }))
  const inside = covering(points, ({ x }) => x, from_V, to_V) ?? []
  const logarithms = inside
    .filter(({ i }) => i > 0)
    .map(({ x, i }) => ({ x, y: Math.log(i / -Math.expm1(-x / thermal_V)) }))
  return tafelFit(logarithms, thermal_V)
}

/**
 * Apparent exchange current density, mA cm⁻²: the plain line ln|i| against |V| of the terminals, without any
 * correction, that papers draw through a part of a sweep of a symmetric cell and read at 0 V. Label it apparent: it
 * depends on the window. With ideal kinetics (α = ½, no resistance) it reads 0.78 i₀ over 100 … 200 mV and 0.47 i₀
 * over 50 … 100 mV, and with the resistance less in slope and more at 0 V. Undefined as for `allenHickling`.
 * @param window in V of the terminals
 * @returns of the transfer coefficient what the slope would mean, two electrodes sharing V
 */
export function apparentExchangeCurrent(
  sweep: Records,
  options: Omit<KineticsOptions, "resistance_ohm">,
  { branch, from_V, to_V }: TafelWindow,
): TafelFit | undefined {
  checkWindow(from_V, to_V)
  const points = kineticsPoints(sweep, { ...options, resistance_ohm: 0 }).map((one) => ({
    x: branch * one.overpotential_V,
    i: branch * one.currentDensity_mA_per_cm2,
  }))
  const inside = covering(points, ({ x }) => 2 * x, from_V, to_V) ?? []
  const logarithms = inside.filter(({ i }) => i > 0).map(({ x, i }) => ({ x, y: Math.log(i) }))
  return tafelFit(logarithms, thermalVoltage_V(options.temperature_degC))
}

function tafelFit(logarithms: { x: number; y: number }[], thermal_V: number): TafelFit | undefined {
  const line = fitLine(logarithms)
  if (line === undefined) return undefined
  return {
    exchangeCurrent_mA_per_cm2: Math.exp(line.intercept),
    transferCoefficient: line.slope * thermal_V,
    r2: line.r2,
    points: line.points,
  }
}

function checkWindow(from_V: number, to_V: number): void {
  if (!(from_V > 0 && to_V > from_V && to_V < Number.POSITIVE_INFINITY))
    throw new RangeError(`${from_V} … ${to_V} V: give two magnitudes above 0 V, in order.`)
}
