import type { ChannelStatus } from "../../host/boardClient"
import type { Rig } from "./harness"

/** Preparing for a current takes no longer than this. */
const PREPARED_s = 60

/** Waits until a channel's step has run for `step_s`. @throws when it does not come to that */
export async function running(
  { client, link }: Rig,
  channel: number,
  step_s = 5,
): Promise<ChannelStatus> {
  const until_ms = link.now_ms + 1000 * (PREPARED_s + step_s)
  for (;;) {
    const status = await client.status(channel)
    if (status.state === "Running" && status.stepTime_s >= step_s) return status
    if (status.state !== "Running" && status.state !== "Zeroing")
      throw new Error(`channel ${channel} is ${status.state} (${status.fault}, ${status.pause})`)
    if (link.now_ms > until_ms) throw new Error(`channel ${channel} does not run`)
    await link.sleep_ms(1000)
  }
}
