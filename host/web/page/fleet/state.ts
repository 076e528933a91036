import type {
  FleetBroker,
  FleetChannels,
  FleetHost,
  FleetLive,
  FleetReadings,
  ReadingRow,
} from "../../fleetApi"

/** All that the page knows of the fleet, but readings. Hosts are the same objects until something of them changes. */
export interface FleetState {
  /** connecting: the first answer is awaited; refused: the server wants the token. */
  connection: "connecting" | "open" | "lost" | "refused"
  /** Undefined before the first answer. */
  hosts: readonly FleetHost[] | undefined
  broker: FleetBroker | undefined
  lake: { name: string } | undefined
  mayAct: boolean
  problems: readonly string[]
  /** The server's clock when it last spoke, UTC, s. */
  heard_unix_s: number
}

export const NOTHING_YET: FleetState = {
  connection: "connecting",
  hosts: undefined,
  broker: undefined,
  lake: undefined,
  mayAct: false,
  problems: [],
  heard_unix_s: 0,
}

export function withFleet(_: FleetState, live: FleetLive): FleetState {
  const { hosts, broker, lake, mayAct, problems, now_unix_s: heard_unix_s } = live
  return { connection: "open", hosts, broker, lake, mayAct, problems, heard_unix_s }
}

/** What of a channel changed takes the place of what was told before. */
export function withChannels(
  state: FleetState,
  { channels, now_unix_s }: FleetChannels,
): FleetState {
  const news = new Map(channels.map((channel) => [channel.n, channel]))
  const hosts = state.hosts?.map((host) => {
    if (!host.boards.some((board) => board.channels.some(({ n }) => news.has(n)))) return host
    const boards = host.boards.map((board) => ({
      ...board,
      channels: board.channels.map((channel) => news.get(channel.n) ?? channel),
    }))
    return { ...host, boards }
  })
  return { ...state, connection: "open", hosts, heard_unix_s: now_unix_s }
}

/** @returns which channels were read */
export function takeReadings(
  readings: Map<number, ReadingRow>,
  { rows }: FleetReadings,
): readonly number[] {
  for (const row of rows) readings.set(row[0], row)
  return rows.map(([n]) => n)
}
