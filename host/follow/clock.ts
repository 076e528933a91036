import { setTimeout } from "node:timers/promises"
import { AWAKE } from "../transport/awake"
import type { Link } from "../transport/link"

/** The time that a follower lives by: the wall's, or of a simulated board in this process its link's. */
export type FollowClock = Pick<Link, "now_ms" | "unixTime_ms" | "sleep_ms">

/** The wall's time. Its waits end early when the signal is aborted. */
export class WallClock implements FollowClock {
  constructor(private readonly signal: AbortSignal) {}

  get now_ms(): number {
    return AWAKE.now_ms
  }

  get unixTime_ms(): number {
    return Date.now()
  }

  async sleep_ms(duration_ms: number): Promise<void> {
    // Aborted: there is no more to wait for.
    await setTimeout(duration_ms, undefined, { signal: this.signal }).catch(() => {})
  }
}
