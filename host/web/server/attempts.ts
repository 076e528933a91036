/** Wrong tokens that an address may show within `SPAN_ms`. */
const MOST_WRONG = 10
const SPAN_ms = 60_000
/** Addresses that are remembered; more than a lab has. */
const MOST_ADDRESSES = 1_000

/** Slows down who guesses tokens. */
export class Attempts {
  private readonly wrong = new Map<string, number[]>()

  /** Whether a token from there is looked at now. @param now_ms from any zero, but always the same */
  mayTry(address: string, now_ms: number): boolean {
    return this.recent(address, now_ms).length < MOST_WRONG
  }

  /** A token from there was wrong. */
  failed(address: string, now_ms: number): void {
    const recent = [...this.recent(address, now_ms), now_ms]
    this.wrong.delete(address)
    this.wrong.set(address, recent)
    const [oldest] = this.wrong.keys()
    if (this.wrong.size > MOST_ADDRESSES) this.wrong.delete(oldest)
  }

  private recent(address: string, now_ms: number): number[] {
    return (this.wrong.get(address) ?? []).filter((one_ms) => now_ms - one_ms < SPAN_ms)
  }
}
