import type { MethodStep, Protocol } from "../../protocol/schema"

export interface SymmetricCycles {
  current_density_mA_per_cm2: number
  areal_capacity_mAh_per_cm2: number
  cycles: number
  /** |V| that ends a half-cycle early. */
  cutoff_V: number
}

export interface SymmetricOptions extends SymmetricCycles {
  stop?: Protocol["stop"]
  record?: Protocol["record"]
  /** Before the first cycle. */
  rest_s?: number
  /** What follows the cycles. */
  after?: readonly MethodStep[]
}

const RECORD: Protocol["record"] = { time_s: 60, voltage_V: 0.002, burst_s: 0 }

/** A channel's 50 mA, and more volts than a lithium cell that lives ever shows. */
export const LITHIUM_SAFETY: Protocol["safety"] = {
  max_voltage_V: 1,
  min_voltage_V: -1,
  max_current_mA: 45,
  delay_s: 5,
}

/** Plating and stripping of a symmetric cell to a fixed areal capacity. */
export function symmetric(options: SymmetricOptions): Protocol {
  const { stop, record = RECORD, rest_s = 3600, after = [] } = options
  return {
    record,
    safety: LITHIUM_SAFETY,
    stop,
    method: [
      { step: "open_circuit_voltage", until_time_s: rest_s },
      ...cycleSteps("cycle", options),
      ...after,
    ],
  }
}

/** Cycles that plate, then strip; `tag` names their beginning. */
export function cycleSteps(tag: string, block: SymmetricCycles): MethodStep[] {
  return [
    { step: "tag", tag },
    halfCycle(1, block),
    halfCycle(-1, block),
    { step: "loop", loop_to: tag, cycle_count: block.cycles },
  ]
}

/** Plating (1) or stripping (−1) to an areal capacity. */
export function halfCycle(sign: 1 | -1, block: Omit<SymmetricCycles, "cycles">): MethodStep {
  return {
    step: "constant_current",
    current_density_mA_per_cm2: sign * block.current_density_mA_per_cm2,
    until_areal_capacity_mAh_per_cm2: block.areal_capacity_mAh_per_cm2,
    until_voltage_V: sign * block.cutoff_V,
  }
}
