import type { MethodStep, Protocol } from "../../protocol/schema"

export interface FullCellCycles {
  rate_C: number
  cycles: number
  window_V: readonly [low: number, high: number]
  /** The cell comes charged: a cycle begins with its discharge. */
  dischargesFirst?: boolean
  /** A record rule of the charging steps' own. */
  chargeRecord?: Protocol["record"]
}

const RECORD: Protocol["record"] = { time_s: 60, voltage_V: 0.002, burst_s: 0 }
/** A discharged cell's voltage is so steep that the microamperes of a rest move it by millivolts. */
const REST: Protocol["record"] = { time_s: 600, burst_s: 0 }

/** How long a step may take, by what its rate would need: a cell that never meets its cutoff has shorted. */
const LONGEST = 1.6

/** Constant current through a window, in blocks of so many cycles at one rate. */
export function fullCell(
  blocks: readonly FullCellCycles[],
  options: { stop?: Protocol["stop"]; record?: Protocol["record"]; rest_s?: number } = {},
): Protocol {
  const { stop, record = RECORD, rest_s = 3600 } = options
  const lowest_V = Math.min(...blocks.map(({ window_V }) => window_V[0]))
  const highest_V = Math.max(...blocks.map(({ window_V }) => window_V[1]))
  return {
    record,
    safety: {
      max_voltage_V: highest_V + 0.2,
      min_voltage_V: lowest_V - 0.4,
      max_current_mA: 10,
      delay_s: 5,
    },
    stop,
    method: [
      { step: "open_circuit_voltage", until_time_s: rest_s, record: REST },
      ...blocks.flatMap(blockSteps),
    ],
  }
}

function blockSteps(block: FullCellCycles, index: number): MethodStep[] {
  const { rate_C, cycles, window_V, dischargesFirst = false, chargeRecord } = block
  const until_time_s = (LONGEST * 3600) / rate_C
  const charge: MethodStep = {
    step: "constant_current",
    rate_C,
    until_voltage_V: window_V[1],
    until_time_s,
    record: chargeRecord,
  }
  const discharge: MethodStep = {
    step: "constant_current",
    rate_C: -rate_C,
    until_voltage_V: window_V[0],
    until_time_s,
  }
  const tag = `block ${index + 1}`
  return [
    { step: "tag", tag },
    ...(dischargesFirst ? [discharge, charge] : [charge, discharge]),
    { step: "loop", loop_to: tag, cycle_count: cycles },
  ]
}
