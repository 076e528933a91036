import { dispatch, liveState } from "./live"

/** After this long without a word, a connection is taken for dead; the server speaks every ten seconds or more. */
const SILENCE_ms = 30_000
const RETRY_ms = 3_000

let source: EventSource | undefined
let heardAt_ms = 0
let retry: ReturnType<typeof setTimeout> | undefined

/** Listens to the server for as long as the page is open, through breaks and sleep. */
export function connect(): void {
  reconnect()
  setInterval(() => {
    if (source !== undefined && Date.now() - heardAt_ms > SILENCE_ms) reconnect()
  }, RETRY_ms)
  addEventListener("online", reconnect)
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && liveState().connection === "lost") reconnect()
  })
}

/** Listens anew: after the token was shown, or when the connection seems dead. */
export function reconnect(): void {
  clearTimeout(retry)
  source?.close()
  heardAt_ms = Date.now()
  const stream = new EventSource("/api/live")
  source = stream
  const on = <T>(name: string, take: (data: T) => void) =>
    stream.addEventListener(name, (event) => {
      heardAt_ms = Date.now()
      take(JSON.parse((event as MessageEvent<string>).data))
    })
  on("live", (live: never) => dispatch({ kind: "live", live }))
  on("channels", (channels: never) => dispatch({ kind: "channels", channels }))
  on("happened", (happened: never) => dispatch({ kind: "happened", happened }))
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) void refused()
    else if (liveState().connection !== "refused") dispatch({ kind: "lost" })
  }
}

/** The browser gives up at an answer that is no stream, and does not tell what it was. */
async function refused(): Promise<void> {
  source = undefined
  dispatch({ kind: (await status()) === 401 ? "refused" : "lost" })
  retry = setTimeout(reconnect, RETRY_ms)
}

async function status(): Promise<number> {
  const asked = new AbortController()
  try {
    return (await fetch("/api/live", { signal: asked.signal })).status
  } catch {
    return 0
  } finally {
    asked.abort()
  }
}
