import { setTimeout } from "node:timers/promises"
import type { NoticeEvent } from "./event"

/** Longest wait for an answer. */
const TIMEOUT_ms = 10_000
/** Pauses before the second attempt, the third … */
const RETRY_ms: readonly number[] = [2_000, 10_000, 60_000, 300_000]

/**
 * Posts an event to a URL, as JSON, and tries again when nobody answers, or when the answer says that it may
 * help: 429 and 5xx.
 * @throws Error of the last attempt
 */
export async function postWebhook(
  url: string,
  event: NoticeEvent,
  signal: AbortSignal,
  { timeout_ms = TIMEOUT_ms, retry_ms = RETRY_ms } = {},
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const problem = await post(
      url,
      event,
      AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]),
    )
    if (problem === undefined) return
    if (problem.isFinal || attempt === retry_ms.length || signal.aborted)
      throw new Error(problem.text)
    await setTimeout(retry_ms[attempt], undefined, { signal })
  }
}

interface Problem {
  text: string
  /** Another attempt would end alike. */
  isFinal: boolean
}

async function post(
  url: string,
  event: NoticeEvent,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      signal,
    })
    await answer.body?.cancel()
    if (answer.ok) return undefined
    const isFinal = answer.status < 500 && answer.status !== 429
    return { text: `answered ${answer.status} ${answer.statusText}`, isFinal }
  } catch (error) {
    const { message, cause } = error as Error
    return {
      text: cause instanceof Error ? `${message}: ${cause.message}` : message,
      isFinal: false,
    }
  }
}
