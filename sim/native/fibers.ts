/** What an `async` function of the firmware gives when it is called: itself, not yet begun. */
export class Call {
  constructor(readonly body: Generator<unknown, unknown, unknown>) {}
}

/** What `ds.sleep` gives: awaited, it lets the others run. */
export class Sleep {
  constructor(readonly duration_ms: number) {}
}

interface Fiber {
  /** The calls that wait for each other, the innermost last. */
  readonly calls: Generator<unknown, unknown, unknown>[]
  wake_ms: number
  /** Which sleep this is, counted among those of all fibers. */
  sleep: number
}

/**
 * DeviceScript's fibers: threads of calls that run one at a time, each until it sleeps. As in the runtime, the
 * time stands still while they run, who was to wake first goes first, of two at once who fell asleep first, and
 * an exception that nobody catches stops all of them.
 */
export class Fibers {
  /** What `ds.millis` tells. */
  now_ms = 0
  private fibers: Fiber[] = []
  private sleeps = 0

  /** Begins a call as a fiber of its own, at the next `run`. */
  start(call: Call): void {
    this.fibers.push({ calls: [call.body], wake_ms: this.now_ms, sleep: this.sleeps++ })
  }

  /** Runs the first that is due at `now_ms`, if any is. The next one has a clock of its own, read anew. */
  run(now_ms: number): void {
    this.now_ms = now_ms
    const fiber = this.first()
    if (fiber === undefined || fiber.wake_ms > now_ms) return
    if (!this.resume(fiber)) this.fibers.splice(this.fibers.indexOf(fiber), 1)
  }

  /** When something is due; infinity when nothing ever is. */
  get due_ms(): number {
    return this.first()?.wake_ms ?? Number.POSITIVE_INFINITY
  }

  stop(): void {
    this.fibers = []
  }

  /** Who is to go next. */
  private first(): Fiber | undefined {
    let first: Fiber | undefined
    for (const fiber of this.fibers)
      if (
        first === undefined ||
        fiber.wake_ms < first.wake_ms ||
        (fiber.wake_ms === first.wake_ms && fiber.sleep < first.sleep)
      )
        first = fiber
    return first
  }

  /** Goes on until the fiber sleeps or ends. @returns whether it sleeps */
  private resume(fiber: Fiber): boolean {
    const { calls } = fiber
    let value: unknown
    let thrown: { error: unknown } | undefined
    for (;;) {
      const call = calls[calls.length - 1]
      try {
        const next = thrown === undefined ? call.next(value) : call.throw(thrown.error)
        thrown = undefined
        value = next.value
        if (next.done === true) calls.pop()
      } catch (error) {
        calls.pop()
        thrown = { error }
      }
      if (calls.length === 0) {
        if (thrown !== undefined) throw thrown.error
        return false
      }
      if (value instanceof Call) {
        calls.push(value.body)
        value = undefined
      } else if (value instanceof Sleep) {
        fiber.wake_ms = this.now_ms + Math.max(1, value.duration_ms)
        fiber.sleep = this.sleeps++
        return true
      }
    }
  }
}
