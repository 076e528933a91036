import type { Context } from "hono"
import { streamSSE } from "hono/streaming"

export interface StreamEvent {
  event: string
  data: string
}

/** Pages and proxies take a connection that is silent for longer as dead. */
const HEARTBEAT_ms = 10_000
/** Between two batches: hundreds of channels are read each second. */
const BATCH_ms = 1_000

/**
 * Server-sent events, in batches. Who reads slowly gets the newest state and no queue: what is sent is made when there is
 * room.
 * @param watch tells when there may be news; @returns what ends it
 */
export function batched(
  c: Context,
  {
    news,
    heartbeat,
    watch,
    every_ms = BATCH_ms,
  }: {
    news: () => StreamEvent[]
    heartbeat: () => StreamEvent
    watch: (listener: () => void) => () => void
    every_ms?: number
  },
): Response {
  c.header("X-Accel-Buffering", "no")
  return streamSSE(c, async (stream) => {
    let isNew = true
    let wake = (_isLeaving: boolean) => {}
    const unwatch = watch(() => {
      isNew = true
      wake(false)
    })
    /** @param endsByNews otherwise only who leaves ends it */
    const wait = (within_ms: number, endsByNews: boolean) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, within_ms)
        wake = (isLeaving) => {
          if (!isLeaving && !endsByNews) return
          clearTimeout(timer)
          resolve()
        }
      })
    stream.onAbort(() => wake(true))
    try {
      while (!stream.aborted) {
        const events = isNew ? news() : [heartbeat()]
        isNew = false
        for (const event of events) await stream.writeSSE(event)
        if (!stream.aborted) await wait(every_ms, false)
        if (!isNew && !stream.aborted) await wait(HEARTBEAT_ms, true)
      }
    } finally {
      unwatch()
    }
  })
}
