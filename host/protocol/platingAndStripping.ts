import type { Protocol } from "./schema"

/**
 * Galvanostatic plating and stripping of a symmetric cell to a fixed areal capacity: the test that most
 * lithium-metal papers report.
 */
export function platingAndStripping(options: {
  current_density_mA_per_cm2: number
  areal_capacity_mAh_per_cm2: number
  cycles: number
}): Protocol {
  const { current_density_mA_per_cm2, areal_capacity_mAh_per_cm2, cycles } = options
  const half = (sign: 1 | -1) => ({
    step: "constant_current" as const,
    current_density_mA_per_cm2: sign * current_density_mA_per_cm2,
    until_areal_capacity_mAh_per_cm2: areal_capacity_mAh_per_cm2,
    // Of the sign of the current: a cell that has failed or run out of lithium is not driven further.
    until_voltage_V: sign * 0.5,
  })
  return {
    record: { time_s: 10, voltage_V: 0.001, burst_s: 10 },
    safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 45 },
    method: [
      { step: "open_circuit_voltage", until_time_s: 60 },
      { step: "tag", tag: "cycle" },
      half(1),
      half(-1),
      { step: "loop", loop_to: "cycle", cycle_count: cycles },
    ],
  }
}
