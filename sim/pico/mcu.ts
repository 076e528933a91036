import type { Engine, Mcu, Surroundings } from "../engine"
import { manifest } from "../manifest"
import { McuReset } from "../mcuReset"
import { ChipReset, PicoChip } from "./chip"
import type { PicoFlash } from "./flash"
import type { I2cWires } from "./i2c"
import type { PinWires } from "./pins"

/** The host's end of the serial line: how it takes the board's bytes for frames, and frames for bytes. */
export interface SerialCodec {
  /** What a host says when it opens a port. */
  opening: readonly Uint8Array[]
  encode(frame: Uint8Array): Uint8Array
  /** Takes a board's bytes apart, from its reset on. */
  decoder(
    onFrame: (frame: Uint8Array) => void,
    onLine: (line: string) => void,
  ): {
    push(bytes: Uint8Array): void
  }
}

/** Bus accesses that follow each other within this are of one piece of work, µs. A control loop sleeps for longer. */
const SAME_WORK_us = 10_000
/** Longest stretch of the chip's time between two looks at the board around it, ns. */
const SLICE_ns = 200_000

/** A pin's number of its name in the manifest: GP4. */
function pinNumber(name: string): number {
  return Number(name.slice("GP".length))
}

const { i2c: i2cPins, busFreeing, spi: spiPins } = manifest.boards.pico
const SDA = pinNumber(i2cPins.sda)
const SCL = pinNumber(i2cPins.scl)
/** On the same wires, to free them by hand while the controller has not been configured. */
const FREEING_SDA = pinNumber(busFreeing.sda)
const FREEING_SCL = pinNumber(busFreeing.scl)
const SELECT = pinNumber(spiPins.select)

/** A Pico in the emulator, for a board's socket. */
export class PicoMcu {
  /** The one that runs since the last reset. */
  chip: PicoChip | undefined
  /** Resets of the MCU by itself. */
  resets = 0
  /** Time from the first to the last bus access of each piece of work, µs: for a program that never sleeps. */
  worked_us = 0
  private isPlugged = true

  constructor(
    readonly flash: PicoFlash,
    private readonly codec: SerialCodec,
    private readonly bootRom?: Uint8Array,
  ) {}

  /** What `SimulatedBoard` is given as its firmware. */
  readonly mcu: Mcu = (around) => {
    const engine = new PicoEngine(around, this.codec, (wires) => {
      this.chip = new PicoChip({
        ...wires,
        flash: this.flash,
        bootRom: this.bootRom,
        random: around.random,
        plugged: this.isPlugged,
      })
      return this.chip
    })
    engine.onReset = () => this.resets++
    engine.onWork = (duration_us) => {
      this.worked_us += duration_us
    }
    return engine
  }

  /** Plugs the board's USB into a host. It has power all along. */
  plug(): void {
    this.isPlugged = true
    this.chip?.usb.plug()
  }

  unplug(): void {
    this.isPlugged = false
    this.chip?.usb.unplug()
  }
}

interface Wires {
  i2c: I2cWires
  pins: PinWires
  spi(mosi: number): number
}

/** One run of the chip on a board, whose clock it moves. */
class PicoEngine implements Engine {
  onReset: () => void = () => {}
  onWork: (duration_us: number) => void = () => {}
  private lastAccess_us = Number.NEGATIVE_INFINITY
  private readonly chip: PicoChip
  private readonly origin_us: number
  private readonly us_per_ns: number

  constructor(
    private readonly around: Surroundings,
    private readonly codec: SerialCodec,
    make: (wires: Wires) => PicoChip,
  ) {
    this.origin_us = around.clock.now_us
    this.us_per_ns = around.tick_us / 1e6
    this.chip = make({ i2c: this.i2cWires(), pins: this.pinWires(), spi: (mosi) => this.spi(mosi) })
    this.listen()
  }

  process(): number {
    const { chip, around } = this
    try {
      chip.pins.settle()
      chip.runUntil_ns(chip.now_ns + SLICE_ns)
    } catch (error) {
      if (!(error instanceof ChipReset)) throw error
      this.onReset()
      around.host.log(error.message)
      throw new McuReset("command")
    } finally {
      this.keepTime()
    }
    // It has let its time pass itself.
    return 0
  }

  receive(frame: Uint8Array): void {
    this.chip.usb.send(this.codec.encode(frame))
  }

  private listen(): void {
    const { usb } = this.chip
    const { host } = this.around
    const decoder = this.codec.decoder(
      (frame) => host.frame(frame),
      (line) => host.log(line),
    )
    usb.onBytes = (bytes) => decoder.push(bytes)
    usb.onOpen = () => {
      for (const frame of this.codec.opening) usb.send(this.codec.encode(frame))
    }
  }

  private keepTime(): void {
    const { clock } = this.around
    clock.now_us = Math.max(clock.now_us, this.now_us)
  }

  private get now_us(): number {
    return this.origin_us + this.chip.now_ns * this.us_per_ns
  }

  private i2cWires(): I2cWires {
    const { i2c, supply } = this.around
    return {
      now: () => this.keepTime(),
      held_ns: () =>
        i2c.lines.isStuck
          ? Number.POSITIVE_INFINITY
          : Math.max(0, (i2c.heldUntil_us - this.now_us) / this.us_per_ns),
      chipAt: (address) => i2c.chipAt(address),
      counts: (isAddress, isRead) => {
        supply.byte()
        this.access()
        if (!isAddress) i2c.bytes++
        else if (isRead) i2c.reads++
        else i2c.transactions++
      },
    }
  }

  private pinWires(): PinWires {
    const { i2c, spi } = this.around
    const { lines } = i2c
    return {
      pulledUp: [SDA, SCL, FREEING_SDA, FREEING_SCL],
      isHeldLow: (pin) =>
        pin === SDA || pin === FREEING_SDA
          ? !lines.sda
          : (pin === SCL || pin === FREEING_SCL) && !lines.scl,
      onDriven: (pin, level) => {
        this.keepTime()
        if (pin === FREEING_SDA) lines.setSda(level !== false)
        else if (pin === FREEING_SCL) lines.setScl(level !== false)
        else if (pin === SELECT && level === true) spi.deselect()
        else if (pin === SELECT && level === false) spi.select()
      },
    }
  }

  private access(): void {
    const { now_us } = this.around.clock
    const since_us = now_us - this.lastAccess_us
    if (since_us < SAME_WORK_us) this.onWork(since_us)
    this.lastAccess_us = now_us
  }

  private spi(mosi: number): number {
    this.keepTime()
    this.access()
    return this.around.spi.byte(mosi)
  }
}
