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
    time_s: positive.optional().describe("Time since the last point, s."),
    voltage_V: positive.optional().describe("Change of the voltage since the last point, V."),
    current_mA: positive.optional().describe("Change of the current since the last point, mA."),
    burst_s: z
      .number()
      .nonnegative()
      .default(10)
      .describe("Every reading is recorded for this long after each step's start, s."),
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
    time_s: positive.optional().describe("Time since the step began, s."),
    voltage_above_V: z.number().optional().describe("Voltage at and above, V."),
    voltage_below_V: z.number().optional().describe("Voltage at and below, V."),
    capacity_mAh: positive.optional().describe("Charge since the step began, mAh."),
    areal_capacity_mAh_per_cm2: positive
      .optional()
      .describe("Charge per area since the step began, mAh cm⁻². Needs the cell's area."),
    energy_mWh: positive.optional().describe("Energy since the step began, mWh."),
    current_below_mA: positive.optional().describe("|I| at and below, mA."),
    current_above_mA: positive.optional().describe("|I| at and above, mA."),
    current_density_below_mA_per_cm2: positive
      .optional()
      .describe("|I| per area at and below, mA cm⁻². Needs the cell's area."),
    rate_below_C: rate
      .optional()
      .describe("|I| at and below this C-rate. Needs the cell's capacity."),
    voltage_rate_below_mV_per_h: positive
      .optional()
      .describe("|dV/dt| at and below, mV/h; known from a step's 60th second on."),
    voltage_rate_above_mV_per_h: positive
      .optional()
      .describe("|dV/dt| at and above, mV/h; known from a step's 60th second on."),
    temperature_above_degC: z
      .number()
      .optional()
      .describe("Temperature of the board at and above, °C."),
    temperature_below_degC: z
      .number()
      .optional()
      .describe("Temperature of the board at and below, °C."),
    cycle: z.int().positive().optional().describe("From this cycle on, counted from 1."),
    goto: place
      .optional()
      .describe(
        'Where this leads: a tag, the number of an entry of the method, or "end"; the next step where absent.',
      ),
  })
  .refine(
    ({ goto: _, ...conditions }) => Object.values(conditions).some((value) => value !== undefined),
    { error: "has nothing to wait for: give it a key such as time_s or voltage_below_V" },
  )
  .describe("Holds when all of its keys hold.")

const until = z
  .array(untilEntry)
  .min(1)
  .describe("Ways to end the step, judged in this order before the until_… keys.")

const anyStep = { id: z.string().optional().describe("A name of your own.") }
const timedStep = {
  ...anyStep,
  record: recordSchema.optional().describe("A record rule of this step's own."),
  until: until.optional(),
  until_time_s: positive.optional().describe("Ends after this time, s."),
  until_temperature_degC: z
    .number()
    .optional()
    .describe("Ends at this temperature of the board and above, °C."),
}
const charging = {
  ...timedStep,
  until_capacity_mAh: positive.optional().describe("Ends when this charge has passed, mAh."),
  until_areal_capacity_mAh_per_cm2: positive
    .optional()
    .describe("Ends when this charge per area has passed, mAh cm⁻². Needs the cell's area."),
  until_energy_mWh: positive.optional().describe("Ends when this energy has passed, mWh."),
}
const currents = {
  current_mA: z.number().optional().describe("Current, mA; positive charges (plates)."),
  current_density_mA_per_cm2: z
    .number()
    .optional()
    .describe("Current per area, mA cm⁻²; positive charges (plates). Needs the cell's area."),
  rate_C: rate
    .optional()
    .describe(
      'C-rate, a number or text such as "C/3"; negative, or "D/3", discharges. Needs the cell\'s capacity.',
    ),
}
const galvanostatic = {
  ...charging,
  ...currents,
  until_voltage_V: z
    .number()
    .optional()
    .describe("Ends at this voltage, V: reached from below when charging, else from above."),
}
const decaying = {
  ...charging,
  until_current_mA: z.number().optional().describe("Ends at this |I| and below, mA."),
  until_current_density_mA_per_cm2: z
    .number()
    .optional()
    .describe("Ends at this |I| per area and below, mA cm⁻². Needs the cell's area."),
  until_rate_C: rate
    .optional()
    .describe("Ends at this C-rate and below. Needs the cell's capacity."),
}
const currentLimit = positive.optional().describe("Largest |I|, mA; the safety limit where absent.")

const name = <Name extends string>(step: Name) => z.literal(step).describe("What the step does.")

const steps = [
  z
    .strictObject({
      step: name("open_circuit_voltage"),
      ...timedStep,
      until_voltage_rate_mV_per_h: positive
        .optional()
        .describe("Ends when |dV/dt| is at and below this, mV/h."),
    })
    .describe("Rest at open circuit."),
  z
    .strictObject({ step: name("constant_current"), ...galvanostatic })
    .describe("Constant current: give one of current_mA, current_density_mA_per_cm2, rate_C."),
  z
    .strictObject({
      step: name("pulse"),
      ...galvanostatic,
      record: z
        .undefined({ error: "every reading of a pulse is recorded: leave this out" })
        .optional()
        .describe("Every reading of a pulse is recorded: leave this out."),
    })
    .describe("Constant current of which every reading is recorded."),
  z
    .strictObject({
      step: name("constant_voltage"),
      ...decaying,
      voltage_V: z.number().describe("Voltage that is held, V."),
      max_current_mA: currentLimit,
    })
    .describe("Constant voltage within a current limit."),
  z
    .strictObject({
      step: name("constant_current_constant_voltage"),
      ...decaying,
      ...currents,
      voltage_V: z.number().describe("Voltage up to which the current flows, then held, V."),
    })
    .describe("Constant current up to a voltage, which is then held; its ends count over both."),
  z
    .strictObject({
      step: name("voltage_scan"),
      ...timedStep,
      start_voltage_V: z.number().describe("Where the scan begins, V."),
      end_voltage_V: z.number().describe("Where the scan ends, V."),
      scan_rate_mV_per_s: positive.describe("Scan rate, mV/s."),
      max_current_mA: currentLimit,
    })
    .describe("Voltage that moves at a constant rate, within a current limit."),
  z
    .strictObject({
      step: name("loop"),
      ...anyStep,
      loop_to: place.describe("Where it goes back to: a tag, or the number of an entry from 1."),
      cycle_count: z.int().positive().max(0xffffffff).describe("How often the steps run in all."),
    })
    .describe("Goes back until its steps have run as often as it says."),
  z
    .strictObject({ step: name("jump"), ...anyStep, until })
    .describe(
      "Takes no time: judges its conditions on the last reading; when none holds, the next step follows.",
    ),
  z
    .strictObject({
      step: name("tag"),
      ...anyStep,
      tag: z.string().describe("The place's name."),
    })
    .describe("Names a place for loops and gotos."),
] as const

/** The one step of aurora-unicycler that the board cannot do. */
const AC_STEP = "impedance_spectroscopy"

export const stepSchema = z.discriminatedUnion("step", steps, {
  error: ({ code, input }) => {
    if (code !== "invalid_union") return undefined
    const known = `the board knows ${steps.map(({ shape }) => shape.step.value).join(", ")}`
    const isAc =
      typeof input === "object" && input !== null && "step" in input && input.step === AC_STEP
    return isAc ? `the board has no AC, so no ${AC_STEP}; ${known}` : `unknown step; ${known}`
  },
})

/** A step with its defaults filled in and its rates as numbers. */
export type Step = z.output<typeof stepSchema>
export type StepOf<Name extends Step["step"]> = Extract<Step, { step: Name }>
export type RecordRule = z.output<typeof recordSchema>
export type UntilEntry = z.output<typeof untilEntry>
