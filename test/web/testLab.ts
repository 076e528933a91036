import type { LiveBoard, LiveChannel } from "../../host/web/api"
import type { Told } from "../../host/web/feed"
import { Happenings } from "../../host/live/happenings"
import { keepSame } from "../../host/live/snapshot"

export function runningChannel(channel: number, some: Partial<LiveChannel> = {}): LiveChannel {
  return {
    channel,
    state: "Running",
    stateText: "running",
    waitsForPerson: false,
    cycle: 1,
    testTime_s: 0,
    stepTime_s: 0,
    voltage_V: 0,
    current_A: 0,
    stepCharge_Ah: 0,
    reading_unix_s: 0,
    ...some,
  }
}

/** A lab of which tests say what it knows. */
export class TestLab implements Told {
  boards: LiveBoard[] = []
  problems: string[] = []
  happenings = new Happenings()
  now_unix_s = 0
  readonly watchers = new Set<() => void>()

  /** As a look at the board publishes it; two channels run on a new one. */
  publish(id: string, some: Partial<LiveBoard> = {}): void {
    const at = this.boards.findIndex((board) => board.id === id)
    const before: LiveBoard = this.boards[at] ?? {
      id,
      name: id.toUpperCase(),
      isThere: true,
      heard_unix_s: 0,
      isSimulated: false,
      channels: [runningChannel(0), runningChannel(1)],
    }
    const now = keepSame(this.boards[at], { ...before, heard_unix_s: ++this.now_unix_s, ...some })
    this.boards =
      at < 0 ? [...this.boards, now] : this.boards.map((one, i) => (i === at ? now : one))
    for (const onNews of this.watchers) onNews()
  }

  watch(onNews: () => void): () => void {
    this.watchers.add(onNews)
    return () => this.watchers.delete(onNews)
  }
}
