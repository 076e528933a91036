import { existsSync } from "node:fs"
import { statfs } from "node:fs/promises"
import { dirname } from "node:path"
import type { FollowClock } from "../follow/clock"
import type { FollowedBoard } from "../follow/followedBoard"
import type { TestBook } from "../follow/testBook"
import type { NotifyConfig } from "./config"
import { noticeEvent } from "./event"
import { judge, NOTHING_TOLD, type Notice, type Seen } from "./judge"
import { Notifier } from "./notifier"

/** Looks at what a follower sees, and tells whoever wants to know. */
export class Watchman {
  private readonly notifier: Notifier
  private told = NOTHING_TOLD

  constructor(
    private readonly config: NotifyConfig,
    /** Whose disk is watched. */
    private readonly folder: string,
    private readonly book: TestBook,
    onProblem: (text: string) => void,
  ) {
    this.notifier = new Notifier(config.receivers, onProblem)
  }

  /** Call after each round. @param clock that by which the boards are followed */
  async look(
    boards: ReadonlyMap<string, FollowedBoard>,
    { unixTime_ms, now_ms }: Pick<FollowClock, "unixTime_ms" | "now_ms">,
  ): Promise<void> {
    const seen: Seen = {
      unixTime_s: unixTime_ms / 1000,
      now_ms,
      free_bytes: await freeBytes(this.folder),
      boards: [...boards.values()].map(({ id, session, heard_ms, channels }) => ({
        id,
        isHere: session !== undefined,
        heard_ms,
        channels,
      })),
    }
    const { told, notices } = judge(this.told, seen, this.config.limits)
    this.told = told
    for (const notice of notices)
      if (this.config.on.has(notice.kind)) this.send(notice, boards.get(notice.board ?? ""))
  }

  /** Lets what waits be sent, for at most so long. */
  close(most_ms: number): Promise<void> {
    return this.notifier.close(most_ms)
  }

  private send(notice: Notice, board: FollowedBoard | undefined): void {
    const { status } = notice
    const known =
      board === undefined || status === undefined
        ? undefined
        : this.book.find(board.id, status.channel, status.test)
    const names = { board: board?.name, test: known?.id, cell: known?.cell }
    this.notifier.send(noticeEvent(notice, names))
  }
}

/** Room on the disk of a folder, which need not be there yet; undefined when the system does not say. */
async function freeBytes(folder: string): Promise<number | undefined> {
  let place = folder
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    const { bavail, bsize } = await statfs(place)
    return bavail * bsize
  } catch {
    return undefined
  }
}
