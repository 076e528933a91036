import type { BoardPayload, HostPayload, LivePayload } from "../agent/payloads"
import type { FleetBoard, FleetChannel, FleetHost, ReadingRow } from "../web/fleetApi"
import type { FleetMessage } from "./messages"

interface HostEntry {
  lab: string
  host: string
  /** Undefined: only its boards have been heard of. */
  payload: HostPayload | undefined
  left_unix_s: number | undefined
  boards: Map<string, BoardEntry>
}

interface BoardEntry {
  payload: BoardPayload | undefined
  channels: FleetChannel[]
}

/** In the order in which people count: host-2 before host-10. */
const inOrder = new Intl.Collator("en", { numeric: true }).compare

/**
 * All hosts, as far as the broker has told of them. Channels and readings are the same objects until something of them
 * changes. Nothing is made up: of a channel that nobody has told of there is none here.
 */
export class Fleet {
  private readonly entries = new Map<string, HostEntry>()
  private readonly numbers = new Map<string, number>()
  private readonly rows = new Map<number, ReadingRow>()
  private readonly listeners = new Set<() => void>()
  private sorted: FleetHost[] | undefined

  /** The last reading of each channel, by its `n`. */
  get readings(): ReadonlyMap<number, ReadingRow> {
    return this.rows
  }

  /** By lab and name, their boards by name. */
  get hosts(): readonly FleetHost[] {
    this.sorted ??= [...this.entries.values()]
      .sort((a, b) => inOrder(a.lab, b.lab) || inOrder(a.host, b.host))
      .map(hostOf)
    return this.sorted
  }

  find(lab: string, host: string): FleetHost | undefined {
    return this.hosts.find((one) => one.lab === lab && one.host === host)
  }

  /** @param isKept the broker had it from before: when that was is not known */
  hear(message: FleetMessage, now_unix_s: number, isKept = false): void {
    if (message.kind === "live") {
      this.read(message, message.payload, now_unix_s)
    } else if (message.payload === undefined) {
      this.forget(message)
    } else if (message.kind === "host") {
      const entry = this.entry(message)
      entry.left_unix_s = message.payload.is_there || isKept ? undefined : now_unix_s
      entry.payload = message.payload
    } else this.stand(message, message.payload)
    if (message.kind !== "live") this.sorted = undefined
    this.touch()
  }

  /** Something that is told beside the fleet has changed. */
  touch(): void {
    for (const listener of this.listeners) listener()
  }

  /** @returns what ends it */
  watch(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private entry({ lab, host }: FleetMessage): HostEntry {
    const key = `${lab}/${host}`
    const known = this.entries.get(key)
    if (known !== undefined) return known
    const entry = { lab, host, payload: undefined, left_unix_s: undefined, boards: new Map() }
    this.entries.set(key, entry)
    return entry
  }

  private stand(message: FleetMessage & { kind: "board" }, payload: BoardPayload): void {
    const { boards } = this.entry(message)
    const before = boards.get(message.board)?.channels ?? []
    const channels = payload.channels.map((told) => {
      const news = channelOf(told, this.numberOf(message, told.channel))
      const old = before.find(({ n }) => n === news.n)
      return old !== undefined && JSON.stringify(old) === JSON.stringify(news) ? old : news
    })
    boards.set(message.board, { payload, channels })
  }

  private read(
    message: FleetMessage & { kind: "live" },
    { channels }: LivePayload,
    now_unix_s: number,
  ): void {
    for (const one of channels) {
      const n = this.numberOf(message, one.channel)
      const { test_number, cycle, time_s, voltage_V, current_A } = one
      this.rows.set(n, [n, test_number, cycle, time_s, voltage_V, current_A, now_unix_s])
    }
  }

  private forget(message: FleetMessage): void {
    if (message.kind === "host") this.entries.delete(`${message.lab}/${message.host}`)
    else this.entry(message).boards.delete(message.board)
  }

  private numberOf(message: { lab: string; host: string; board: string }, channel: number): number {
    const key = `${message.lab}/${message.host}/${message.board}/${channel}`
    const n = this.numbers.get(key) ?? this.numbers.size
    this.numbers.set(key, n)
    return n
  }
}

function hostOf({ lab, host, payload, left_unix_s, boards }: HostEntry): FleetHost {
  return {
    lab,
    host,
    isThere: payload?.is_there ?? false,
    left_unix_s,
    since_unix_s: payload?.since_unix_s ?? 0,
    version: payload?.version ?? "",
    acceptsOrders: payload?.accepts_orders ?? false,
    boards: [...boards.values()]
      .flatMap(({ payload, channels }) => (payload ? [boardOf(payload, channels)] : []))
      .sort((a, b) => inOrder(a.name, b.name) || inOrder(a.id, b.id)),
  }
}

function boardOf(payload: BoardPayload, channels: FleetChannel[]): FleetBoard {
  const { board, board_name, is_there, is_simulated } = payload
  return { id: board, name: board_name, isThere: is_there, isSimulated: is_simulated, channels }
}

function channelOf(told: BoardPayload["channels"][number], n: number): FleetChannel {
  return {
    n,
    channel: told.channel,
    state: told.state,
    fault: told.fault ?? undefined,
    note: told.note ?? undefined,
    waitsForPerson: told.waits_for_person,
    testNumber: told.test_number ?? undefined,
    test: told.test ?? undefined,
    cell: told.cell ?? undefined,
    operator: told.operator ?? undefined,
    project: told.project ?? undefined,
    cycle: told.cycle,
  }
}
