import { findBoards, type Session, type Where } from "../session"
import { portsToTry } from "../transport/open"

/** Opens boards, except at the addresses that are open already; none when none answers. */
export type OpenBoards = (addresses: ReadonlySet<string>) => Promise<Session[]>

/**
 * Opens the boards that are meant, at the port that is named or at all.
 * @param onFailure hears, once until it is over, why a port has no board of ours
 */
export function boardsAt(where: Where, onFailure: (text: string) => void): OpenBoards {
  let told = new Set<string>()
  return async (open) => {
    const addresses = where.port === undefined ? await portsToTry() : [where.port]
    const { sessions, failures } = await openThese(where.board, addresses, open)
    for (const text of failures) if (!told.has(text)) onFailure(text)
    told = new Set(failures)
    return sessions
  }
}

/** Opens a board wherever it comes back: where it was, or at any other port. @param id 16 digits */
export function wherever(id: string, address: string): OpenBoards {
  return async (open) => {
    const addresses = [...new Set([address, ...(await portsToTry())])]
    return (await openThese(id, addresses, open)).sessions
  }
}

/**
 * Opens boards at these addresses, but for those that are open already.
 * @returns them, and why a port has no board of ours
 */
export async function openThese(
  board: string | undefined,
  addresses: readonly string[],
  open: ReadonlySet<string>,
): Promise<{ sessions: Session[]; failures: string[] }> {
  const closed = addresses.filter((address) => !open.has(address))
  const found = await Promise.all(closed.map((port) => findBoards({ board, port })))
  return {
    sessions: found.flatMap(({ sessions }) => sessions),
    failures: found.flatMap(({ failures }) => failures.map(({ message }) => message)),
  }
}
