import { expect } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as table from "../../firmware/core/program"
import { ProtocolError } from "../../host/errors"
import { compileProtocol } from "../../host/protocol/compile"
import { newProgram } from "../core/programs"
import type { CellMetadata } from "../../host/protocol/schema"

export const SEED = 20_240_511
export const circuit = manifest.frontEnd
export const cell: CellMetadata = { name: "A1" }
export const disc: CellMetadata = { name: "A2", area_cm2: 1.539 }

export const plate = { step: "constant_current", current_mA: 1, until_capacity_mAh: 1 }
export const rest = { step: "open_circuit_voltage", until_time_s: 60 }
export const loop = { step: "loop", loop_to: 1, cycle_count: 10 }

/** A protocol as a person writes it, so that anything may be in it. */
export function protocol(method: unknown, over: object = {}): Record<string, unknown> {
  return {
    record: { time_s: 10, voltage_V: 0.005, burst_s: 0 },
    safety: { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 5 },
    method,
    ...over,
  }
}

export function load(input: unknown, of = cell): table.Program {
  const { bytes } = compileProtocol(input, of, circuit)
  const program = newProgram()
  const isLoaded = program.load(bytes, bytes.length, circuit)
  expect([isLoaded, program.refusedStep, program.refusedKey]).toEqual([true, 0, table.KEY_NONE])
  return program
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

export const safety = (over: object) => ({
  safety: { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 5, ...over },
})
export const record = (over: object) => ({
  record: { time_s: 10, voltage_V: 0.005, burst_s: 0, ...over },
})
export const endless = { step: "constant_current", current_mA: 1 }
export const density = {
  step: "constant_current",
  current_density_mA_per_cm2: 1,
  until_areal_capacity_mAh_per_cm2: 1,
}
