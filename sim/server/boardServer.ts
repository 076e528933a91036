import type { SimulatedBoard } from "../board"
import { Pacer } from "./pacer"

/** A way by which the outside speaks to a served board. */
export interface Port {
  /** What the board sends, or the sender `from` among the clients of its ports. */
  frame(frame: Uint8Array, from?: unknown): void
  line(line: string): void
  /** The board has started anew. */
  boardStarted(): void
  /** The cable is pulled, or plugged in again. */
  unplug(): void
  plug(): void
  /** Resolves when readers can take more, or do not read at all. */
  room(): Promise<void>
  close(): Promise<void>
}

/** How often a board that keeps time looks at the clock, and hears the outside. */
const POLL_ms = 4

/** Runs a simulated board by the wall's clock and lets the outside speak to it. */
export class BoardServer {
  private readonly ports: Port[] = []
  private readonly pacer: Pacer
  private isPowered = true

  /**
   * @param speed board seconds in a wall second; Infinity for as many as there can be: then the board waits
   * for readers that are slow, whereas one that keeps time loses what they do not take
   * @param onShortfall hears the speed when the machine cannot keep up
   */
  constructor(
    readonly board: SimulatedBoard,
    speed: number,
    private readonly onShortfall: (speed: number) => void = () => {},
  ) {
    this.pacer = new Pacer(speed, performance.now(), board.now_ms)
    board.onFrame = (frame) => {
      for (const port of this.ports) port.frame(frame)
    }
    board.onLog = (line) => {
      for (const port of this.ports) port.line(line)
    }
  }

  attach(port: Port): void {
    this.ports.push(port)
  }

  /** A frame from outside: it is the board's, and that of all others on its bus. */
  receive(frame: Uint8Array, from: unknown): void {
    if (this.isPowered) this.board.send(frame)
    for (const port of this.ports) port.frame(frame, from)
  }

  /** Runs until the signal aborts, then closes all ports. */
  async run(signal: AbortSignal): Promise<void> {
    const { board, pacer } = this
    try {
      while (!signal.aborted) {
        const until_ms = pacer.until_ms(performance.now(), board.now_ms)
        if (until_ms > board.now_ms) {
          board.runUntil_ms(until_ms)
          await turn()
          if (pacer.speed === Number.POSITIVE_INFINITY)
            for (const port of this.ports) await port.room()
        } else await new Promise((resolve) => setTimeout(resolve, POLL_ms))
        const achieved = pacer.shortfall(performance.now(), board.now_ms)
        if (achieved !== undefined) this.onShortfall(achieved)
      }
    } finally {
      await Promise.all(this.ports.map((port) => port.close()))
    }
  }

  /** Cuts the board's supply: its USB goes with it. */
  cut(): void {
    if (!this.isPowered) return
    this.isPowered = false
    this.board.powerOff()
    this.unplug()
  }

  power(): void {
    if (this.isPowered) return
    this.isPowered = true
    this.board.powerOn()
    for (const port of this.ports) port.boardStarted()
    this.plug()
  }

  /** Resets the microcontroller alone; its USB line stays, as that of an ESP32 does. */
  reset(): void {
    if (!this.isPowered) return
    this.board.resetMcu()
    for (const port of this.ports) port.boardStarted()
  }

  unplug(): void {
    for (const port of this.ports) port.unplug()
  }

  plug(): void {
    if (this.isPowered) for (const port of this.ports) port.plug()
  }
}

/** Lets streams and timers have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
