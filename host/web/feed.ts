import type { Live, LiveChannel, LiveChannels } from "./api"
import type { Lab } from "../live/lab"

/** An event of GET /api/live, as it goes out. */
export interface FeedEvent {
  event: "live" | "channels" | "happened"
  data: string
}

/** What of a lab a feed tells. */
export type Told = Pick<Lab, "boards" | "problems" | "happenings" | "now_unix_s">

/** One visitor's view of the lab: knows what the visitor was told, and so what is new, however slow it reads. */
export class Feed {
  /** All but the channels, and when boards were last heard: those change with every look. */
  private frame = ""
  private readonly channels = new Map<string, LiveChannel>()
  private heard = 0

  constructor(
    private readonly lab: Told,
    /** Whether the visitor may start and stop tests. */
    private readonly mayAct: boolean,
  ) {}

  /** What is new since the call before; none when nothing is. */
  news(): FeedEvent[] {
    const events: FeedEvent[] = []
    const frame = this.frameNow()
    if (frame !== this.frame) {
      this.frame = frame
      events.push(this.live())
    } else {
      const changed = this.changed()
      if (changed.length > 0) events.push(this.of("channels", changed))
    }
    const { happened, next } = this.lab.happenings.since(this.heard)
    this.heard = next
    for (const one of happened) events.push({ event: "happened", data: JSON.stringify(one) })
    return events
  }

  /** Shows that the connection stands when nothing is new. */
  heartbeat(): FeedEvent {
    return this.of("channels", [])
  }

  private live(): FeedEvent {
    const { boards, problems, now_unix_s } = this.lab
    for (const board of boards)
      for (const channel of board.channels)
        this.channels.set(`${board.id} ${channel.channel}`, channel)
    const live: Live = { now_unix_s, mayAct: this.mayAct, boards: [...boards], problems }
    return { event: "live", data: JSON.stringify(live) }
  }

  private changed(): LiveChannels["channels"] {
    const changed: LiveChannels["channels"] = []
    for (const { id, channels } of this.lab.boards)
      for (const channel of channels) {
        const key = `${id} ${channel.channel}`
        if (this.channels.get(key) === channel) continue
        this.channels.set(key, channel)
        changed.push({ ...channel, board: id })
      }
    return changed
  }

  private frameNow(): string {
    const { boards, problems } = this.lab
    const frames = boards.map(({ channels, heard_unix_s, ...board }) => ({
      ...board,
      channels: channels.length,
      heard_unix_s: board.isThere ? 0 : heard_unix_s,
    }))
    return JSON.stringify({ frames, problems })
  }

  private of(event: "channels", channels: LiveChannels["channels"]): FeedEvent {
    const data: LiveChannels = { now_unix_s: this.lab.now_unix_s, channels }
    return { event, data: JSON.stringify(data) }
  }
}
