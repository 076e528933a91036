import type { ChannelStatus } from "../boardClient"
import { BoardError } from "../errors"
import type { Session } from "../session"

/** A board's crystal drifts by a fifth of a second in that. */
const TELL_ms = 3_600_000
/** A board starts within this. */
const START_ms = 5_000

/** A channel as it was last seen. */
export interface SeenChannel {
  status: ChannelStatus
  /** When its last reading was taken, UTC, s: for as long as its test time stands still. */
  reading_unix_s: number
  /** The same by the clock of who follows, which nobody sets. */
  reading_ms: number
}

/** A board that is followed, whether it is there or not. Its numbers outlive its sessions. */
export class FollowedBoard {
  /** Undefined while the board is away. */
  session: Session | undefined
  /** It was told that the board does not answer. */
  isLost = false
  /** When it was last heard, UTC, s; and by the clock of who follows, which nobody sets. */
  heard_unix_s = 0
  heard_ms = 0
  readonly channels: SeenChannel[] = []
  /** The last trouble with its data; told once. */
  problem = ""
  private board_ms = 0
  /** Who told it the time, and when by the link's clock: whoever opens a session does. */
  private told: { session: Session; at_ms: number } | undefined

  constructor(
    readonly id: string,
    readonly name: string,
  ) {}

  /**
   * Looks at all channels, and tells the board the time if it has forgotten it.
   * @returns how the channels stood at the look before, and whether the board has restarted since
   * @throws BoardError when it does not answer
   */
  async look(
    session: Session,
  ): Promise<{ before: (ChannelStatus | undefined)[]; hasRestarted: boolean }> {
    const { board, link } = session
    await started(session)
    const { board_ms, unix_ms } = await board.time()
    await this.tellTime(session, unix_ms !== undefined)
    const hasRestarted = board_ms < this.board_ms
    this.board_ms = board_ms
    const statuses: ChannelStatus[] = []
    const count = await board.channels()
    for (let channel = 0; channel < count; channel++) statuses.push(await board.status(channel))
    // Only a look that came to its end counts: what it tells must not get lost with it.
    const before = statuses.map(({ channel }) => this.channels[channel]?.status)
    this.heard_unix_s = link.unixTime_ms / 1000
    this.heard_ms = link.now_ms
    for (const status of statuses) this.note(status)
    return { before, hasRestarted }
  }

  /**
   * A telling that says something new takes a page of the log: two hosts whose clocks disagree, or one whose clock
   * is set to and fro, shall not fill it.
   */
  private async tellTime(session: Session, isKnown: boolean): Promise<void> {
    const { board, link, isSimulated } = session
    if (this.told?.session !== session) this.told = { session, at_ms: link.now_ms }
    // A simulated board may run faster than the wall: the time that it has is its own.
    const isDue = !isSimulated && link.now_ms - this.told.at_ms >= TELL_ms
    if (isKnown && !isDue) return
    await board.setTime(link.unixTime_ms)
    this.told = { session, at_ms: link.now_ms }
  }

  private note(status: ChannelStatus): void {
    const seen = this.channels[status.channel]
    const isNew =
      seen === undefined ||
      seen.status.testTime_s !== status.testTime_s ||
      seen.status.state !== status.state
    const { reading_unix_s, reading_ms } = isNew
      ? { reading_unix_s: this.heard_unix_s, reading_ms: this.heard_ms }
      : seen
    this.channels[status.channel] = { status, reading_unix_s, reading_ms }
  }
}

/** Waits until a board that has just restarted has read its memory: before that its channels look idle. */
async function started({ board, link }: Session): Promise<void> {
  const until_ms = link.now_ms + START_ms
  while ((await board.bootCount()) === 0) {
    if (link.now_ms > until_ms)
      throw new BoardError(`Board ${board.name} does not come to the end of its start.`)
    await link.sleep_ms(100)
  }
}
