import type { SimulatedBoard } from "../../sim/board"
import { Random } from "../../sim/random"

/** Something that happens to a board or its cable, whatever the host is doing just then. */
export interface Trouble {
  at_ms: number
  kind: "unplug" | "plug" | "reset" | "powerOff" | "powerOn"
}

/** Unplugged and plugged in again at random instants; `away_h` and `here_h` are means. */
export function replugging(
  seed: number,
  until_ms: number,
  { here_h, away_h }: { here_h: number; away_h: number },
): Trouble[] {
  const random = new Random(seed, "replugging")
  const wait_ms = (mean_h: number) => -Math.log(1 - random.uniform()) * mean_h * 3.6e6
  const troubles: Trouble[] = []
  for (let at_ms = wait_ms(here_h); at_ms < until_ms; at_ms += wait_ms(here_h)) {
    troubles.push({ at_ms, kind: "unplug" })
    at_ms += wait_ms(away_h)
    troubles.push({ at_ms, kind: "plug" })
  }
  return troubles
}

/** Lets troubles happen at their instants, after `from_ms`, in the middle of whatever is under way. */
export function letHappen(board: SimulatedBoard, from_ms: number, troubles: Trouble[]): void {
  const coming = troubles
    .map(({ at_ms, kind }) => ({ at_ms: from_ms + at_ms, kind }))
    .sort((a, b) => a.at_ms - b.at_ms)
  let isPlugged = true
  const happen = {
    unplug: () => {
      isPlugged = false
    },
    plug: () => {
      isPlugged = true
    },
    reset: () => board.resetMcu(),
    powerOff: () => board.powerOff(),
    powerOn: () => board.powerOn(),
  }
  const run = board.runUntil_ms.bind(board)
  board.runUntil_ms = (until_ms) => {
    while (coming.length > 0 && coming[0].at_ms < until_ms) {
      const [{ at_ms, kind }] = coming.splice(0, 1)
      run(Math.max(at_ms, board.now_ms))
      happen[kind]()
    }
    run(until_ms)
  }
  const { onFrame } = board
  board.onFrame = (frame) => {
    if (isPlugged) onFrame(frame)
  }
  const send = board.send.bind(board)
  board.send = (frame) => {
    if (isPlugged) send(frame)
  }
}
