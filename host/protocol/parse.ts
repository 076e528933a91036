import { pathText, problemsOf, withoutNulls } from "../document"
import { ProtocolError } from "../errors"
import { type ParsedProtocol, protocolSchema } from "./schema"

/**
 * Checks a protocol's form, and fills in its defaults.
 * @returns the protocol, or all that is wrong with its form
 */
export function parseProtocol(input: unknown): ParsedProtocol | ProtocolError[] {
  const result = protocolSchema.safeParse(withoutNulls(input))
  if (result.success) return result.data
  return problemsOf(result.error).map(
    ({ path, message }) => new ProtocolError(pathText(path, "protocol"), message),
  )
}
