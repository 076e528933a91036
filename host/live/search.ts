import { openThese } from "../follow/open"
import type { Session } from "../session"
import { portsToTry } from "../transport/open"

/** Where boards are looked for. */
export interface SearchOptions {
  /** Addresses, as `--port` takes them; none: all ports at which boards may be. */
  ports: readonly string[]
  /** Which board, as `--board` takes it; undefined: all. */
  board?: string
}

/** Looks for boards, and keeps what is wrong with ports by now. */
export class Search {
  /** Why ports have no board of ours, as sentences. */
  failures: readonly string[] = []
  /** Looked at besides: boards that this server runs. */
  readonly own = new Set<string>()

  constructor(private readonly options: SearchOptions) {}

  /** Opens boards at addresses other than these. */
  async open(addresses: ReadonlySet<string>): Promise<Session[]> {
    const { ports, board } = this.options
    const all = new Set([...(ports.length === 0 ? await portsToTry() : ports), ...this.own])
    const { sessions, failures } = await openThese(board, [...all], addresses)
    this.failures = failures
    return sessions
  }
}
