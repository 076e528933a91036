import type { Context } from "hono"
import { z } from "zod"
import { MOST_BY, MOST_WHY } from "../../catalogue/action"
import { pathText, problemsOf } from "../../document"
import { TesterError } from "../../errors"

/** Longest protocol: those that people write are a few kilobytes, and 64 steps are the most that a board runs. */
const PROTOCOL_CHARACTERS = 65_536
/** Longest text in a cell's file. */
const TEXT_CHARACTERS = 10_000

const scalar = z.union([z.string().max(TEXT_CHARACTERS), z.number(), z.boolean(), z.null()], {
  error: `must be a number or a text of ${TEXT_CHARACTERS} characters at most`,
})

const protocolBody = z.object({
  fileName: z.string().max(200),
  text: z.string().max(PROTOCOL_CHARACTERS, {
    error: "is longer than 64 KiB: 'coincell start' takes longer ones",
  }),
})
const cellBody = z.record(z.string().max(100), scalar)

const ordered = {
  by: z.string().max(MOST_BY).optional(),
  why: z.string().max(MOST_WHY).optional(),
}

export const checkBody = z.object({ protocol: protocolBody, cell: cellBody.optional() })
export const startBody = z.object({
  protocol: protocolBody,
  cell: cellBody,
  board: z.string(),
  channel: z.int().min(0).max(255),
  ...ordered,
})
export const actBody = z.object({ test: z.int().min(0).max(65_535), ...ordered })

export type CellKeys = z.infer<typeof cellBody>

/**
 * A request's JSON.
 * @throws TesterError naming all that is wrong with it
 */
export async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(parsed(await c.req.text()))
  if (result.success) return result.data
  throw new TesterError(
    problemsOf(result.error)
      .map(({ path, message }) => `${pathText(path, "body")}: ${message}`)
      .join("\n"),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new TesterError(`The request's body is no JSON: ${error.message}.`)
  }
}
