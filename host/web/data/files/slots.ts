/** Lets so many work at once; others wait in turn. */
export class Slots {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  /**
   * Waits for a slot.
   * @returns gives it back
   * @throws the signal's reason when that ends the waiting
   */
  take(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const enter = () => {
        signal.removeEventListener("abort", leave)
        resolve(this.release())
      }
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1)
        reject(signal.reason)
      }
      if (this.free > 0) {
        this.free--
        enter()
        return
      }
      signal.addEventListener("abort", leave, { once: true })
      this.waiting.push(enter)
    })
  }

  /** Gives a slot back, once. */
  private release(): () => void {
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      const next = this.waiting.shift()
      if (next === undefined) this.free++
      else next()
    }
  }
}
