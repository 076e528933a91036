import { type Logger, type RP2040, Simulator } from "rp2040js"
import type { Random } from "../random"
import { BootRom } from "./bootRom"
import { FLASH_BYTES, type PicoFlash } from "./flash"
import { FlashPins, FlashPort } from "./flashPort"
import { type I2cWires, PicoI2c } from "./i2c"
import { type PinWires, Pins } from "./pins"
import { Registers, RingOscillator } from "./registers"
import type { RomFunction } from "./romFloats"
import { mendTimer } from "./timer"
import { mendUarts } from "./uart"
import { UsbHost } from "./usbHost"

/** The program asks for a reset of the chip, which makes another `PicoChip` over the same flash. */
export class ChipReset extends Error {
  constructor(readonly why: "program" | "watchdog" | "boot drive") {
    super(`The RP2040 is reset: ${why}.`)
    this.name = "ChipReset"
  }
}

/** The program ran into a breakpoint or nowhere. */
export class ChipFault extends Error {
  constructor(readonly at: number) {
    super(`The program on the RP2040 stopped at 0x${at.toString(16)}.`)
    this.name = "ChipFault"
  }
}

export interface PicoChipOptions {
  flash: PicoFlash
  /** The chip's own boot ROM, 16 kB; without it, one that answers for what Raspberry Pi's SDK asks of it. */
  bootRom?: Uint8Array
  random: Random
  i2c: I2cWires
  pins: PinWires
  /** A byte each way on SPI0. */
  spi: (mosi: number) => number
  /** Whether its USB has a host. */
  plugged: boolean
}

/** Where a second stage is entered, at the start of flash. */
const SECOND_STAGE = 0x10000000
// Blocks by their address, as the emulator keeps them: RP2040 datasheet, 2.2.
const SSI = 0x18000
const IO_QSPI = 0x40018
const I2C0 = 0x40044
const WATCHDOG = 0x40058
const ROSC = 0x40060
const CHIP_RESET = 0x40064
const I2C0_IRQ = 23
const AIRCR = 0xd0c // Cortex-M0+ application interrupt and reset control
const SYSRESETREQ = 4

/** VSYS of a Pico, 5 V, by its divider of three: a Pico W has its radio there, and reads less. */
const VSYS_CODE = 2070
/** 27 °C: 0.706 V of 3.3 V. */
const TEMPERATURE_CODE = 876

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** One life of an RP2040, from reset to reset, in the emulator, with what that lacks. Core 1 stays asleep. */
export class PicoChip {
  readonly rp2040: RP2040
  readonly usb: UsbHost
  readonly pins: Pins
  /** Of its time, what it was awake, ns. */
  awake_ns = 0
  private readonly clock: Simulator["clock"]

  constructor(private readonly options: PicoChipOptions) {
    const { rp2040, clock } = new Simulator()
    this.rp2040 = rp2040
    this.clock = clock
    rp2040.logger = silent
    this.solder()
    this.mend()
    this.pins = new Pins(rp2040, options.pins)
    this.usb = new UsbHost(rp2040.usbCtrl, options.plugged)
    const rom = this.bootRom()
    rom.install(rp2040)
    rp2040.onBreak = () => {
      const at = rp2040.core.PC - 2
      if (!rom.call(rp2040, at)) throw new ChipFault(at)
    }
    rp2040.flash.set(options.flash.content)
    rp2040.core.reset()
    // The ROM's own search for a second stage is left out; it takes some milliseconds.
    rp2040.core.PC = SECOND_STAGE
    rp2040.core.LR = 0
  }

  /** Since its reset. */
  get now_ns(): number {
    return this.clock.nanos
  }

  /** @throws ChipReset, ChipFault, and what the board's end of a bus throws */
  runUntil_ns(until_ns: number): void {
    const { rp2040, clock } = this
    const { core } = rp2040
    while (clock.nanos < until_ns) {
      if (core.waiting) {
        this.sleep(until_ns - clock.nanos)
        continue
      }
      // What the ROM's functions and the divider take, they add to the core's cycles themselves.
      const { cycles } = core
      core.executeInstruction()
      const duration_ns = ((core.cycles - cycles) * 1e9) / rp2040.clkSys
      this.awake_ns += duration_ns
      clock.tick(duration_ns)
    }
  }

  private sleep(most_ns: number): void {
    const { clock } = this
    const { core } = this.rp2040
    // The emulator tells 0 of an alarm that is due, and of none at all.
    clock.tick(0)
    if (!core.waiting) return
    const next_ns = clock.nanosToNextAlarm
    clock.tick(next_ns === 0 ? most_ns : Math.min(next_ns, most_ns))
  }

  private solder(): void {
    const { rp2040, options } = this
    const i2c = new PicoI2c(rp2040, "I2C0", I2C0_IRQ, options.i2c)
    rp2040.i2c[0] = i2c
    rp2040.peripherals[I2C0] = i2c
    const [spi] = rp2040.spi
    let mosi = 0
    const sent = this.clock.createAlarm(() => spi.completeTransmit(options.spi(mosi)))
    spi.onTransmit = (byte) => {
      mosi = byte
      sent.schedule((spi.dataBits * 1e9) / spi.clockFrequency)
    }
    rp2040.adc.channelValues[3] = VSYS_CODE
    rp2040.adc.channelValues[4] = TEMPERATURE_CODE
  }

  /** What the emulator leaves out or undone. */
  private mend(): void {
    const { rp2040, options } = this
    const { core, ppb, peripherals } = rp2040
    const port = new FlashPort(peripherals[SSI], options.flash)
    peripherals[SSI] = port
    peripherals[IO_QSPI] = new FlashPins(port)
    peripherals[ROSC] = new RingOscillator(() => options.random.uint32() & 1)
    peripherals[CHIP_RESET] = new Registers()
    mendTimer(rp2040)
    mendUarts(rp2040)
    ;(peripherals[WATCHDOG] as unknown as { onWatchdogTrigger(): void }).onWatchdogTrigger = () => {
      throw new ChipReset("watchdog")
    }
    const write = ppb.writeUint32.bind(ppb)
    ppb.writeUint32 = (offset, value) => {
      if (offset === AIRCR && (value & SYSRESETREQ) !== 0) throw new ChipReset("program")
      if (offset !== AIRCR) write(offset, value)
    }
    // With interrupts masked, a pending one ends a sleep but is not served.
    const check = core.checkForInterrupts.bind(core)
    core.checkForInterrupts = () =>
      core.waiting && core.PM ? (core.pendingInterrupts & core.enabledInterrupts) !== 0 : check()
  }

  private bootRom(): BootRom {
    const { rp2040 } = this
    const { flash, bootRom } = this.options
    const nothing: RomFunction = () => 0
    const cycles = (time_us: number) => Math.round((time_us * rp2040.clkSys) / 1e6)
    const seen = () => rp2040.flash.set(flash.content.subarray(0, FLASH_BYTES))
    const calls: Record<string, RomFunction> = {
      IF: nothing,
      EX: nothing,
      FC: nothing,
      CX: nothing,
      RE: ({ core }) => {
        const [at, count] = core.registers
        const time_us = flash.erase(at, count)
        seen()
        return cycles(time_us)
      },
      RP: ({ core }) => {
        const [at, from, count] = core.registers
        const bytes = Uint8Array.from({ length: count }, (_, i) => rp2040.readUint8(from + i))
        const time_us = flash.program(at, bytes)
        seen()
        return cycles(time_us)
      },
      UB: () => {
        throw new ChipReset("boot drive")
      },
    }
    return bootRom === undefined ? BootRom.own(calls) : BootRom.of(bootRom, calls)
  }
}
