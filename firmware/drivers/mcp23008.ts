// MCP23008, eight-bit I/O expander. Microchip DS21919: registers section 1.6.
import type { Outputs } from "../core/ports"
import type { Bus, Prepared, Send } from "./bus"
import { Chip } from "./chip"

const IODIR = 0x00 // direction, 1 = input; FFh at reset
const OLAT = 0x0a // output latch

/** Relays, heartbeat and status LED. It keeps its outputs through a reset of the MCU. */
export class Mcp23008 extends Chip implements Outputs {
  readonly relayClosed: boolean[] = []
  isStale = false
  /** At `init`: its pins were still outputs, so that only the microcontroller had been reset. */
  keptPower = false
  /** Which relays were closed then. */
  readonly wasClosed: boolean[] = []
  private readonly bytes = Buffer.from([OLAT, 0])
  private readonly direction = Buffer.alloc(1)
  /** What `direction` has to be: outputs are 0. */
  private readonly outputs: number
  private readonly check: Prepared
  private readonly write: Prepared
  private readonly send: Send
  private readonly heartbeat: number

  /** @param relayPins, heartbeatPin, ledPin bit numbers of the port */
  constructor(
    address: number,
    bus: Bus,
    private readonly relayPins: number[],
    heartbeatPin: number,
    private readonly ledPin: number,
  ) {
    super("MCP23008", address, bus)
    for (let i = 0; i < relayPins.length; ++i) this.relayClosed.push(false)
    this.write = bus.prepare(address, this.bytes)
    this.send = bus.send
    this.heartbeat = 1 << heartbeatPin
    let pins = this.heartbeat | (1 << ledPin)
    for (let i = 0; i < relayPins.length; ++i) pins = pins | (1 << relayPins[i])
    this.outputs = 0xff & ~pins
    this.check = bus.prepare(address, Buffer.from([IODIR]), this.direction)
  }

  /** Opens every relay, whatever the expander held, before its pins become outputs. */
  protected async initDriver(): Promise<void> {
    const direction = this.direction
    this.exchange(Buffer.from([IODIR]), direction)
    this.keptPower = direction[0] !== 0xff
    const level = Buffer.alloc(1)
    this.exchange(Buffer.from([OLAT]), level)
    for (let i = 0; i < this.relayPins.length; ++i)
      this.wasClosed.push(this.keptPower && ((level[0] >> this.relayPins[i]) & 1) === 1)
    this.exchange(Buffer.from([OLAT, 0]))
    this.exchange(Buffer.from([IODIR, this.outputs]))
  }

  openAll(): void {
    for (let i = 0; i < this.relayClosed.length; ++i) this.relayClosed[i] = false
    this.isStale = true
    this.update(false)
  }

  isDriving(): boolean {
    return this.send(this.check) === 0 && this.direction[0] === this.outputs
  }

  update(healthy: boolean): boolean {
    const bytes = this.bytes
    if (this.isStale) {
      let level = 0
      for (let i = 0; i < this.relayPins.length; ++i)
        if (this.relayClosed[i]) level = level | (1 << this.relayPins[i])
      if (level !== 0) level = level | (1 << this.ledPin)
      bytes[1] = level | (bytes[1] & this.heartbeat)
      this.isStale = false
    }
    if (healthy) bytes[1] = bytes[1] ^ this.heartbeat
    // A disturbed transaction is no lost chip.
    return this.send(this.write) === 0 || this.send(this.write) === 0
  }
}
