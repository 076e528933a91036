import type { Scheduler } from "jacdac-ts"

type Handler = (...args: unknown[]) => void

interface Timer {
  due_ms: number
  order: number
  handler: Handler
  args: unknown[]
  period_ms: number | undefined
}

/** The Jacdac bus's timers on a clock that somebody else moves. */
export class VirtualScheduler implements Scheduler {
  private now_ms = 0
  private origin_ms = 0
  private nextOrder = 0
  private readonly timers = new Map<number, Timer>()

  get timestamp(): number {
    return this.now_ms - this.origin_ms
  }

  resetTime(delta = 0): void {
    this.origin_ms = this.now_ms - delta
  }

  setTimeout(handler: Handler, delay: number, ...args: unknown[]): number {
    return this.add(handler, delay, args, undefined)
  }

  setInterval(handler: Handler, delay: number, ...args: unknown[]): number {
    return this.add(handler, delay, args, Math.max(1, delay))
  }

  clearTimeout(handle: number): void {
    this.timers.delete(handle)
  }

  clearInterval(handle: number): void {
    this.timers.delete(handle)
  }

  /** Moves time on, calling what falls due in order of its time. */
  runTo(until_ms: number): void {
    for (;;) {
      let next: Timer | undefined
      for (const timer of this.timers.values())
        if (
          timer.due_ms <= until_ms &&
          (next === undefined ||
            timer.due_ms < next.due_ms ||
            (timer.due_ms === next.due_ms && timer.order < next.order))
        )
          next = timer
      if (next === undefined) break
      this.now_ms = Math.max(this.now_ms, next.due_ms)
      if (next.period_ms === undefined) this.timers.delete(next.order)
      else next.due_ms += next.period_ms
      next.handler(...next.args)
    }
    this.now_ms = Math.max(this.now_ms, until_ms)
  }

  private add(
    handler: Handler,
    delay_ms: number,
    args: unknown[],
    period_ms: number | undefined,
  ): number {
    const order = this.nextOrder++
    this.timers.set(order, {
      due_ms: this.now_ms + Math.max(0, delay_ms),
      order,
      handler,
      args,
      period_ms,
    })
    return order
  }
}
