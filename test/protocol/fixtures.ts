import manifest from "../../devicescript.json" with { type: "json" }
import type { ProgramHeader } from "../../firmware/core/program"
import type { Step } from "../../firmware/core/step"
import { ProtocolError } from "../../host/errors"
import { compileProtocol } from "../../host/protocol/compile"
import type { Cell } from "../../host/cell"
import { readProgram } from "../core/programs"

export const SEED = 20_240_511
export const circuit = manifest.frontEnd
export const cell: Cell = { name: "A1" }
/** With everything that units can be related to. */
export const disc: Cell = { name: "A2", area_cm2: 1.539, capacity_mAh: 2.5 }

export const plate = { step: "constant_current", current_mA: 1, until_capacity_mAh: 1 }
export const rest = { step: "open_circuit_voltage", until_time_s: 60 }
export const hold = { step: "constant_voltage", voltage_V: 4.2, until_current_mA: 0.05 }
export const ccCv = {
  step: "constant_current_constant_voltage",
  current_mA: 1,
  voltage_V: 4.2,
  until_current_mA: 0.05,
}
export const scan = {
  step: "voltage_scan",
  start_voltage_V: -0.2,
  end_voltage_V: 0.2,
  scan_rate_mV_per_s: 0.1,
}
export const loop = { step: "loop", loop_to: 1, cycle_count: 10 }
export const tag = (name: string) => ({ step: "tag", tag: name })
export const jump = (goto: string | number) => ({ step: "jump", until: [{ cycle: 3, goto }] })
export const endless = { step: "constant_current", current_mA: 1 }
export const density = {
  step: "constant_current",
  current_density_mA_per_cm2: 1,
  until_areal_capacity_mAh_per_cm2: 1,
}

const LIMITS = { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 5 }

/** A protocol as a person writes it, so that anything may be in it. */
export function protocol(method: unknown, over: object = {}): Record<string, unknown> {
  return { safety: LIMITS, method, ...over }
}
export const safety = (over: object) => ({ safety: { ...LIMITS, ...over } })
export const record = (over: object) => ({ record: { time_s: 10, ...over } })
export const stop = (over: object) => ({ stop: over })

/** What the board makes of a protocol. */
export function load(input: unknown, of = cell): { header: ProgramHeader; steps: Step[] } {
  return readProgram(compileProtocol(input, of, circuit).bytes)
}

/** What ends a step, in words: `quantity ≥ value → goto`, a linked one followed by `and`. */
export function endsOf(step: Step): string[] {
  return Array.from({ length: step.conditionCount }, (_, i) => {
    const value = Number(step.value[i].toPrecision(9))
    const leads = step.isLinked[i] ? "and" : `→ ${step.goTo[i]}`
    return `${step.quantity[i]} ${step.isAbove[i] ? "≥" : "≤"} ${value} ${leads}`
  })
}

export function refusal(input: unknown, of = cell): ProtocolError {
  try {
    compileProtocol(input, of, circuit)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error("was not refused")
}
