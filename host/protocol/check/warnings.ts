import { type Circuit, rangeFor } from "../../../firmware/core/circuit"
import * as table from "../../../firmware/core/step"
import { platingSign } from "../../cell"
import { isTimed, loopEntry } from "../places"
import type { Job } from "../quantities"
import type { TableStep } from "../table"
import { stepDuration } from "./durations"
import { number } from "./numbers"

/** What a person should know of a protocol that can be run all the same. */
export interface Remark {
  severity: "warning" | "note"
  /** Such as `method[3].until_time_s`; of the cell, `cell.area_cm2`. */
  path: string
  message: string
}

const warning = (path: string, message: string): Remark => ({ severity: "warning", path, message })
const note = (path: string, message: string): Remark => ({ severity: "note", path, message })

/** All that is to be said of a protocol which compiles, its log space aside. */
export function remarks(steps: readonly TableStep[], job: Job, circuit: Circuit): Remark[] {
  return [
    ...ofCell(job),
    ...ofFrame(job),
    ...ofRecords(job),
    ...steps.flatMap((step, index) => ofStep(step, index, steps, job, circuit)),
    ...ofLoops(job),
  ]
}

function ofCell({ cell, protocol }: Job): Remark[] {
  const found: Remark[] = []
  const isLithium = cell.type === "Li||Li" || cell.type === "Li||Cu"
  if (cell.type === undefined)
    found.push(note("cell.type", "is not given: steps are called charge and discharge."))
  if (cell.type === "Li||Cu" && cell.positive_terminal === undefined)
    found.push(
      warning(
        "cell.positive_terminal",
        "is missing: which current plates is not known, so steps are called charge and discharge.",
      ),
    )
  if (cell.area_cm2 === undefined)
    found.push(
      (isLithium ? warning : note)(
        "cell.area_cm2",
        "is missing: nothing can be told per cm². Give it, or diameter_mm.",
      ),
    )
  if (!isLithium && cell.type !== undefined && cell.active_mass_mg === undefined)
    found.push(note("cell.active_mass_mg", "is missing: nothing can be told per gram."))
  const [ofCell_mAh, ofFile_mAh] = [cell.capacity_mAh, protocol.sample?.capacity_mAh]
  if (ofCell_mAh !== undefined && ofFile_mAh !== undefined)
    if (Math.abs(ofCell_mAh - ofFile_mAh) > 0.01 * ofCell_mAh)
      found.push(
        warning(
          "sample.capacity_mAh",
          `is ${number(ofFile_mAh)} mAh, but the cell's is ${number(ofCell_mAh)} mAh, which counts.`,
        ),
      )
  return found
}

function ofFrame({ protocol, cell }: Job): Remark[] {
  const found: Remark[] = []
  if (protocol.raw)
    found.push(warning("raw", "readings come without calibration: for finding one only."))
  else if (protocol.allow_uncalibrated)
    found.push(
      warning("allow_uncalibrated", "a channel without calibration runs on nominal values."),
    )
  const { stop } = protocol
  const judgesEfficiency =
    stop.coulombic_efficiency_below !== undefined || stop.coulombic_efficiency_above !== undefined
  if (judgesEfficiency && cell.type === "Li||Li")
    found.push(
      warning(
        "stop.coulombic_efficiency_below",
        "a symmetric cell's stripped charge is what the protocol says: its efficiency tells nothing.",
      ),
    )
  const isTurned = stop.coulombic_efficiency === "charge/discharge"
  const sign = platingSign(cell)
  if (judgesEfficiency && cell.type === "Li||Cu" && sign !== undefined && isTurned !== sign < 0)
    found.push(
      warning(
        "stop.coulombic_efficiency",
        `counts plated/stripped for this cell: give ${sign < 0 ? "charge/discharge" : "discharge/charge"}.`,
      ),
    )
  const rests = protocol.method.some(({ step }) => step === "open_circuit_voltage")
  if (stop.rest_voltage_below_mV !== undefined && !rests)
    found.push(warning("stop.rest_voltage_below_mV", "is never judged: the method has no rest."))
  return found
}

/** Below these, noise alone makes nearly every reading a point: five times 20 µV and 150 nA rms. */
const NOISE_V = 1e-4
const NOISE_mA = 7.5e-4

function ofRecords({ protocol }: Job): Remark[] {
  const rules = [
    { path: "record", rule: protocol.record },
    ...protocol.method.map((step, i) => ({
      path: `method[${i}].record`,
      rule: "record" in step ? step.record : undefined,
    })),
  ]
  return rules.flatMap(({ path, rule }) => {
    const found: Remark[] = []
    const isNoise = "is within the noise: nearly every reading would be recorded."
    if (rule?.voltage_V !== undefined && rule.voltage_V < NOISE_V)
      found.push(warning(`${path}.voltage_V`, isNoise))
    if (rule?.current_mA !== undefined && rule.current_mA < NOISE_mA)
      found.push(warning(`${path}.current_mA`, isNoise))
    return found
  })
}

function ofStep(
  step: TableStep,
  index: number,
  steps: readonly TableStep[],
  job: Job,
  circuit: Circuit,
): Remark[] {
  const entry = job.methodIndex[index]
  if (!isTimed(entry, job.protocol)) return []
  const path = `method[${entry}]`
  const found = [...ofCurrent(step, path, circuit), ...ofHandover(steps[index - 1], step, path)]
  if (stepDuration(step, job).most_s === Infinity)
    found.push(
      warning(
        path,
        "nothing but the cell ends it: one that is shorted or dead stays here. Give it until_time_s.",
      ),
    )
  const isGalvanostatic =
    step.type === table.STEP_CONSTANT_CURRENT || step.type === table.STEP_PULSE
  const hasVoltage = step.conditions.some(({ quantity }) => quantity === table.QUANTITY_VOLTAGE)
  if (isGalvanostatic && !hasVoltage)
    found.push(
      note(
        path,
        "no voltage ends it: one beyond the safety limits is a fault that needs a person.",
      ),
    )
  return found
}

/** What the board owes in each range, as a part of the range (its error budget). */
const RANGE_ERROR = 500e-6
/** From here on the error is worth a word. */
const NOTABLE = 0.01
const NOTABLE_CUTOFF = 0.1

function ofCurrent(step: TableStep, path: string, circuit: Circuit): Remark[] {
  const found: Remark[] = []
  const tell = (current_nA: number, notable: number, what: string) => {
    const range_A = circuit.currentRanges[rangeFor(circuit, current_nA * 1e-9)].limit_A
    const error_uA = range_A * RANGE_ERROR * 1e6
    const part = error_uA / Math.abs(current_nA / 1000)
    if (part <= notable) return
    found.push(
      warning(
        path,
        `${what}, ${number(Math.abs(current_nA) / 1000)} µA, is small: the error of the ` +
          `${number(range_A * 1000)} mA range, up to ${number(error_uA)} µA, is ${number(part * 100)} % of it.`,
      ),
    )
  }
  const isDriven =
    step.type === table.STEP_CONSTANT_CURRENT ||
    step.type === table.STEP_PULSE ||
    step.type === table.STEP_CC_CV
  if (isDriven) tell(step.current_nA, NOTABLE, "its current")
  for (const { quantity, value } of step.conditions)
    if (quantity === table.QUANTITY_CURRENT) tell(value, NOTABLE_CUTOFF, "the current that ends it")
  return found
}

/** A held voltage should be that at which the current before it ended. */
const HANDOVER_uV = 5000

function ofHandover(charge: TableStep | undefined, held: TableStep, path: string): Remark[] {
  if (charge?.type !== table.STEP_CONSTANT_CURRENT || held.type !== table.STEP_CONSTANT_VOLTAGE)
    return []
  const found: Remark[] = []
  const cutoff = charge.conditions.find(
    (one) =>
      one.quantity === table.QUANTITY_VOLTAGE &&
      !one.isLinked &&
      one.isAbove === charge.current_nA > 0,
  )
  if (cutoff !== undefined && Math.abs(cutoff.value - held.voltage_uV) > HANDOVER_uV)
    found.push(
      warning(
        path,
        `holds ${number(held.voltage_uV / 1e6)} V, but the current before it ends at ` +
          `${number(cutoff.value / 1e6)} V: the cell jumps.`,
      ),
    )
  if (held.current_nA < Math.abs(charge.current_nA))
    found.push(
      warning(
        path,
        `holds its voltage with at most ${number(held.current_nA / 1e6)} mA, less than the ` +
          `${number(Math.abs(charge.current_nA) / 1e6)} mA before it: the voltage drops first.`,
      ),
    )
  return found
}

/** So few go without a look at the channel. */
const FEW_CYCLES = 20

function ofLoops(job: Job): Remark[] {
  const { method } = job.protocol
  return method.flatMap((step, at) => {
    if (step.step !== "loop" || step.cycle_count <= FEW_CYCLES) return []
    const inner = method.slice(loopEntry(at, job), at)
    const encloses = method.some(
      (other, i) => i > at && other.step === "loop" && loopEntry(i, job) <= at,
    )
    if (encloses || inner.some((one) => one.step === "open_circuit_voltage")) return []
    return [
      note(
        `method[${at}]`,
        "loops without a rest: no self-test of the channel, no voltage at rest that would tell a soft short.",
      ),
    ]
  })
}
