import { BoardError, TesterError } from "../errors"
import type { Session } from "../session"
import { type ChannelChange, changesOf } from "./changes"
import type { FollowClock } from "./clock"
import { FollowedBoard } from "./followedBoard"

type BoardChange = "board_found" | "board_lost" | "board_back" | "board_restarted"

/** What a follower has seen happen. */
export type Change = { unixTime_s: number; board: FollowedBoard } & (
  | ChannelChange
  | { kind: BoardChange }
)

export interface FollowOptions {
  clock: FollowClock
  /**
   * Opens boards that are to be followed, other than those at these addresses, which are open. None when none
   * answers.
   */
  open: (addresses: ReadonlySet<string>) => Promise<Session[]>
  /** Stores what a board has logged. @throws BoardError when the board is gone, TesterError of the store */
  fetch: (session: Session) => Promise<void>
  onChange: (change: Change) => void
  /** Hears of trouble that does not end the following, once until it is over. */
  onProblem: (text: string) => void
  /** Time between two looks at a board. */
  every_ms: number
}

/** First wait before another attempt to find a board that is away; each is twice the one before. */
const FIRST_RETRY_ms = 2_000
const MOST_RETRY_ms = 60_000
/** A page that a test's end just handed over is in flash three control periods later, or an erase more. */
const LAST_PAGE_ms = 1_500

/**
 * Follows boards: looks at them, fetches what they logged, and finds again those that were unplugged, reset
 * or without power. It holds one status per channel, however long it goes on.
 */
export class Follower {
  readonly boards = new Map<string, FollowedBoard>()
  private retry_ms = FIRST_RETRY_ms
  /** The last trouble with opening ports; told once. */
  private problem = ""

  constructor(private readonly options: FollowOptions) {}

  /** Whether a board that was found is away now. */
  get isMissingAny(): boolean {
    return [...this.boards.values()].some(({ session }) => session === undefined)
  }

  /** Finds boards, and looks at each that is there. */
  async round(): Promise<void> {
    await this.connect()
    await Promise.all([...this.boards.values()].map((board) => this.attend(board)))
  }

  /** Waits until the next round is due: soon, while a board is away. */
  async pause(): Promise<void> {
    const { clock, every_ms } = this.options
    if (!this.isMissingAny) {
      this.retry_ms = FIRST_RETRY_ms
      await clock.sleep_ms(every_ms)
      return
    }
    await clock.sleep_ms(Math.min(this.retry_ms, every_ms))
    this.retry_ms = Math.min(2 * this.retry_ms, MOST_RETRY_ms)
  }

  /** Lets all boards go. */
  async close(): Promise<void> {
    for (const { session } of this.boards.values()) await session?.close()
  }

  /** Looks for boards that are not open. */
  async connect(): Promise<void> {
    const sessions = [...this.boards.values()].flatMap(({ session }) => session ?? [])
    const addresses = new Set(sessions.map(({ link }) => link.address))
    for (const session of await this.open(addresses)) {
      const { id, name } = session.board
      const board = this.boards.get(id) ?? new FollowedBoard(id, name)
      // One board can be reached by two ways.
      if (board.session !== undefined) {
        await session.close()
        continue
      }
      board.session = session
      if (!this.boards.has(id)) this.tell(board, { kind: "board_found" })
      if (board.isLost) this.tell(board, { kind: "board_back" })
      board.isLost = false
      this.boards.set(id, board)
    }
  }

  /** Whatever is wrong with ports, the boards that are there are followed. */
  private async open(addresses: ReadonlySet<string>): Promise<Session[]> {
    try {
      const sessions = await this.options.open(addresses)
      this.problem = ""
      return sessions
    } catch (error) {
      const problem = problemText(error as Error)
      if (problem !== this.problem) this.options.onProblem(problem)
      this.problem = problem
      return []
    }
  }

  /** Looks at a board, if it is there, and fetches what it logged. */
  async attend(board: FollowedBoard): Promise<void> {
    const { session } = board
    if (session === undefined) return
    try {
      const { before, hasRestarted } = await board.look(session)
      if (hasRestarted) this.tell(board, { kind: "board_restarted" })
      const changes = board.channels.flatMap(({ status }) =>
        changesOf(before[status.channel], status),
      )
      for (const change of changes) this.tell(board, change)
      if (changes.some(({ kind }) => kind === "ended")) await session.link.sleep_ms(LAST_PAGE_ms)
      await this.fetch(board, session)
    } catch (error) {
      await this.lose(board, session, error as Error)
    }
  }

  /** Stores what the board logged; when that fails here, the test goes on and the board keeps it. */
  private async fetch(board: FollowedBoard, session: Session): Promise<void> {
    try {
      await this.options.fetch(session)
      await this.makeGoOn(board, session)
      board.problem = ""
    } catch (error) {
      if (error instanceof BoardError) throw error
      const problem = problemText(error as Error)
      if (problem !== board.problem) this.options.onProblem(problem)
      board.problem = problem
    }
  }

  /** Tests that a full log paused go on once there is room. */
  private async makeGoOn(board: FollowedBoard, session: Session): Promise<void> {
    const paused = board.channels.filter(({ status }) => status.pause === "FullLog")
    if (paused.length === 0 || (await session.board.logRange()).isFull) return
    for (const { status } of paused) await session.board.resume(status.channel)
  }

  /** Its port is opened anew, and with it the other boards there. */
  private async lose(lost: FollowedBoard, { link }: Session, error: Error): Promise<void> {
    if (lost.session?.link !== link) return
    this.retry_ms = FIRST_RETRY_ms
    for (const board of this.boards.values()) {
      const { session } = board
      if (session?.link !== link) continue
      board.session = undefined
      // A port that is gone may not want to be closed.
      await session.close().catch(() => {})
    }
    lost.isLost = true
    this.tell(lost, { kind: "board_lost" })
    if (!(error instanceof TesterError)) this.options.onProblem(problemText(error))
  }

  private tell(board: FollowedBoard, change: ChannelChange | { kind: BoardChange }): void {
    const unixTime_s = this.options.clock.unixTime_ms / 1000
    this.options.onChange({ unixTime_s, board, ...change })
  }
}

/** What a person can mend in a sentence; of our own mistakes, which end no following, the trace. */
function problemText(error: Error): string {
  return error instanceof TesterError ? error.message : (error.stack ?? error.message)
}
