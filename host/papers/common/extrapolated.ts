import { leadsTo } from "../../analysis/resistance"
import { iterateSteps } from "../../analysis/steps"
import type { Records } from "../../records"

/** Too few readings give no line. */
const READINGS = 5

/** Into a pulse; what has answered by its beginning is counted as resistance. */
interface PulseWindow {
  from_s: number
  to_s: number
}

/** Among which the settled one is sought, each beginning where the one before ends. */
const WINDOWS: readonly PulseWindow[] = [0.5, 1, 2, 4, 8, 16].map((from_s) => ({
  from_s,
  to_s: 2 * from_s,
}))

/**
 * R_DC of every pulse of a test through a cell with blocking electrodes, Ω: the first voltage, which is that of the
 * pulse's first 25 ms, less what the electrodes charge by the middle of these, less the voltage before, divided by
 * the first current, before the regulator has trimmed it. How fast they charge, the straight line through the later
 * voltages over time tells.
 *
 * Undefined where the pulse, or the step before it, is not whole, or has too few readings.
 */
export function blockingResistances_ohm(records: Iterable<Records>): (number | undefined)[] {
  return pulses(records).map((pulse) => {
    if (pulse === undefined || pulse.records.length <= READINGS) return undefined
    const { before_V, records } = pulse
    const { slope } = straightLine([...records.time_s.slice(1)], [...records.voltage_V.slice(1)])
    return (records.voltage_V[0] - slope * MIDDLE_s - before_V) / records.current_A[0]
  })
}

/** Of the first voltage's conversion, from the beginning of the current. */
const MIDDLE_s = 0.0125

/**
 * R_DC of every pulse of a test, Ω, freed from what changes with the charge that the pulse itself passes: the
 * straight line through voltage over charge in a window of the pulse, taken back to no charge, less the voltage
 * before, divided by the pulse's current; by the window, of 0.5 … 1 s, 1 … 2 s and so on, whose number differs least
 * from that of the next one: there the transfer of charge has settled, and diffusion has not yet begun to bend the
 * line.
 *
 * Undefined where the pulse, or the step before it, is not whole, or shorter than two windows.
 */
export function settledResistances_ohm(records: Iterable<Records>): (number | undefined)[] {
  return pulses(records).map(
    (pulse) => pulse && settled(WINDOWS.map((one) => resistance_ohm(pulse, one))),
  )
}

function settled(found: readonly (number | undefined)[]): number | undefined {
  let best: { change: number; value: number } | undefined
  for (let k = 1; k < found.length; k++) {
    const [value, next] = [found[k - 1], found[k]]
    if (value === undefined || next === undefined) continue
    const change = Math.abs(next / value - 1)
    if (best === undefined || change < best.change) best = { change, value }
  }
  return best?.value
}

interface Pulse {
  before_V: number
  start_s: number
  records: Records
}

/** Each pulse of a test; undefined for one that is not whole. */
function pulses(records: Iterable<Records>): (Pulse | undefined)[] {
  const found: (Pulse | undefined)[] = []
  let before: Records | undefined
  for (const step of iterateSteps(records)) {
    if (step.stepType === "pulse") found.push(pulseAfter(before, step))
    before = step
  }
  return found
}

function pulseAfter(before: Records | undefined, records: Records): Pulse | undefined {
  if (before === undefined || !leadsTo(before, records) || !records.hasLast) return undefined
  const last = before.length - 1
  return { before_V: before.voltage_V[last], start_s: before.time_s[last], records }
}

function resistance_ohm(
  { before_V, start_s, records }: Pulse,
  { from_s, to_s }: PulseWindow,
): number | undefined {
  const charges: number[] = []
  const voltages: number[] = []
  let current_A = 0
  for (let i = 0; i < records.length; i++) {
    const elapsed_s = records.time_s[i] - start_s
    if (elapsed_s < from_s || elapsed_s > to_s) continue
    charges.push(records.stepCharge_Ah[i])
    voltages.push(records.voltage_V[i])
    current_A += records.current_A[i]
  }
  // A pulse that ends within the window has not all of it.
  const whole_s = records.time_s[records.length - 1] - start_s
  if (charges.length < READINGS || whole_s < to_s - NEAR_s) return undefined
  return (straightLine(charges, voltages).intercept - before_V) / (current_A / charges.length)
}

/** A reading is never further than that from a time. */
const NEAR_s = 0.1

/** The straight line of least squares. */
export function straightLine(
  x: readonly number[],
  y: readonly number[],
): { slope: number; intercept: number } {
  const meanX = mean(x)
  const meanY = mean(y)
  let xx = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2
    xy += (x[i] - meanX) * (y[i] - meanY)
  }
  const slope = xy / xx
  return { slope, intercept: meanY - slope * meanX }
}

/** Mean of numbers that are all known; undefined for none of them, or when one is not. */
export function meanOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 || known.length < values.length ? undefined : mean(known)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
