import type {
  FleetBroker,
  FleetChannel,
  FleetChannels,
  FleetHost,
  FleetLive,
  FleetReadings,
  ReadingRow,
} from "../web/fleetApi"

/** What a feed tells of. */
export interface Told {
  readonly fleet: {
    readonly hosts: readonly FleetHost[]
    readonly readings: ReadonlyMap<number, ReadingRow>
  }
  readonly broker: FleetBroker
  readonly lake: { name: string } | undefined
  readonly problems: readonly string[]
  /** Of a board, by its id; null: some channel never was; undefined: that is not known. */
  calibrationDue(lab: string, board: string): number | null | undefined
}

export interface FleetEvent {
  event: "fleet" | "channels" | "readings"
  data: string
}

/** One visitor's view of the fleet: knows what the visitor was told, and so what is new, however slow it reads. */
export class FleetFeed {
  /** All but channels and readings. */
  private frame = ""
  private readonly channels = new Map<number, FleetChannel>()
  private readonly rows = new Map<number, ReadingRow>()

  constructor(
    private readonly told: Told,
    private readonly mayAct: boolean,
    private readonly now_unix_s: () => number,
  ) {}

  /** What is new since the call before; none when nothing is. */
  news(): FleetEvent[] {
    const events: FleetEvent[] = []
    const hosts = this.hosts()
    const frame = JSON.stringify([this.standing(), hosts.map(withoutChannels)])
    if (frame !== this.frame) {
      this.frame = frame
      this.changed(hosts)
      const live: FleetLive = { ...this.standing(), now_unix_s: this.now_unix_s(), hosts }
      events.push({ event: "fleet", data: JSON.stringify(live) })
    } else {
      const channels = this.changed(hosts)
      if (channels.length > 0) events.push(this.event("channels", { channels }))
    }
    const rows = [...this.told.fleet.readings].filter(([n, row]) => this.rows.get(n) !== row)
    for (const [n, row] of rows) this.rows.set(n, row)
    if (rows.length > 0) events.push(this.event("readings", { rows: rows.map(([, row]) => row) }))
    return events
  }

  /** Shows that the connection stands when nothing is new. */
  heartbeat(): FleetEvent {
    return this.event("readings", { rows: [] })
  }

  private standing() {
    const { broker, lake, problems } = this.told
    return { mayAct: this.mayAct, broker, lake, problems: [...problems] }
  }

  private hosts(): FleetHost[] {
    return this.told.fleet.hosts.map((host) => ({
      ...host,
      boards: host.boards.map((board) => ({
        ...board,
        calibrationDue_unix_s: this.told.calibrationDue(host.lab, board.id),
      })),
    }))
  }

  private changed(hosts: readonly FleetHost[]): FleetChannel[] {
    const all = hosts.flatMap(({ boards }) => boards.flatMap(({ channels }) => channels))
    const changed = all.filter((channel) => this.channels.get(channel.n) !== channel)
    for (const channel of changed) this.channels.set(channel.n, channel)
    return changed
  }

  private event(
    event: "channels" | "readings",
    news: Omit<FleetChannels, "now_unix_s"> | Omit<FleetReadings, "now_unix_s">,
  ): FleetEvent {
    return { event, data: JSON.stringify({ now_unix_s: this.now_unix_s(), ...news }) }
  }
}

function withoutChannels({ boards, ...host }: FleetHost) {
  return {
    ...host,
    boards: boards.map(({ channels, ...board }) => ({ ...board, of: channels.map(({ n }) => n) })),
  }
}
