import type { ChannelStatus } from "../../boardClient"
import { hasTest } from "../../follow/changes"
import type { FollowClock } from "../../follow/clock"
import type { FollowedBoard } from "../../follow/followedBoard"
import type { Change } from "../../follow/follower"
import type { OpenBoards } from "../../follow/open"
import type { Session } from "../../session"
import type { Store } from "../../store/store"
import type { StoredTest } from "../../store/storedTest"
import { changeLine, type Following, type NotifyOptions, startFollowing } from "./following"
import { showProgress } from "./progress"

/** A board that runs tests, the time that it lives by, and how it is found again. */
export interface Place {
  session: Session
  clock: FollowClock
  reopen: OpenBoards
  every_s: number
}

/**
 * Follows tests of one board, telling on stderr what happens, until none of them runs and all that they logged is
 * stored. A board that goes away is waited for.
 * @returns how their channels then stand; undefined when the signal came before
 */
export async function followTests(
  { session, clock, reopen, every_s }: Place,
  store: Store,
  tests: readonly StoredTest[],
  notify: NotifyOptions,
  signal: AbortSignal,
): Promise<ChannelStatus[] | undefined> {
  const progress = showProgress("testing")
  let isFirst = true
  const following = startFollowing({
    store,
    clock,
    open: async (addresses) => {
      if (!isFirst) return reopen(addresses)
      isFirst = false
      return [session]
    },
    notify,
    every_s,
    signal,
    onChange: (change, book) => {
      if (isNews(change, tests)) progress.tell(changeLine(change, book))
    },
    onProblem: (text) => progress.tell(text),
  })
  const { follower } = following
  try {
    for (;;) {
      await following.round()
      const board = follower.boards.get(session.board.id)
      if (board !== undefined && isOver(board, tests))
        return tests.map(({ channel }) => board.channels[channel].status)
      if (signal.aborted) return undefined
      if (board !== undefined) progress.update(...shareOf(following, board, tests))
      await follower.pause()
    }
  } finally {
    progress.stop()
    await following.close()
  }
}

/** What is on the channel of a test is told only while it is that test. */
function isNews(change: Change, tests: readonly StoredTest[]): boolean {
  if (!("status" in change)) return change.kind !== "board_found"
  if (change.kind === "found" || change.kind === "started") return false
  const { channel, test } = change.status
  return tests.some((one) => one.channel === channel && one.test === test)
}

/** A test that a fault stopped runs no more until a person has looked at it. */
function isOver(board: FollowedBoard, tests: readonly StoredTest[]): boolean {
  if (board.session === undefined || board.problem !== "") return false
  return tests.every(({ channel, test }) => {
    const { status } = board.channels[channel]
    return status.test !== test || !hasTest(status) || status.state === "Fault"
  })
}

/** How much of the time that the longest test is expected to take has passed, and where all stand. */
function shareOf(
  { book }: Following,
  board: FollowedBoard,
  tests: readonly StoredTest[],
): [share: number, text: string] {
  const statuses = tests.map(({ channel }) => board.channels[channel].status)
  const shares = statuses.map(({ channel, test, testTime_s }) => {
    const expected_s = book.find(board.id, channel, test)?.expected_s
    return expected_s === undefined ? 0 : testTime_s / expected_s
  })
  const hours = Math.max(...statuses.map(({ testTime_s }) => testTime_s)) / 3600
  const voltages = statuses.map(({ voltage_V }) => `${(1000 * voltage_V).toFixed(1)} mV`)
  return [Math.min(...shares), `${hours.toFixed(1)} h  ${voltages.join("  ")}`]
}
