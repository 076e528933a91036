import { setTimeout } from "node:timers/promises"
import { TesterError } from "../errors"

/**
 * Does something again and again until the signal aborts. What a person can mend is told once, until it is over, and
 * tried again.
 */
export async function regularly(
  {
    every_ms,
    signal,
    onProblem,
  }: { every_ms: number; signal: AbortSignal; onProblem: (text: string) => void },
  work: () => Promise<void>,
): Promise<void> {
  let problem = ""
  while (!signal.aborted) {
    try {
      await work()
      problem = ""
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof TesterError)) throw error
      if (error.message !== problem) onProblem(error.message)
      problem = error.message
    }
    await setTimeout(every_ms, undefined, { signal }).catch(() => {})
  }
}
