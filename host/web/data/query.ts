import type { Context } from "hono"
import { z } from "zod"
import { pathText, problemsOf } from "../../document"
import { TesterError } from "../../errors"
import { FORMATS, type Format } from "../../formats/export"
import type { TraceWindow } from "./trace/trace"

/** Points of a trace when nobody says how many: a screen has no more. */
const POINTS = 2000
const FEWEST_POINTS = 10
const MOST_POINTS = 20_000
const MOST_CYCLES = 50

const time = z
  .string()
  .regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i, "must be a test time in seconds, such as 3600")
  .transform(Number)

const pointsText = `must be a whole number from ${FEWEST_POINTS} to ${MOST_POINTS}`
const points = z
  .string()
  .regex(/^\d{1,6}$/, pointsText)
  .transform(Number)
  .refine((count) => count >= FEWEST_POINTS && count <= MOST_POINTS, pointsText)

const cyclesText = `must be a list of at most ${MOST_CYCLES} numbers of cycles, such as 1,50,-1: from 1, or -1 for the last`
const cycles = z
  .string()
  .regex(/^-?[1-9]\d{0,7}(,-?[1-9]\d{0,7})*$/, cyclesText)
  .transform((text) => text.split(",").map(Number))
  .refine((numbers) => numbers.length <= MOST_CYCLES, cyclesText)

const formats = Object.keys(FORMATS) as Format[]

/** Of GET /api/tests/:id/trace. */
export const traceQuery = z
  .strictObject({ from_s: time.optional(), to_s: time.optional(), points: points.optional() })
  .refine(({ from_s = Number.NEGATIVE_INFINITY, to_s }) => to_s === undefined || from_s < to_s, {
    path: ["to_s"],
    message: "must be later than from_s",
  })
  .transform((query): TraceWindow => ({ ...query, points: query.points ?? POINTS }))

/** Of those that tell of some cycles: the first and the last unless given. */
export const cyclesQuery = z
  .strictObject({ cycles: cycles.optional() })
  .transform((query) => query.cycles ?? [1, -1])

/** Of GET /api/tests/:id/export. */
export const exportQuery = z.strictObject({
  format: z.enum(formats, `must be one of ${formats.join(", ")}`),
})

/** @throws TesterError saying what each wrong key should be */
export function queryOf<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(c.req.query())
  if (result.success) return result.data
  throw new TesterError(
    problemsOf(result.error)
      .map(({ path, message }) => `${pathText(path, "query")}: ${message}`)
      .join("\n"),
  )
}
