import { jdpack } from "jacdac-ts"
import type { Engine, EngineHost } from "../engine"
import type { I2cBus } from "../i2cBus"
import type { SpiBus } from "../spiBus"
import { McuReset } from "../mcuReset"
import { Call, Fibers, Sleep } from "./fibers"
import { loadFirmware, type Transaction } from "./firmware"
import { commandsTo, type Packet, reportFrame } from "./packets"
import { readServiceSpec, ServiceServer, serviceNames } from "./service"

/** From reset to the script's first line, and when a millisecond begins in the runtime's count: those of the VM. */
const START_ms = 1153.434
const PHASE_ms = 0.122
const ANNOUNCE_ms = 500
/** How long the VM sleeps at most; the board looks at the world outside it in between. */
const MOST_ms = 10
const CONTROL_SERVICE = 0
const COINCELL_SERVICE = 1
const ANNOUNCE = 0
/** Announcements since the start are counted as far as that, so that a host sees a restart. */
const MOST_COUNTED = 15
const NOTHING = new Uint8Array(0)

export interface NativeOptions {
  host: EngineHost
  i2c: I2cBus
  spi: SpiBus
  boardName: string
  /** 8 bytes. */
  deviceId: Uint8Array
}

/**
 * The firmware's sources, compiled for Node and run in the simulator's own process: no VM, so several times
 * as fast, and byte for byte the same log. What DeviceScript's runtime and libraries do for the firmware is
 * done here: fibers, time, the Jacdac service.
 */
export class NativeEngine implements Engine {
  private readonly fibers = new Fibers()
  private server: ServiceServer | undefined
  private readonly spec = readServiceSpec()
  private hasStarted = false
  private hasStopped = false
  /** What was thrown outside the microcontroller while the firmware did something there. */
  private outside: Error | undefined

  constructor(private readonly options: NativeOptions) {}

  process(): number {
    if (this.hasStopped) return MOST_ms
    if (!this.hasStarted && this.options.host.now_ms() >= START_ms) this.start()
    let now_ms = this.now_ms()
    // What runs takes bus time, in which more may fall due.
    while (now_ms >= this.fibers.due_ms) {
      this.run(now_ms)
      now_ms = this.now_ms()
    }
    return Math.min(MOST_ms, this.fibers.due_ms - now_ms)
  }

  receive(frame: Uint8Array): void {
    for (const packet of commandsTo(this.options.deviceId, frame))
      if (packet.serviceIndex === COINCELL_SERVICE) this.server?.receive(packet)
  }

  /** As `ds.millis` counts. */
  private now_ms(): number {
    return Math.floor(this.options.host.now_ms() + PHASE_ms)
  }

  private start(): void {
    this.hasStarted = true
    this.fibers.now_ms = this.now_ms()
    this.fibers.start(new Call(this.main()))
    this.fibers.start(new Call(this.announce()))
  }

  private run(now_ms: number): void {
    try {
      this.fibers.run(now_ms)
      if (this.outside !== undefined) throw this.outside
    } catch (error) {
      if (this.outside !== undefined) throw this.outside
      // An exception that nobody catches ends a script.
      this.options.host.log(String((error as Error).stack))
      this.options.host.panic(1)
      this.fibers.stop()
      this.hasStopped = true
    }
  }

  private *main() {
    const { i2c, spi, boardName } = this.options
    const { Bus, run, freeBus } = loadFirmware(this.libraries())
    const transact = (address: number, write: Uint8Array, read: Uint8Array = NOTHING) =>
      this.ask(() => i2c.transact(address, write, read))
    const bus = new Bus(
      ({ address, write, read }) => transact(address, write, read),
      (address, write, read = NOTHING): Transaction => ({ address, write, read }),
      transact,
    )
    const { lines } = i2c
    const isFree = freeBus(
      {
        low: () => lines.setSda(false),
        release: () => lines.setSda(true),
        isHigh: () => lines.sda,
      },
      {
        low: () => lines.setScl(false),
        release: () => lines.setScl(true),
        isHigh: () => lines.scl,
      },
    )
    const transfer: SpiBus["transfer"] = (send, receive) =>
      this.ask(() => spi.transfer(send, receive))
    yield run(boardName, bus, { transfer }, isFree, "")
  }

  /**
   * Does something outside the microcontroller. What is thrown there, such as the end of its power, is not for the
   * firmware to catch: from then on it does nothing more, and the error goes to whoever runs the engine.
   */
  private ask<T>(work: () => T): T {
    if (this.outside !== undefined) throw this.outside
    try {
      return work()
    } catch (error) {
      this.outside = error as Error
      throw error
    }
  }

  private *announce() {
    let frame: Uint8Array = NOTHING
    for (let count = 1; ; count++) {
      yield new Sleep(ANNOUNCE_ms)
      if (this.server === undefined) continue
      if (count <= MOST_COUNTED) frame = this.announcement(count)
      this.options.host.frame(frame)
    }
  }

  private announcement(count: number): Uint8Array {
    const data = jdpack("u16 u8 u8 u32", [count, 0, 0, this.spec.classIdentifier])
    const packet = { serviceIndex: CONTROL_SERVICE, command: ANNOUNCE, data }
    return reportFrame(this.options.deviceId, packet)
  }

  private send(packet: Packet): void {
    this.options.host.frame(reportFrame(this.options.deviceId, packet))
  }

  /** What the firmware imports of DeviceScript. */
  private libraries(): Record<string, unknown> {
    const { fibers, spec } = this
    const startServer = (server: object) => {
      this.server = new ServiceServer(spec, server, fibers, (packet) => this.send(packet))
    }
    return {
      "@devicescript/core": {
        millis: () => fibers.now_ms,
        sleep: (duration_ms: number) => new Sleep(duration_ms),
        reboot: () => {
          this.ask(() => {
            throw new McuReset("command")
          })
        },
        ...serviceNames(spec),
      },
      "@devicescript/server": { Server, startServer },
      "@devicescript/drivers": { I2CDriver },
      "@devicescript/i2c": { I2C: class {} },
    }
  }
}

class Server {
  constructor(readonly spec: unknown) {}
}

class I2CDriver {
  constructor(readonly devAddr: number) {}
}
