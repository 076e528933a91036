import { readFileSync } from "node:fs"
import { readUf2 } from "../../firmware/image/uf2"
import { encodeFrame, JdUsbDecoder } from "../../host/transport/jdusb"
import { SimulatedBoard } from "../../sim/board"
import type { PicoChip } from "../../sim/pico/chip"
import { PicoFlash } from "../../sim/pico/flash"
import { PicoMcu } from "../../sim/pico/mcu"

/** What the probe can be told (`firmware/probe.h`). */
const ORDERS = [
  "none",
  "i2c",
  "i2cByteByByte",
  "spi",
  "flashErase",
  "flashProgram",
  "flashId",
  "adc",
  "sleep",
  "spin",
  "pins",
  "drive",
  "random",
  "rom",
  "romFloat",
  "uart",
  "reset",
] as const
type Order = (typeof ORDERS)[number]

/** Of the mailbox in SRAM: its order, arguments, answer, how long it took, bytes. */
const MAILBOX = 0x40000
const ARGUMENTS = 4
const ANSWER = 36
const TOOK = 44
const BYTES = 48
/** An order that is not carried out in so long never will be. */
const MOST_ms = 2_000
export const SYSTEM_kHz = 125_000
/** What the controller adds to a bit, in cycles: RP2040 datasheet, 4.3.14.1. */
const BIT_OVERHEAD_CYCLES = 8

export const probeUf2 = new URL("firmware/probe.uf2", import.meta.url)
export const UNIQUE_ID = Uint8Array.of(0xe6, 0x60, 0x38, 0xb7, 0x13, 0x12, 0x34, 0x56)

export interface Done {
  answer: number
  took_us: number
  bytes: Uint8Array
}

/** The probe in an emulated Pico on a simulated board, whose chips are the usual ones. */
export class Probe {
  readonly board: SimulatedBoard
  readonly pico: PicoMcu
  /** What came over USB. */
  readonly frames: Uint8Array[] = []

  constructor(options: { seed?: number; bootRom?: Uint8Array; opening?: Uint8Array[] } = {}) {
    const flash = new PicoFlash(UNIQUE_ID)
    flash.install(readUf2(readFileSync(probeUf2)))
    const codec = {
      opening: options.opening ?? [],
      encode: encodeFrame,
      decoder: (onFrame: (frame: Uint8Array) => void, onLine: (line: string) => void) =>
        new JdUsbDecoder(onFrame, onLine),
    }
    this.pico = new PicoMcu(flash, codec, options.bootRom)
    const seed = options.seed ?? 1
    this.board = new SimulatedBoard({ seed, firmware: this.pico.mcu, errors: { crystal: false } })
    this.board.onFrame = (frame) => this.frames.push(frame)
    this.board.powerOn()
    this.board.advanceBy_ms(1)
  }

  get chip(): PicoChip {
    if (this.pico.chip === undefined) throw new Error("The board is off.")
    return this.pico.chip
  }

  /** Gives an order, without waiting for it. */
  order(order: Order, arguments_: number[] = [], bytes: ArrayLike<number> = []): void {
    const { sram, sramView } = this.chip.rp2040
    sram.set(bytes, MAILBOX + BYTES)
    for (const [i, value] of arguments_.entries())
      sramView.setUint32(MAILBOX + ARGUMENTS + 4 * i, value >>> 0, true)
    sramView.setUint32(MAILBOX, ORDERS.indexOf(order), true)
  }

  get isDone(): boolean {
    return this.chip.rp2040.sramView.getUint32(MAILBOX, true) === 0
  }

  /** @throws Error when it hangs */
  do(order: Order, arguments_: number[] = [], bytes: ArrayLike<number> = []): Done {
    this.order(order, arguments_, bytes)
    const until_ms = this.board.now_ms + MOST_ms
    while (!this.isDone) {
      if (this.board.now_ms > until_ms) throw new Error(`The probe hangs in ${order}.`)
      this.board.advanceBy_ms(0.2)
    }
    const { sram, sramView } = this.chip.rp2040
    return {
      answer: sramView.getInt32(MAILBOX + ANSWER, true),
      took_us: sramView.getUint32(MAILBOX + TOOK, true),
      bytes: sram.slice(MAILBOX + BYTES, MAILBOX + BYTES + 1024),
    }
  }

  /** An I2C transaction at 400 kHz: writes, then reads after a repeated start. */
  i2c(address: number, write: number[], read = 0, order: "i2c" | "i2cByteByByte" = "i2c") {
    const bit_cycles = Math.round(SYSTEM_kHz / 400) - BIT_OVERHEAD_CYCLES
    const done = this.do(order, [address, write.length, read, bit_cycles], write)
    return {
      acknowledged: done.answer === 0,
      answer: done.answer,
      read: [...done.bytes.slice(0, read)],
      took_us: done.took_us,
    }
  }

  /** An SPI transfer; gives what came. */
  spi(send: ArrayLike<number>, byDma = true): { received: number[]; took_us: number } {
    const done = this.do("spi", [send.length, byDma ? 1 : 0], send)
    return { received: [...done.bytes.slice(0, send.length)], took_us: done.took_us }
  }
}
