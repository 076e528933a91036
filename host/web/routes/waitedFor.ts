import type { Context } from "hono"

/** What servers note of a client that did not wait. */
const CLIENT_CLOSED_REQUEST = 499

/** Answers a request whose work ends when its client has gone. */
export async function waitedFor(
  c: Context,
  work: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> {
  const { signal } = c.req.raw
  try {
    return await work(signal)
  } catch (error) {
    if (!signal.aborted) throw error
    return new Response(null, { status: CLIENT_CLOSED_REQUEST })
  }
}
