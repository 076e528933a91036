import { BoardClient } from "../../host/boardClient"
import { BoardError } from "../../host/errors"
import { type Change, Follower } from "../../host/follow/follower"
import type { Session } from "../../host/session"
import type { Rig } from "./harness"

/** Follows a rig's board over virtual time until its tests are over; `fetch` stores what it logged. */
export async function followRig(
  rig: Rig,
  options: {
    fetch: (session: Session) => Promise<void>
    every_ms: number
    most_ms: number
    onChange?: (change: Change) => void
  },
): Promise<void> {
  const { link } = rig
  const { fetch, every_ms, onChange = () => {} } = options
  const until_ms = link.now_ms + options.most_ms
  const problems: string[] = []
  const follower = new Follower({
    clock: link,
    open: async (addresses) => (addresses.has(link.address) ? [] : await openRig(rig)),
    fetch,
    onChange,
    onProblem: (text) => problems.push(text),
    every_ms,
  })
  const isOver = () =>
    [...follower.boards.values()].some(
      ({ session, channels }) =>
        session !== undefined && channels.some(({ status }) => status.state === "Finished"),
    )
  while (!isOver()) {
    if (link.now_ms > until_ms) throw new Error("the tests are not over in time")
    await follower.round()
    await follower.pause()
  }
  await follower.round()
  if (problems.length > 0) throw new Error(problems.join("\n"))
}

/** The rig's board, once it answers; its link outlives the session. */
async function openRig({ link, client }: Rig): Promise<Session[]> {
  try {
    const board = await BoardClient.find(link, client.id)
    await board.setTime(link.unixTime_ms)
    const firmware = await board.firmware()
    return [{ link, board, firmware, isSimulated: true, close: async () => {} }]
  } catch (error) {
    if (error instanceof BoardError) return []
    throw error
  }
}
