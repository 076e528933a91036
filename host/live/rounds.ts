import type { FollowedBoard } from "../follow/followedBoard"
import type { Follower } from "../follow/follower"
import type { Session } from "../session"
import type { Beside } from "./beside"

/** Between two looks at a board: while somebody watches, and else. */
const WATCHED_ms = 1_000
const ALONE_ms = 10_000
/** Between two searches for boards: while one is away or somebody watches, and else. */
const SEARCH_ms = 5_000
const SEARCH_ALONE_ms = 30_000
/** Between two looks at what somebody is to be notified of. */
const NOTICE_ms = 10_000

export interface RoundsOptions {
  follower: Follower
  beside: Beside
  isWatched: () => boolean
  /** Boards were looked for. */
  onSearch: () => void
  /** A board was found, and is about to be looked at. */
  onBoard: (board: FollowedBoard, session: Session) => void
  /** A board was looked at. */
  onLook: (board: FollowedBoard) => void
  /** Somebody may have to be notified. */
  onNotice: () => Promise<void>
}

/**
 * Looks at boards, and for boards, again and again: each beside the others, so that one that does not answer keeps
 * nobody waiting.
 */
export class Rounds {
  private readonly attended = new Set<string>()
  private isSearching = false
  private isNoticing = false
  /** When the next search and the next look for notifications are due, by `performance.now()`. */
  private search_ms = 0
  private notice_ms = 0
  private wakeUp = () => {}

  constructor(private readonly options: RoundsOptions) {}

  /** Goes on until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const wake = () => this.wake()
    signal.addEventListener("abort", wake)
    while (!signal.aborted) {
      this.round()
      await this.pause()
    }
    signal.removeEventListener("abort", wake)
  }

  /** Makes the next round begin now. */
  wake(): void {
    this.wakeUp()
  }

  /** Looks for boards now. */
  searchSoon(): void {
    this.search_ms = 0
    this.wake()
  }

  /** Looks for notifications in the next round. */
  noticeSoon(): void {
    this.notice_ms = 0
  }

  private round(): void {
    const { follower, beside } = this.options
    const now_ms = performance.now()
    if (!this.isSearching && now_ms >= this.search_ms) beside.start(this.search(now_ms))
    for (const board of follower.boards.values())
      if (board.session !== undefined && !this.attended.has(board.id))
        beside.start(this.attend(board, board.session))
    if (!this.isNoticing && now_ms >= this.notice_ms) beside.start(this.notice(now_ms))
  }

  private async search(now_ms: number): Promise<void> {
    const { follower, isWatched, onSearch } = this.options
    const isUrgent = isWatched() || follower.isMissingAny
    this.search_ms = now_ms + (isUrgent ? SEARCH_ms : SEARCH_ALONE_ms)
    const before = new Set([...follower.boards.values()].map(({ session }) => session))
    this.isSearching = true
    try {
      await follower.connect()
    } finally {
      this.isSearching = false
      onSearch()
    }
    if ([...follower.boards.values()].some(({ session }) => !before.has(session))) this.wake()
  }

  private async attend(board: FollowedBoard, session: Session): Promise<void> {
    const { follower, onBoard, onLook } = this.options
    this.attended.add(board.id)
    try {
      onBoard(board, session)
      await follower.attend(board)
    } finally {
      this.attended.delete(board.id)
      onLook(board)
    }
  }

  private async notice(now_ms: number): Promise<void> {
    this.notice_ms = now_ms + NOTICE_ms
    this.isNoticing = true
    try {
      await this.options.onNotice()
    } finally {
      this.isNoticing = false
    }
  }

  /** Waits until the next round is due, or something wants it now. */
  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.options.isWatched() ? WATCHED_ms : ALONE_ms)
      this.wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
