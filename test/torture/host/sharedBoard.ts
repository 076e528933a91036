import { SimulatedLink } from "../../../host/transport/simulated"
import type { SimulatedBoard } from "../../../sim/board"

/** One board on the bus of several hosts, which take turns: each hears all that it says. */
export class SharedBoard {
  private readonly hearers: ((frame: Uint8Array) => void)[] = []

  constructor(private readonly board: SimulatedBoard) {
    board.onFrame = (frame) => {
      for (const hear of this.hearers) hear(frame.slice())
    }
  }

  /** Another host's way to it. @param address as that host names it */
  async link(address: string): Promise<SimulatedLink> {
    const { board, hearers } = this
    const end = {
      set onFrame(hear: (frame: Uint8Array) => void) {
        hearers.push(hear)
      },
      onLog: () => {},
      send: (frame: Uint8Array) => board.send(frame),
      advanceBy_ms: (duration_ms: number) => board.advanceBy_ms(duration_ms),
      get now_ms() {
        return board.now_ms
      },
    }
    const link = new SimulatedLink(end as unknown as SimulatedBoard, address)
    await link.connect()
    return link
  }
}
