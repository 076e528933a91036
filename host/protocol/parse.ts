import type { z } from "zod"
import { ProtocolError } from "../errors"
import { type ParsedProtocol, protocolSchema } from "./schema"

/**
 * Checks a protocol's form, and fills in its defaults.
 * @throws ProtocolError of the first thing that is wrong
 */
export function parseProtocol(input: unknown): ParsedProtocol {
  const result = protocolSchema.safeParse(withoutNulls(input))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new ProtocolError(pathText(issue.path), problemText(issue))
}

/** Other programs write absent keys as null. */
function withoutNulls(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNulls)
  if (typeof input !== "object" || input === null) return input
  const kept = Object.entries(input).filter(([, value]) => value !== null)
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]))
}

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return `is missing: expected ${issue.expected}.`
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.join(", ")}.`
  return `${issue.message}.`
}

/** `method[3].until_voltage_V`. */
function pathText(path: readonly PropertyKey[]): string {
  let text = ""
  for (const key of path)
    text += typeof key === "number" ? `[${key}]` : text === "" ? String(key) : `.${String(key)}`
  return text === "" ? "protocol" : text
}
