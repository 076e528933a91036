import { z } from "zod"
import { recordSchema, stepSchema } from "./steps"

/**
 * A protocol: what to do with a cell. Key names are a superset of aurora-unicycler's, so that its files load
 * unless they ask for what the board cannot do, which is then named.
 */
const safety = z.strictObject({
  max_voltage_V: z.number(),
  min_voltage_V: z.number(),
  /** Of either direction, unless `min_current_mA` says otherwise for discharge. */
  max_current_mA: z.number().positive(),
  min_current_mA: z.number().negative().optional(),
  max_temperature_degC: z.number().optional(),
  min_temperature_degC: z.number().optional(),
  /** How long a limit has to be exceeded. */
  delay_s: z.number().nonnegative().max(60).default(0),
  max_capacity_mAh: z
    .undefined({ error: "the board has no limit on capacity: give the steps until_capacity_mAh" })
    .optional(),
})

/** Ratios are written as such: above this one, somebody meant per cent. */
const ratio = z.number().min(1e-6).max(2, { error: "is a ratio: write 0.8 for 80 %" })

/** What ends a test after a cycle. */
const stop = z.strictObject({
  /** Discharge by charge is stripped by plated. */
  coulombic_efficiency: z.enum(["discharge/charge", "charge/discharge"]).optional(),
  coulombic_efficiency_below: ratio.optional(),
  /** So many cycles in a row. */
  coulombic_efficiency_cycles: z.int().min(1).max(255).default(3),
  /** A sign of a soft short. */
  coulombic_efficiency_above: ratio.optional(),
  retention_below: ratio.optional(),
  retention_reference_cycle: z.int().min(1).max(65535).default(1),
  /** So many times the overpotential of the reference cycle. */
  overpotential_growth: z.number().min(1.001).max(65).optional(),
  overpotential_reference_cycle: z.int().min(1).max(65535).default(10),
  /** The plateau's drop from one cycle to the next, 0.3 for 30 %: a sign of a soft short. */
  plateau_drop: z.number().min(0.001).max(0.999).optional(),
  /** |V| at the end of a rest: a sign of a soft short. */
  rest_voltage_below_mV: z.number().positive().optional(),
  /** |V| that breaks down under constant current is a fault. */
  hard_short: z.boolean().default(false),
})

export const protocolSchema = z.strictObject({
  /** What aurora-unicycler writes of itself. */
  unicycler: z.looseObject({}).optional(),
  /** `capacity_mAh` holds for a cell that is known without one. */
  sample: z
    .strictObject({
      name: z.string().optional(),
      capacity_mAh: z.number().positive().optional(),
    })
    .optional(),
  /** The default rule: 10 s, 1 mV, 1 % of the largest current, and a burst of 10 s. */
  record: recordSchema.optional(),
  safety,
  stop: stop.prefault({}),
  /** After a restart of the board: rest and ask, go on, or stop. */
  resume: z.enum(["ask", "continue", "stop"]).default("ask"),
  /** A cell whose open-circuit voltage moved by more than this over a restart is another cell. */
  resume_max_voltage_change_V: z.number().positive().default(0.3),
  self_test_at_rest: z.boolean().default(true),
  allow_uncalibrated: z.boolean().default(false),
  /** Readings without calibration, for finding one. */
  raw: z.boolean().default(false),
  method: z.array(stepSchema).min(1),
})

/** As people write it: defaults left out, rates as text. */
export type Protocol = z.input<typeof protocolSchema>
export type MethodStep = Protocol["method"][number]
/** As the compiler reads it. */
export type ParsedProtocol = z.output<typeof protocolSchema>

/** What must be known of a cell to run a protocol on it. */
export interface CellMetadata {
  name: string
  /** Area of the working electrode; required where a protocol uses areal units. */
  area_cm2?: number
  /** What 1 C charges in an hour; required where a protocol uses C-rates. */
  capacity_mAh?: number
}
