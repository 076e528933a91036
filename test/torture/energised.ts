import type { SimulatedBoard } from "../../sim/board"
import { address, manifest } from "../../sim/manifest"

/** A converter's result: data counter, three bytes, and all of it inverted (SBAS751B, section 8.5.4). */
const RESULT_BYTES = 8
const NOTHING_A = 1e-6
const LOOK_ms = 20

/**
 * A witness of what nothing may ever break: no cell is energised for more than a second without a fresh, plausible
 * reading of it. Fresh: the counter moved; plausible: what came is what the inverted copy says.
 */
export class Energised {
  /** The longest that any cell was energised unseen. */
  longest_ms = 0
  /** What the relays did, and what flowed at that instant. */
  readonly moves: { channel: number; closed: boolean; at_ms: number; current_A: number }[] = []
  private readonly seen_ms: number[]
  private readonly counters: number[]

  constructor(private readonly board: SimulatedBoard) {
    const { channels, i2c } = board
    this.seen_ms = channels.map(() => board.now_ms)
    this.counters = channels.map(() => -1)
    channels.forEach((frontEnd, channel) => {
      const setRelay = frontEnd.setRelay.bind(frontEnd)
      frontEnd.setRelay = (closed, at_us) => {
        const at_ms = at_us / 1000
        if (!closed) this.look(channel, at_ms)
        setRelay(closed, at_us)
        this.moves.push({ channel, closed, at_ms, current_A: frontEnd.current_A })
        if (closed) this.seen_ms[channel] = at_ms
      }
    })
    const converters = manifest.chips.adc.addresses.map(address)
    const transact = i2c.transact.bind(i2c)
    i2c.transact = (at, write, read) => {
      const status = transact(at, write, read)
      const channel = converters.indexOf(at)
      if (status === 0 && read.length === RESULT_BYTES) this.hear(channel, read)
      return status
    }
  }

  /** Runs the board, looking every 20 ms. */
  runFor_ms(duration_ms: number): void {
    for (let left_ms = duration_ms; left_ms > 0; left_ms -= LOOK_ms) {
      this.board.advanceBy_ms(Math.min(LOOK_ms, left_ms))
      for (const channel of this.board.channels.keys()) this.look(channel, this.board.now_ms)
    }
  }

  private hear(channel: number, bytes: Uint8Array): void {
    const isWhole = [0, 1, 2, 3].every((i) => (bytes[i] ^ bytes[i + 4]) === 0xff)
    if (!isWhole || bytes[0] === this.counters[channel]) return
    this.counters[channel] = bytes[0]
    this.look(channel, this.board.now_ms)
    this.seen_ms[channel] = this.board.now_ms
  }

  private look(channel: number, at_ms: number): void {
    if (Math.abs(this.board.channels[channel].current_A) < NOTHING_A) return
    this.longest_ms = Math.max(this.longest_ms, at_ms - this.seen_ms[channel])
  }
}
