import type { Session } from "../session"
import { download } from "../store/download"
import type { Store } from "../store/store"

/** Stores what boards have logged: for a follower, which fetches again and again. */
export function fetcher(store: Store, signal: AbortSignal): (session: Session) => Promise<void> {
  return async (session) => {
    await download(session, store.board(session.board.id), { signal })
  }
}
