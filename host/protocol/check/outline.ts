import { loopEntry } from "../places"
import type { Job } from "../quantities"
import type { Step } from "../steps"
import type { TableStep } from "../table"
import { type Duration, openEnd, stepDuration } from "./durations"
import { joined, number, time } from "./numbers"
import { recordText, stepText, verb } from "./words"

/** A line of a protocol as a person reads it. */
export interface Line {
  /** Number of its entry in `method`, from 1, as a loop or a `goto` names it; absent for a loop's head. */
  number?: number
  /** How many loops are around it. */
  depth: number
  text: string
  /** How long one run takes, in words. */
  takes?: string
}

/** The method, step by step, loops as heads over what they repeat. */
export function outline(steps: readonly TableStep[], job: Job): Line[] {
  const { method } = job.protocol
  const loops = method
    .flatMap((step, at) => (step.step === "loop" ? [{ at, from: loopEntry(at, job), step }] : []))
    .reverse()
  return method.flatMap((step, at) => {
    const around = loops.filter((loop) => loop.from <= at && at < loop.at)
    const heads = loops
      .filter((loop) => loop.from === at)
      .map(({ step }) => ({
        depth: around.filter((loop) => loop.from < at).length,
        text:
          step.cycle_count === 1 ? "once, as a cycle of its own:" : `${step.cycle_count} times:`,
      }))
    heads.forEach((head, i) => {
      head.depth += i
    })
    const index = job.methodIndex.indexOf(at)
    if (index < 0 || step.step === "tag" || step.step === "loop") return heads
    const line: Line = {
      number: at + 1,
      depth: around.length,
      text: stepText(step, steps[index], job) + ownRecord(step),
    }
    if (step.step !== "jump") line.takes = takes(steps[index], step, job)
    return [...heads, line]
  })
}

function ownRecord(step: Step): string {
  if (!("record" in step) || step.record === undefined) return ""
  return `; records ${recordText(step.record)}`
}

function takes(step: TableStep, said: Step, job: Job): string {
  return durationText(stepDuration(step, job), openEnd(said, step.conditions))
}

/** "1 h", "at most 1 h", "unknown: ends by voltage". */
export function durationText({ least_s, most_s }: Duration, openEnd: string): string {
  if (most_s === Infinity) {
    const least = least_s > 0 ? `, not before ${time(least_s)}` : ""
    return `unknown: ends by ${openEnd}${least}`
  }
  return least_s === most_s ? time(most_s) : `at most ${time(most_s)}`
}

/** What holds for all steps: records, safety, restart, what ends the test. */
export function frameLines(job: Job): string[] {
  const { protocol } = job
  const { safety, record } = protocol
  const least_mA = safety.min_current_mA ?? -safety.max_current_mA
  const hundredth_mA = Math.max(safety.max_current_mA, -least_mA) / 100
  const rule = record ?? { time_s: 10, voltage_V: 1e-3, current_mA: hundredth_mA, burst_s: 10 }
  const temperatures = [
    ...(safety.min_temperature_degC === undefined
      ? []
      : [`board ≥ ${number(safety.min_temperature_degC)} °C`]),
    ...(safety.max_temperature_degC === undefined
      ? []
      : [`board ≤ ${number(safety.max_temperature_degC)} °C`]),
  ]
  const limits = [
    `${number(safety.min_voltage_V)} to ${number(safety.max_voltage_V)} V`,
    `${number(least_mA)} to ${number(safety.max_current_mA)} mA`,
    ...temperatures,
  ]
  const delay = safety.delay_s === 0 ? "" : ` for ${time(safety.delay_s)}`
  return [
    `Records: ${recordText(rule)}; first and last of each step.`,
    `Safety: ${limits.join(", ")}; beyond${delay}, the relay opens and a person has to look.`,
    `After a restart of the board: ${RESUME[protocol.resume]}; stops if the open-circuit voltage moved by more than ${number(protocol.resume_max_voltage_change_V)} V.`,
    ...stopLines(job),
  ]
}

const RESUME = {
  ask: "rests and waits for a person",
  continue: "goes on by itself",
  stop: "ends the test",
}

/** What a step has passed. */
const CHARGE = { Plate: "plated", Strip: "stripped", Charge: "charge", Discharge: "discharge" }

function stopLines(job: Job): string[] {
  const { stop } = job.protocol
  const percent = (ratio: number) => `${number(ratio * 100)} %`
  const [first, second] = stop.coulombic_efficiency === "charge/discharge" ? [1, -1] : [-1, 1]
  const efficiency = `${CHARGE[verb(first, job)]}/${CHARGE[verb(second, job)]} efficiency`
  const ends = [
    ...(stop.coulombic_efficiency_below === undefined
      ? []
      : [
          `${efficiency} below ${percent(stop.coulombic_efficiency_below)} in ${stop.coulombic_efficiency_cycles} cycles in a row`,
        ]),
    ...(stop.coulombic_efficiency_above === undefined
      ? []
      : [`${efficiency} above ${percent(stop.coulombic_efficiency_above)}`]),
    ...(stop.retention_below === undefined
      ? []
      : [
          `capacity below ${percent(stop.retention_below)} of cycle ${stop.retention_reference_cycle}'s`,
        ]),
    ...(stop.overpotential_growth === undefined
      ? []
      : [
          `overpotential above ${number(stop.overpotential_growth)} times cycle ${stop.overpotential_reference_cycle}'s`,
        ]),
    ...(stop.plateau_drop === undefined
      ? []
      : [`a plateau that drops by ${percent(stop.plateau_drop)} from one cycle to the next`]),
    ...(stop.rest_voltage_below_mV === undefined
      ? []
      : [`|V| below ${number(stop.rest_voltage_below_mV)} mV at a rest's end`]),
  ]
  return [
    ...(ends.length === 0 ? [] : [`Ends early by ${joined(ends, "or")}.`]),
    ...(stop.hard_short ? ["A |V| that breaks down at constant current is a fault."] : []),
  ]
}
