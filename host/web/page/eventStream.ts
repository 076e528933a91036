import { TOKEN_SHOWN } from "./client"

/** After this long without a word, a connection is taken for dead; the server speaks every ten seconds or more. */
const SILENCE_ms = 30_000
const RETRY_ms = 3_000

interface Listener {
  /** What is done with the JSON of each kind of event. */
  events: Readonly<Record<string, (data: never) => void>>
  onLost: () => void
  /** The server wants the token. */
  onRefused: () => void
}

/** Server-sent events, through breaks and sleep; listens anew once the token was shown. */
export class EventStream {
  private source: EventSource | undefined
  private heardAt_ms = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private watch: ReturnType<typeof setInterval> | undefined
  private state: "open" | "lost" | "refused" = "open"

  constructor(
    private readonly path: string,
    private readonly listener: Listener,
  ) {}

  open(): void {
    this.reconnect()
    this.watch = setInterval(() => {
      const isSilent = Date.now() - this.heardAt_ms > SILENCE_ms
      if (this.source !== undefined && isSilent) this.reconnect()
    }, RETRY_ms)
    addEventListener("online", this.reconnect)
    addEventListener(TOKEN_SHOWN, this.reconnect)
    document.addEventListener("visibilitychange", this.onSeen)
  }

  close(): void {
    clearTimeout(this.retry)
    clearInterval(this.watch)
    removeEventListener("online", this.reconnect)
    removeEventListener(TOKEN_SHOWN, this.reconnect)
    document.removeEventListener("visibilitychange", this.onSeen)
    this.source?.close()
    this.source = undefined
  }

  private readonly onSeen = () => {
    if (!document.hidden && this.state === "lost") this.reconnect()
  }

  private readonly reconnect = () => {
    clearTimeout(this.retry)
    this.source?.close()
    this.heardAt_ms = Date.now()
    const source = new EventSource(this.path)
    this.source = source
    for (const [name, take] of Object.entries(this.listener.events))
      source.addEventListener(name, (event) => {
        this.heardAt_ms = Date.now()
        this.state = "open"
        take(JSON.parse((event as MessageEvent<string>).data) as never)
      })
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) void this.closed(source)
      else if (this.state !== "refused") this.lost()
    }
  }

  /** The browser gives up at an answer that is no stream, and does not tell what it was. */
  private async closed(source: EventSource): Promise<void> {
    const wantsToken = (await statusOf(this.path)) === 401
    if (this.source !== source) return
    this.source = undefined
    if (wantsToken) {
      this.state = "refused"
      this.listener.onRefused()
    } else this.lost()
    this.retry = setTimeout(this.reconnect, RETRY_ms)
  }

  private lost(): void {
    this.state = "lost"
    this.listener.onLost()
  }
}

async function statusOf(path: string): Promise<number> {
  const asked = new AbortController()
  try {
    return (await fetch(path, { signal: asked.signal })).status
  } catch {
    return 0
  } finally {
    asked.abort()
  }
}
