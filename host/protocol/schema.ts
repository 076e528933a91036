import { z } from "zod"
import { recordSchema, stepSchema } from "./steps"

/**
 * A protocol: what to do with a cell. Key names are a superset of aurora-unicycler's, so that its files load
 * unless they ask for what the board cannot do, which is then named.
 */
const safety = z
  .strictObject({
    max_voltage_V: z.number().describe("Highest cell voltage, V."),
    min_voltage_V: z.number().describe("Lowest cell voltage, V."),
    max_current_mA: z
      .number()
      .positive()
      .describe("Largest current, mA, of either direction unless min_current_mA says otherwise."),
    min_current_mA: z
      .number()
      .negative()
      .optional()
      .describe("Largest current of a discharge, mA, negative."),
    max_temperature_degC: z.number().optional().describe("Highest temperature of the board, °C."),
    min_temperature_degC: z.number().optional().describe("Lowest temperature of the board, °C."),
    delay_s: z
      .number()
      .nonnegative()
      .max(60)
      .default(0)
      .describe("How long a limit has to be exceeded, s."),
    max_capacity_mAh: z
      .undefined({
        error: "the board has no limit on capacity: give the steps until_capacity_mAh",
      })
      .optional()
      .describe("The board has no such limit: give the steps until_capacity_mAh."),
  })
  .describe("Limits apart from cutoffs: beyond them the relay opens and a person has to look.")

/** Ratios are written as such: above this one, somebody meant per cent. */
const ratio = z.number().min(1e-6).max(2, { error: "is a ratio: write 0.8 for 80 %" })
const referenceCycle = z.int().min(1).max(65535)

const stop = z.strictObject({
  coulombic_efficiency: z
    .enum(["discharge/charge", "charge/discharge"])
    .optional()
    .describe("Which way the efficiency counts; discharge/charge is stripped/plated."),
  coulombic_efficiency_below: ratio
    .optional()
    .describe("Ends the test when the efficiency is below this ratio."),
  coulombic_efficiency_cycles: z
    .int()
    .min(1)
    .max(255)
    .default(3)
    .describe("In so many cycles in a row."),
  coulombic_efficiency_above: ratio
    .optional()
    .describe("Ends the test when the efficiency is above this ratio: a sign of a soft short."),
  retention_below: ratio
    .optional()
    .describe("Ends the test when this part of the reference cycle's capacity is left."),
  retention_reference_cycle: referenceCycle
    .default(1)
    .describe("The cycle whose capacity is the reference."),
  overpotential_growth: z
    .number()
    .min(1.001)
    .max(65)
    .optional()
    .describe("Ends the test at so many times the overpotential of the reference cycle."),
  overpotential_reference_cycle: referenceCycle
    .default(10)
    .describe("The cycle whose overpotential is the reference."),
  plateau_drop: z
    .number()
    .min(0.001)
    .max(0.999)
    .optional()
    .describe("The plateau's drop from one cycle to the next, 0.3 for 30 %: a soft short."),
  rest_voltage_below_mV: z
    .number()
    .positive()
    .optional()
    .describe("|V| at the end of a rest, mV: below it, a sign of a soft short."),
  hard_short: z
    .boolean()
    .default(false)
    .describe("|V| that breaks down under constant current is a fault."),
})

export const protocolSchema = z
  .strictObject({
    unicycler: z.looseObject({}).optional().describe("What aurora-unicycler writes of itself."),
    sample: z
      .strictObject({
        name: z.string().optional().describe("The cell's name."),
        capacity_mAh: z
          .number()
          .positive()
          .optional()
          .describe("Holds for a cell that is known without a capacity, mAh."),
      })
      .optional()
      .describe("What aurora-unicycler knows of a cell; a cell's own file goes before it."),
    record: recordSchema
      .optional()
      .describe(
        "Which readings are recorded. The default: 10 s, 1 mV, 1 % of the largest current, and a burst of 10 s.",
      ),
    safety,
    stop: stop.prefault({}).describe("What ends a test after a cycle."),
    resume: z
      .enum(["ask", "continue", "stop"])
      .default("ask")
      .describe("After a restart of the board: rest and ask, go on, or stop."),
    resume_max_voltage_change_V: z
      .number()
      .positive()
      .default(0.3)
      .describe(
        "A cell whose open-circuit voltage moved by more than this over a restart is another cell, V.",
      ),
    self_test_at_rest: z
      .boolean()
      .default(true)
      .describe("The channel measures its dummy resistor at each rest."),
    allow_uncalibrated: z
      .boolean()
      .default(false)
      .describe("May run on a channel without a valid calibration."),
    raw: z.boolean().default(false).describe("Readings without calibration, for finding one."),
    method: z.array(stepSchema).min(1).describe("What is done, step by step."),
  })
  .meta({ title: "Protocol", description: "What the coincell tester does with a cell." })

/** As people write it: defaults left out, rates as text. */
export type Protocol = z.input<typeof protocolSchema>
export type MethodStep = Protocol["method"][number]
/** As the compiler reads it. */
export type ParsedProtocol = z.output<typeof protocolSchema>
