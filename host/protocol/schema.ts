import { z } from "zod"

/**
 * A protocol: what to do with a cell. Key names are aurora-unicycler's; its own additions are areal units
 * and cutoffs on capacity. Positive current charges the cell (plates lithium on the working electrode).
 */
const constantCurrent = z.strictObject({
  step: z.literal("constant_current"),
  current_mA: z.number().optional(),
  current_density_mA_per_cm2: z.number().optional(),
  until_time_s: z.number().positive().optional(),
  /** Reached from below when charging, from above when discharging. 0 V is an ordinary cutoff. */
  until_voltage_V: z.number().optional(),
  until_capacity_mAh: z.number().positive().optional(),
  until_areal_capacity_mAh_per_cm2: z.number().positive().optional(),
})

const openCircuitVoltage = z.strictObject({
  step: z.literal("open_circuit_voltage"),
  until_time_s: z.number().positive(),
})

const loop = z.strictObject({
  step: z.literal("loop"),
  /** A tag's name, or the 1-based number of an entry of `method`. */
  loop_to: z.union([z.string(), z.int().positive()]),
  /** How often the steps run in all. */
  cycle_count: z.int().positive().max(0xffffffff),
})

const tag = z.strictObject({ step: z.literal("tag"), tag: z.string() })

export const protocolSchema = z.strictObject({
  record: z.strictObject({
    time_s: z.number().positive(),
    voltage_V: z.number().positive(),
    /** Every reading is recorded for this long after each step's start. */
    burst_s: z.number().nonnegative(),
  }),
  safety: z.strictObject({
    max_voltage_V: z.number(),
    min_voltage_V: z.number(),
    max_current_mA: z.number().positive(),
  }),
  method: z
    .array(z.discriminatedUnion("step", [constantCurrent, openCircuitVoltage, loop, tag]))
    .min(1),
})

export type Protocol = z.infer<typeof protocolSchema>
export type MethodStep = Protocol["method"][number]

/** What must be known of a cell to run a protocol on it. */
export interface CellMetadata {
  name: string
  /** Area of the working electrode; required where a protocol uses areal units. */
  area_cm2?: number
}
