import type { LogRange } from "../boardClient"
import type { Session } from "../session"
import { download } from "../store/download"
import type { Store } from "../store/store"

/** Between two downloads of a board: what is not stored yet, pages show from what was read live. */
const EVERY_ms = 30_000

/** What a board told when it was last asked for its log. */
export interface BoardTold {
  range: LogRange
  /** What keeps it from testing; empty when all is well. */
  problem: string
}

interface Board {
  session: Session
  /** When the next download is due, by `performance.now()`. */
  due_ms: number
  running?: { ended: Promise<void>; controller: AbortController }
  /** Of the last download; undefined when it came to its end. */
  error?: Error
  /** Keeps downloads from beginning. */
  holds: number
  told?: BoardTold
}

/**
 * Stores what boards log, beside looking at them: the first download of a board may take half an hour, and its
 * channels are to be seen meanwhile.
 */
export class Downloads {
  private readonly boards = new Map<string, Board>()

  constructor(private readonly store: Store) {}

  /**
   * Begins a download if one is due: a follower's `fetch`.
   * @throws what the last download of this session ended with, until one comes to its end
   */
  async fetch(session: Session): Promise<void> {
    const board = this.of(session)
    if (board.running === undefined && board.holds === 0 && performance.now() >= board.due_ms)
      this.begin(board)
    if (board.error !== undefined) throw board.error
  }

  /** Makes the next `fetch` begin a download. @param id of the board */
  hasten(id: string): void {
    const board = this.boards.get(id)
    if (board !== undefined) board.due_ms = 0
  }

  /** Does something with a board while nothing of it is downloaded. */
  async without<T>(session: Session, work: () => Promise<T>): Promise<T> {
    const board = this.of(session)
    board.holds++
    try {
      board.running?.controller.abort()
      await board.running?.ended
      return await work()
    } finally {
      board.holds--
      board.due_ms = 0
    }
  }

  /** @param id of the board */
  told(id: string): BoardTold | undefined {
    return this.boards.get(id)?.told
  }

  /** Ends all downloads; what came is stored. */
  async close(): Promise<void> {
    for (const board of this.boards.values()) {
      board.holds++
      board.running?.controller.abort()
    }
    await Promise.all([...this.boards.values()].map(({ running }) => running?.ended))
  }

  private of(session: Session): Board {
    const { id } = session.board
    const known = this.boards.get(id)
    if (known === undefined) {
      const board: Board = { session, due_ms: 0, holds: 0 }
      this.boards.set(id, board)
      return board
    }
    if (known.session !== session) {
      // What the last session ended with says nothing of this one.
      known.session = session
      known.due_ms = 0
      known.error = undefined
    }
    return known
  }

  private begin(board: Board): void {
    const { session } = board
    const controller = new AbortController()
    // Boards that were found together are not downloaded together for ever.
    const share = board.told === undefined ? Math.random() : 1
    board.due_ms = performance.now() + share * EVERY_ms
    const end = (error?: Error) => {
      board.running = undefined
      if (board.session === session) board.error = error
    }
    const ended = this.download(board, controller.signal).then(() => end(), end)
    board.running = { ended, controller }
  }

  private async download(board: Board, signal: AbortSignal): Promise<void> {
    const { session } = board
    const isFirst = board.told === undefined
    const { next } = await this.ask(board)
    const log = this.store.board(session.board.id)
    if (!isFirst && board.error === undefined && next === log.next) return
    await download(session, log, { signal })
    await this.ask(board)
  }

  private async ask(board: Board): Promise<LogRange> {
    const client = board.session.board
    board.told = { range: await client.logRange(), problem: await client.problem() }
    return board.told.range
  }
}
