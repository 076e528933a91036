import type { Records } from "../records"
import { leadsTo, nearness_s, type PulseResistance } from "./resistance"

/**
 * R_DC of the cell at the beginning of every rest that follows a current, in ohm, `at_s` seconds into the rest:
 *
 *     R_DC = (V_before − V_t) ÷ (I_before − I_t)
 *
 * `before` is the last record under current. What answers by then is as for `pulseResistances`; of a cell with an
 * open-circuit voltage the later part holds its relaxation, too. Nothing is interpolated. Undefined where no record
 * lies within 60 ms, or 5 %, of `at_s`, where the current still flowed at that record, and where the passage to the
 * rest was not recorded.
 *
 * Pulse and relaxation compared: Barai et al. 2018, 10.1038/s41598-017-18424-5.
 * @returns for each such rest its cycle and step, and in `elapsed_s` the time into the rest at which it was read
 * @throws RangeError when `at_s` is not above 0
 */
export function relaxationResistances(records: Iterable<Records>, at_s: number): PulseResistance[] {
  if (!(at_s > 0)) throw new RangeError(`at_s is ${at_s}: give a time into the rest, above 0 s.`)
  const found: PulseResistance[] = []
  let rest: Relaxation | undefined
  let before: Records | undefined
  for (const batch of records) {
    if (batch.length === 0) continue
    if (batch.stepCount !== before?.stepCount) {
      if (rest !== undefined) found.push(rest.resistance())
      rest = follows(before, batch) ? new Relaxation(before, batch, at_s) : undefined
    }
    rest?.look(batch)
    before = batch
  }
  if (rest !== undefined) found.push(rest.resistance())
  return found
}

/** Whether a rest begins here that a current went before. */
function follows(before: Records | undefined, batch: Records): before is Records {
  if (before === undefined || batch.stepType !== "rest" || before.stepType === "rest") return false
  return before.current_A[before.length - 1] !== 0
}

/** One rest, looked through batch by batch. */
class Relaxation {
  private readonly start_s: number
  private readonly before_V: number
  private readonly before_A: number
  private readonly isWhole: boolean
  private elapsed_s = Number.POSITIVE_INFINITY
  private then_V = Number.NaN
  private then_A = Number.NaN

  constructor(
    before: Records,
    private readonly rest: Records,
    private readonly at_s: number,
  ) {
    const last = before.length - 1
    this.start_s = before.time_s[last]
    this.before_V = before.voltage_V[last]
    this.before_A = before.current_A[last]
    this.isWhole = leadsTo(before, rest)
  }

  look({ length, time_s, voltage_V, current_A }: Records): void {
    for (let i = 0; i < length; i++) {
      const elapsed_s = time_s[i] - this.start_s
      if (Math.abs(elapsed_s - this.at_s) >= Math.abs(this.elapsed_s - this.at_s)) continue
      this.elapsed_s = elapsed_s
      this.then_V = voltage_V[i]
      this.then_A = current_A[i]
    }
  }

  resistance(): PulseResistance {
    const { start_s, elapsed_s, before_A } = this
    const { cycle, stepCount } = this.rest
    const isNear = Math.abs(elapsed_s - this.at_s) <= nearness_s(this.at_s)
    if (!this.isWhole || !isNear)
      return {
        cycle,
        stepCount,
        start_s,
        elapsed_s: undefined,
        change_A: undefined,
        resistance_ohm: undefined,
      }
    const change_A = this.then_A - before_A
    const hasStopped = Math.abs(change_A) >= Math.abs(before_A) / 2
    const resistance_ohm = hasStopped ? (this.then_V - this.before_V) / change_A : undefined
    return { cycle, stepCount, start_s, elapsed_s, change_A, resistance_ohm }
  }
}
