import { CommanderError } from "commander"
import { TesterError } from "../../errors"
import { tell } from "./print"

/** What the command line tool ends with. */
export const EXIT = {
  done: 0,
  /** Something that a person can mend. */
  error: 1,
  /** Wrong use of the command line. */
  usage: 2,
  /** A fault stands on a channel. */
  fault: 3,
} as const

/**
 * An error as `--json` prints it: `{"error": {"type", "message", …}}` with the error's own fields; of our own
 * mistakes the trace, too.
 */
export function errorJson(error: Error): { error: Record<string, unknown> } {
  const { name, message, stack, cause: _, ...fields } = error
  const trace = error instanceof TesterError ? {} : { stack }
  return { error: { type: name, message, ...fields, ...trace } }
}

/** Wrong use of the command line as `--json` prints it. */
export function usageJson(text: string): string {
  const message = text.trim().replace(/^error: /, "")
  return `${JSON.stringify({ error: { type: "UsageError", message } })}\n`
}

/**
 * Tells of an error on stderr. What a person can mend is said in a sentence; anything else is our mistake
 * and shows its trace.
 * @returns the exit code
 */
export function reportError(error: unknown, isJson: boolean): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (!(error instanceof Error)) throw error
  if (isJson) tell(JSON.stringify(errorJson(error)))
  else if (error instanceof TesterError) tell(`coincell: ${error.message}`)
  else tell(error.stack ?? error.message)
  return EXIT.error
}
