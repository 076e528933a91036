import { JDBus, Transport } from "jacdac-ts"
import { type BoardError, LinkLostError } from "../errors"
import { AWAKE } from "./awake"
import type { Link } from "./link"

/** What carries frames between the bus and the boards at a port that is open. */
export interface Wire {
  /** Whom it tells of what comes in, and of its end when nobody closed it. */
  onFrame: (frame: Uint8Array) => void
  onLine: (line: string) => void
  onLost: () => void
  /** Whether console lines come at all. */
  readonly hasConsole: boolean
  /** Resolves once the frame is on its way. */
  send(frame: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** Carries the bus's frames over a wire that is open already, so that errors of opening are ours to tell. */
class WireTransport extends Transport {
  constructor(private readonly wire: Wire) {
    super("wire")
    wire.onFrame = (frame) => this.handleFrame(frame)
  }

  protected override transportSendPacketAsync(frame: Uint8Array): Promise<void> {
    return this.wire.send(frame)
  }

  protected override async transportConnectAsync(): Promise<void> {}
  protected override async transportDisconnectAsync(): Promise<void> {}
}

/** A link over a real port: its time is the wall's, as long as this process is awake. */
export class WallLink implements Link {
  readonly bus: JDBus
  readonly onLog: Link["onLog"]
  private readonly transport: WireTransport
  private readonly listeners = new Set<(line: string) => void>()
  private loss: BoardError | undefined
  private readonly losers = new Set<(loss: BoardError) => void>()

  private constructor(
    readonly address: string,
    private readonly wire: Wire,
  ) {
    this.transport = new WireTransport(wire)
    this.bus = new JDBus([this.transport], { disableRoleManager: true })
    wire.onLine = (line) => {
      for (const listener of this.listeners) listener(line)
    }
    wire.onLost = () => this.lose(new LinkLostError(address))
    this.onLog = wire.hasConsole ? (listener) => this.listen(listener) : undefined
  }

  static async over(address: string, wire: Wire): Promise<WallLink> {
    const link = new WallLink(address, wire)
    await link.bus.connect()
    // Twenty times a second it looks for registers that somebody listens to: nobody does.
    link.bus.backgroundRefreshRegisters = false
    return link
  }

  get now_ms(): number {
    return AWAKE.now_ms
  }

  get unixTime_ms(): number {
    return Date.now()
  }

  sleep_ms(duration_ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, duration_ms))
  }

  settle<T>(promise: Promise<T>): Promise<T> {
    if (this.loss !== undefined) return Promise.reject(this.loss)
    return new Promise((resolve, reject) => {
      this.losers.add(reject)
      promise.then(resolve, reject).finally(() => this.losers.delete(reject))
    })
  }

  async close(): Promise<void> {
    this.lose(new LinkLostError(this.address))
    await this.wire.close()
  }

  private listen(listener: (line: string) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private lose(loss: BoardError): void {
    if (this.loss !== undefined) return
    this.loss = loss
    for (const reject of this.losers) reject(loss)
    this.losers.clear()
    this.bus.stop()
    this.bus.dispose()
  }
}
