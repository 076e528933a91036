import { type Cell, MENDS } from "../cell"
import { SIMPLE } from "./conditions"
import type { Step, StepOf, UntilEntry } from "./steps"

export type Entry = { [key: string]: unknown }

/** What a step needs to be said in unicycler's words. */
export interface Lowering {
  cell: Cell
  capacity_mAh: number | undefined
  /** Notes what cannot be said. */
  lose(path: string, problem: string): void
}

/** What can end a step of unicycler. */
interface Ends {
  time_s: number[]
  voltage_V: number[]
  current_mA: number[]
  rate_C: number[]
}

type Galvanostatic = StepOf<"constant_current"> | StepOf<"constant_current_constant_voltage">

/** A step but a loop, as unicycler's entries. */
export function lowered(step: Step, path: string, to: Lowering): Entry[] {
  switch (step.step) {
    case "tag":
      return [step]
    case "open_circuit_voltage":
      return [rest(step, path, to)]
    case "constant_current":
      return [constantCurrent(step, path, to)]
    case "constant_voltage":
      return [constantVoltage(step, path, to)]
    case "constant_current_constant_voltage":
      return ccCv(step, path, to)
    case "voltage_scan":
      return [scan(step, path, to)]
    case "pulse":
      to.lose(path, "a pulse, of which every reading is recorded, is not in unicycler.")
      return []
    default:
      to.lose(path, `a ${step.step} is not in unicycler.`)
      return []
  }
}

function rest(step: StepOf<"open_circuit_voltage">, path: string, to: Lowering): Entry {
  const { time_s } = endsOf(step, path, undefined, to)
  if (time_s.length === 0) to.lose(path, "a rest ends by time in unicycler: give it until_time_s.")
  return { ...named(step), until_time_s: Math.min(...time_s) }
}

function constantCurrent(step: StepOf<"constant_current">, path: string, to: Lowering): Entry {
  const drive = driveOf(step, path, to)
  const ends = endsOf(step, path, drive?.current_mA, to)
  const isCharge = (drive?.sign ?? 1) > 0
  const first_V = isCharge ? Math.min(...ends.voltage_V) : Math.max(...ends.voltage_V)
  if (ends.time_s.length === 0 && !(ends.voltage_V.length > 0 && first_V !== 0))
    to.lose(path, "unicycler takes 0 V alone for no end: give it until_time_s too.")
  return {
    ...named(step),
    ...drive?.keys,
    ...(ends.time_s.length > 0 ? { until_time_s: Math.min(...ends.time_s) } : {}),
    ...(ends.voltage_V.length > 0 ? { until_voltage_V: first_V } : {}),
  }
}

function constantVoltage(step: StepOf<"constant_voltage">, path: string, to: Lowering): Entry {
  if (step.max_current_mA !== undefined)
    to.lose(`${path}.max_current_mA`, "is not in unicycler: safety.max_current_mA is.")
  const ends = endsOf(step, path, undefined, to)
  if (ends.time_s.length + ends.current_mA.length + ends.rate_C.length === 0)
    to.lose(path, "unicycler ends a held voltage by time or current.")
  return { ...named(step), voltage_V: step.voltage_V, ...decay(ends, path, to) }
}

function decay({ time_s, current_mA, rate_C }: Ends, path: string, to: Lowering): Entry {
  const keys: Entry = time_s.length > 0 ? { until_time_s: Math.min(...time_s) } : {}
  if (current_mA.length === 0 && rate_C.length > 0)
    return { ...keys, until_rate_C: Math.max(...rate_C) }
  // unicycler knows but one of the two.
  const all_mA = [...current_mA, ...rate_C.map((rate) => rate * capacityOf(path, to))]
  return all_mA.length > 0 ? { ...keys, until_current_mA: Math.max(...all_mA) } : keys
}

function ccCv(
  step: StepOf<"constant_current_constant_voltage">,
  path: string,
  to: Lowering,
): Entry[] {
  const drive = driveOf(step, path, to)
  const ends = endsOf(step, path, undefined, to)
  if (ends.time_s.length > 0)
    to.lose(path, "time that runs over CC and CV is not in unicycler: write two steps.")
  if (ends.current_mA.length + ends.rate_C.length === 0)
    to.lose(path, "unicycler ends a held voltage by time or current.")
  if (step.voltage_V === 0) to.lose(path, "unicycler takes 0 V alone for no end of the CC part.")
  const id = step.id === undefined ? {} : { id: step.id }
  return [
    { ...id, step: "constant_current", ...drive?.keys, until_voltage_V: step.voltage_V },
    { ...id, step: "constant_voltage", voltage_V: step.voltage_V, ...decay(ends, path, to) },
  ]
}

function scan(step: StepOf<"voltage_scan">, path: string, to: Lowering): Entry {
  const { max_current_mA, record, until, until_time_s, until_temperature_degC, ...keys } = step
  const lost = { max_current_mA, record, until, until_time_s, until_temperature_degC }
  for (const [key, value] of Object.entries(lost))
    if (value !== undefined) to.lose(`${path}.${key}`, "is not in unicycler's voltage_scan.")
  return keys
}

function named({ id, step }: Step): Entry {
  return id === undefined ? { step } : { id, step }
}

/** The current of a step: as unicycler's keys, in mA where that is known, and its sign. */
function driveOf(step: Galvanostatic, path: string, to: Lowering) {
  const { current_mA, current_density_mA_per_cm2: density, rate_C } = step
  if (rate_C !== undefined) {
    const known_mA = to.capacity_mAh === undefined ? undefined : rate_C * to.capacity_mAh
    return { keys: { rate_C }, current_mA: known_mA, sign: Math.sign(rate_C) }
  }
  if (current_mA !== undefined)
    return { keys: { current_mA }, current_mA, sign: Math.sign(current_mA) }
  if (density === undefined) return undefined
  const area_cm2 = areaOf(`${path}.current_density_mA_per_cm2`, to)
  const fromArea_mA = density * area_cm2
  return { keys: { current_mA: fromArea_mA }, current_mA: fromArea_mA, sign: Math.sign(density) }
}

function areaOf(path: string, { cell, lose }: Lowering): number {
  if (cell.area_cm2 === undefined) lose(path, `needs the cell's ${MENDS.area_cm2}.`)
  return cell.area_cm2 ?? Number.NaN
}

function capacityOf(path: string, { capacity_mAh, lose }: Lowering): number {
  if (capacity_mAh === undefined) lose(path, `needs the cell's ${MENDS.capacity_mAh}.`)
  return capacity_mAh ?? Number.NaN
}

const NOT_ENDS = new Set(["until", "until_voltage_V"])

/**
 * What ends a step, all of it joined by OR and leading to the next step; what is not so is lost.
 * @param current_mA of a step whose charge is its time: what makes a charge cutoff a time
 */
function endsOf(
  step: Exclude<Step, StepOf<"loop"> | StepOf<"tag">>,
  path: string,
  current_mA: number | undefined,
  to: Lowering,
): Ends {
  const ends: Ends = { time_s: [], voltage_V: [], current_mA: [], rate_C: [] }
  if ("record" in step && step.record !== undefined)
    to.lose(`${path}.record`, "unicycler has one record rule for all steps.")
  for (const [key, value] of Object.entries(step)) {
    if (!key.startsWith("until") || NOT_ENDS.has(key) || value === undefined) continue
    const simple = SIMPLE[key]
    if (simple === undefined) to.lose(`${path}.${key}`, "is not in unicycler.")
    else addEnd(ends, simple, value as number, `${path}.${key}`, current_mA, to)
  }
  if ("until_voltage_V" in step && step.until_voltage_V !== undefined)
    ends.voltage_V.push(step.until_voltage_V)
  step.until?.forEach(({ goto, ...keys }, i) => {
    const place = `${path}.until[${i}]`
    const given = Object.entries(keys).filter(([, value]) => value !== undefined)
    if (goto !== undefined) to.lose(`${place}.goto`, "unicycler has no jumps.")
    else if (given.length > 1) to.lose(place, "unicycler joins ends by OR only.")
    else
      for (const [key, value] of given)
        addEnd(ends, key as keyof UntilEntry, value as number, `${place}.${key}`, current_mA, to)
  })
  return ends
}

function addEnd(
  ends: Ends,
  key: keyof UntilEntry,
  value: number,
  path: string,
  current_mA: number | undefined,
  to: Lowering,
): void {
  const charge = (capacity_mAh: number) => {
    if (current_mA === undefined)
      to.lose(path, "is a time only at a constant current that is known.")
    else ends.time_s.push((capacity_mAh / Math.abs(current_mA)) * 3600)
  }
  if (key === "time_s") ends.time_s.push(value)
  else if (key === "capacity_mAh") charge(value)
  else if (key === "areal_capacity_mAh_per_cm2") charge(value * areaOf(path, to))
  else if (key === "current_below_mA") ends.current_mA.push(Math.abs(value))
  else if (key === "current_density_below_mA_per_cm2")
    ends.current_mA.push(Math.abs(value) * areaOf(path, to))
  else if (key === "rate_below_C") ends.rate_C.push(Math.abs(value))
  else if (key === "voltage_above_V" && (current_mA ?? 0) > 0) ends.voltage_V.push(value)
  else if (key === "voltage_below_V" && (current_mA ?? 0) < 0) ends.voltage_V.push(value)
  else to.lose(path, "is not in unicycler.")
}
