import { z } from "zod"
import { rateFromText } from "./rate"

/**
 * The steps of a protocol. Key names are aurora-unicycler's where it has the thing; positive current charges
 * the cell (plates lithium on the working electrode). 0 V is an ordinary cutoff.
 */
const positive = z.number().positive()

const RATE_HELP = 'give a C-rate as a number, or as text such as "C/3", "D/2" or "2C"'

/** C-rate, mA per mAh; D counts negative. */
const rate = z.union([z.number(), z.string()], { error: RATE_HELP }).transform((value, context) => {
  const rate_C = typeof value === "number" ? value : rateFromText(value)
  if (rate_C !== undefined) return rate_C
  context.addIssue({ code: "custom", message: `'${value}' is no rate: ${RATE_HELP}` })
  return z.NEVER
})

/** What makes a reading a point of the log, apart from the first and the last of a step. */
export const recordSchema = z
  .strictObject({
    time_s: positive.optional(),
    voltage_V: positive.optional(),
    current_mA: positive.optional(),
    /** Every reading is recorded for this long after each step's start. */
    burst_s: z.number().nonnegative().default(10),
  })
  .refine(
    ({ time_s, voltage_V, current_mA }) =>
      time_s !== undefined || voltage_V !== undefined || current_mA !== undefined,
    { error: "give at least one of time_s, voltage_V and current_mA" },
  )

const place = z.union([z.string(), z.int().positive()], {
  error: "give a tag's name, or the number of an entry counted from 1",
})

/**
 * One entry of `until`: holds when all of its keys hold, each at and beyond its value. Charge, current,
 * energy and rate of voltage count without their sign, and from the step's start.
 */
const untilEntry = z
  .strictObject({
    time_s: positive.optional(),
    voltage_above_V: z.number().optional(),
    voltage_below_V: z.number().optional(),
    capacity_mAh: positive.optional(),
    areal_capacity_mAh_per_cm2: positive.optional(),
    energy_mWh: positive.optional(),
    current_below_mA: positive.optional(),
    current_above_mA: positive.optional(),
    current_density_below_mA_per_cm2: positive.optional(),
    rate_below_C: rate.optional(),
    voltage_rate_below_mV_per_h: positive.optional(),
    voltage_rate_above_mV_per_h: positive.optional(),
    temperature_above_degC: z.number().optional(),
    temperature_below_degC: z.number().optional(),
    /** From this cycle on. */
    cycle: z.int().positive().optional(),
    /** A tag's name, the number of an entry, or "end"; the next step where it is absent. */
    goto: place.optional(),
  })
  .refine(
    ({ goto: _, ...conditions }) => Object.values(conditions).some((value) => value !== undefined),
    { error: "has nothing to wait for: give it a key such as time_s or voltage_below_V" },
  )

const until = z.array(untilEntry).min(1)

const anyStep = { id: z.string().optional() }
const timedStep = {
  ...anyStep,
  record: recordSchema.optional(),
  /** Judged in this order, before the `until_…` keys. */
  until: until.optional(),
  until_time_s: positive.optional(),
  /** At and above. */
  until_temperature_degC: z.number().optional(),
}
const charging = {
  ...timedStep,
  until_capacity_mAh: positive.optional(),
  until_areal_capacity_mAh_per_cm2: positive.optional(),
  until_energy_mWh: positive.optional(),
}
const currents = {
  current_mA: z.number().optional(),
  current_density_mA_per_cm2: z.number().optional(),
  rate_C: rate.optional(),
}
const galvanostatic = {
  ...charging,
  ...currents,
  /** Reached from below when charging, from above when discharging. */
  until_voltage_V: z.number().optional(),
}
/** At and below, of either sign. */
const decaying = {
  ...charging,
  until_current_mA: z.number().optional(),
  until_current_density_mA_per_cm2: z.number().optional(),
  until_rate_C: rate.optional(),
}

const steps = [
  z.strictObject({
    step: z.literal("open_circuit_voltage"),
    ...timedStep,
    /** |dV/dt|, at and below. */
    until_voltage_rate_mV_per_h: positive.optional(),
  }),
  z.strictObject({ step: z.literal("constant_current"), ...galvanostatic }),
  /** Constant current of which every reading is recorded. */
  z.strictObject({
    step: z.literal("pulse"),
    ...galvanostatic,
    record: z
      .undefined({ error: "every reading of a pulse is recorded: leave this out" })
      .optional(),
  }),
  z.strictObject({
    step: z.literal("constant_voltage"),
    ...decaying,
    voltage_V: z.number(),
    /** The safety limit where it is absent. */
    max_current_mA: positive.optional(),
  }),
  /** Constant current up to `voltage_V`, which is then held. */
  z.strictObject({
    step: z.literal("constant_current_constant_voltage"),
    ...decaying,
    ...currents,
    voltage_V: z.number(),
  }),
  z.strictObject({
    step: z.literal("voltage_scan"),
    ...timedStep,
    start_voltage_V: z.number(),
    end_voltage_V: z.number(),
    scan_rate_mV_per_s: positive,
    max_current_mA: positive.optional(),
  }),
  z.strictObject({
    step: z.literal("loop"),
    ...anyStep,
    loop_to: place,
    /** How often the steps run in all. */
    cycle_count: z.int().positive().max(0xffffffff),
  }),
  /** Takes no time: judges its conditions on the last reading; when none holds, the next step follows. */
  z.strictObject({ step: z.literal("jump"), ...anyStep, until }),
  z.strictObject({ step: z.literal("tag"), ...anyStep, tag: z.string() }),
] as const

export const stepSchema = z.discriminatedUnion("step", steps, {
  error: ({ code }) =>
    code === "invalid_union"
      ? `unknown step; the board knows ${steps.map(({ shape }) => shape.step.value).join(", ")}`
      : undefined,
})

/** A step with its defaults filled in and its rates as numbers. */
export type Step = z.output<typeof stepSchema>
export type StepOf<Name extends Step["step"]> = Extract<Step, { step: Name }>
export type RecordRule = z.output<typeof recordSchema>
export type UntilEntry = z.output<typeof untilEntry>
