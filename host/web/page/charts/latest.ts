/** While somebody moves about or types, only where they stop is asked for. */
export const QUIET_MS = 120

/**
 * Asks for what is wanted last. The first wish is asked at once; of those that come quickly after each other only the
 * last, when no other has come for a moment. What is answered to an earlier one is dropped.
 */
export class Latest<Wish, Result> {
  private waiting: ReturnType<typeof setTimeout> | undefined
  private asking: AbortController | undefined
  private wished_ms = Number.NEGATIVE_INFINITY

  constructor(
    private readonly ask: (wish: Wish, signal: AbortSignal) => Promise<Result>,
    private readonly settle: (outcome: { value: Result } | { error: unknown }) => void,
  ) {}

  want(wish: Wish): void {
    clearTimeout(this.waiting)
    const now_ms = Date.now()
    const isQuick = now_ms - this.wished_ms < QUIET_MS
    this.wished_ms = now_ms
    if (isQuick) this.waiting = setTimeout(() => this.begin(wish), QUIET_MS)
    else this.begin(wish)
  }

  end(): void {
    clearTimeout(this.waiting)
    this.asking?.abort()
  }

  private begin(wish: Wish): void {
    this.asking?.abort()
    const asking = new AbortController()
    this.asking = asking
    const settle = (outcome: { value: Result } | { error: unknown }) => {
      if (!asking.signal.aborted) this.settle(outcome)
    }
    this.ask(wish, asking.signal).then(
      (value) => settle({ value }),
      (error) => settle({ error }),
    )
  }
}
