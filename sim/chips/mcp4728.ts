/**
 * MCP4728, four 12-bit DACs with EEPROM: Microchip DS22187E (2010), sections 4.4 (output
 * formula), 4.8 and Table 4-5 (/LDAC and /UDAC), 5.6 (commands), Figures 5-7 to 5-10 and 5-15.
 *
 * The /LDAC pin is tied low, as a fast write needs to move the outputs; by Table 4-5 /UDAC then has
 * no effect. With `ldacHigh` a fast write stays in the input registers and /UDAC decides.
 * Assumed: a write while the EEPROM is busy is acknowledged and dropped; one busy period covers a
 * whole sequential write; a cut leaves the cells before it written and the cell it hits at FFh.
 */
import type { Clock } from "../clock"
import { ChipModelError, type I2cChip } from "./chip"

// First byte of a write, by its upper bits.
const FAST_WRITE = 0 // 00 PD1 PD0 D11…D8
const MULTI_WRITE = 0x40 // 01000 DAC1 DAC0 /UDAC
const SEQUENTIAL_WRITE = 0x50 // 01010 DAC1 DAC0 /UDAC, from that channel to D, with EEPROM
const SINGLE_WRITE = 0x58 // 01011 DAC1 DAC0 /UDAC, with EEPROM

const UDAC = 0x01 // 0: move the output now
const VREF = 0x80 // 1: internal 2.048 V; 0: VDD
const PD = 0x60 // other than 00: output off, loaded to ground
const GX = 0x10 // 1: ×2, with the internal reference only
const RDY = 0x80 // read-back: 1 ready, 0 EEPROM being written
const POR = 0x40 // read-back: 1 powered

const INTERNAL_REFERENCE_V = 2.048
const EEPROM_TYPICAL_us = 25_000
const EEPROM_MAXIMUM_us = 50_000
const CHANNELS = 4
const NO_COMMAND = -1
const IGNORED = -2

/** How one DAC differs from the ideal, by channel A…D. */
export interface DacErrors {
  offset_V: number[]
  /** Relative. */
  gainError: number[]
  integralNonlinearity_LSB: (channel: number, code: number) => number
}

export const IDEAL_DAC: DacErrors = {
  offset_V: [0, 0, 0, 0],
  gainError: [0, 0, 0, 0],
  integralNonlinearity_LSB: () => 0,
}

/** EEPROM contents of a board that wakes at half of VDD on every channel. */
export function eepromAtMidScale(): Uint8Array {
  return Uint8Array.of(0x08, 0x00, 0x08, 0x00, 0x08, 0x00, 0x08, 0x00)
}

export class Mcp4728 implements I2cChip {
  readonly name: string
  private readonly clock: Clock
  private readonly reference_V: () => number
  private readonly errors: DacErrors
  private readonly eeprom: Uint8Array
  private readonly onOutput: (channel: number, voltage_V: number) => void
  private readonly addressBits: number
  private readonly ldacHigh: boolean
  private readonly eepromWrite_us: number

  // Two bytes a channel as in the EEPROM: VREF PD1 PD0 Gx D11…D8 | D7…D0.
  private readonly input = new Uint8Array(2 * CHANNELS)
  private readonly output = new Uint8Array(2 * CHANNELS)
  private readonly voltages_V = new Float64Array(CHANNELS)
  /** Each channel's nonlinearity at the code for which it was last asked: most codes stand still. */
  private readonly nonlinearity_LSB = new Float64Array(CHANNELS)
  private readonly nonlinearityAt = new Int16Array(CHANNELS).fill(-1)

  private powered = false
  private command = NO_COMMAND
  private index = 0 // bytes since the address byte
  private channel = 0
  private udac = 0
  private high = 0
  private readIndex = 0

  private writing = false
  private readonly written = new Uint8Array(2 * CHANNELS)
  private writtenFrom = 0
  private writtenTo = 0
  private busyUntil_us = 0

  constructor(options: {
    name: string
    clock: Clock
    /** VDD, which is also the external reference. */
    reference_V: () => number
    errors: DacErrors
    /** 4 × 2 bytes; persists over power cuts, the caller owns it. */
    eeprom: Uint8Array
    onOutput: (channel: number, voltage_V: number) => void
    /** Read-back carries its lower three bits. */
    address?: number
    ldacHigh?: boolean
    timing?: "typical" | "maximum"
  }) {
    this.name = options.name
    this.clock = options.clock
    this.reference_V = options.reference_V
    this.errors = options.errors
    this.eeprom = options.eeprom
    this.onOutput = options.onOutput
    this.addressBits = (options.address ?? 0x60) & 7
    this.ldacHigh = options.ldacHigh ?? false
    this.eepromWrite_us = options.timing === "maximum" ? EEPROM_MAXIMUM_us : EEPROM_TYPICAL_us
  }

  powerOn(): void {
    this.powered = true
    this.command = NO_COMMAND
    this.input.set(this.eeprom)
    for (let channel = 0; channel < CHANNELS; channel++) this.update(channel)
  }

  powerOff(): void {
    if (!this.powered) return
    this.settle()
    if (this.writing) this.tear()
    this.powered = false
    for (let channel = 0; channel < CHANNELS; channel++) this.announce(channel, 0)
  }

  /** Tells all four outputs again, after the reference has moved. */
  refresh(): void {
    if (!this.powered) return
    for (let channel = 0; channel < CHANNELS; channel++)
      this.announce(channel, this.compute_V(channel))
  }

  output_V(channel: number): number {
    return this.voltages_V[channel]
  }

  start(read: boolean): boolean {
    if (!this.powered) return false
    this.settle()
    this.index = 0
    this.readIndex = 0
    this.command = !read && this.writing ? IGNORED : NO_COMMAND
    return true
  }

  write(byte: number): boolean {
    if (!this.powered) return false
    if (this.command === IGNORED) return true
    const index = this.index++
    if (index === 0) this.begin(byte)
    switch (this.command) {
      case FAST_WRITE:
        if (this.channel === CHANNELS)
          throw new ChipModelError(this.name, "fast write past channel D")
        if ((index & 1) === 0) {
          // VREF and Gx stay; the two command bits of a later channel are "don't care".
          const kept = this.input[2 * this.channel] & (VREF | GX)
          this.high = kept | ((byte << 1) & PD) | (byte & 0x0f)
        } else this.writeInput(this.channel++, byte, !this.ldacHigh)
        break
      case MULTI_WRITE:
        if (index % 3 === 0) this.select(byte)
        else if (index % 3 === 1) this.high = byte
        else this.writeInput(this.channel, byte, !this.ldacHigh || this.udac === 0)
        break
      default: // sequential and single write, the command byte and then two bytes a channel
        if (index === 0) break
        if (this.writing) throw new ChipModelError(this.name, "bytes after an EEPROM write's last")
        if ((index & 1) === 1) this.high = byte
        else this.writeWithEeprom(byte)
    }
    return true
  }

  read(): number {
    if (!this.powered) return 0xff
    this.settle()
    const byte = this.readIndex % 3
    const group = (this.readIndex - byte) / 3 // A register, A EEPROM, B register, …
    const channel = group >> 1
    this.readIndex = (this.readIndex + 1) % (6 * CHANNELS)
    if (byte === 0) return (this.writing ? 0 : RDY) | POR | (channel << 4) | this.addressBits
    return (group & 1 ? this.eeprom : this.input)[2 * channel + byte - 1]
  }

  stop(): void {
    if (this.command === SEQUENTIAL_WRITE && this.channel > this.writtenFrom / 2 && !this.writing) {
      throw new ChipModelError(this.name, "sequential write that stops before channel D")
    }
    this.command = NO_COMMAND
  }

  private begin(byte: number): void {
    this.channel = 0
    if ((byte & 0xc0) === 0) {
      this.command = FAST_WRITE
      return
    }
    this.command = byte & 0xf8
    this.select(byte)
    this.writtenFrom = 2 * this.channel
    if (
      this.command !== MULTI_WRITE &&
      this.command !== SEQUENTIAL_WRITE &&
      this.command !== SINGLE_WRITE
    ) {
      throw new ChipModelError(this.name, `write command ${byte.toString(2).padStart(8, "0")}b`)
    }
  }

  private select(byte: number): void {
    this.channel = (byte >> 1) & 3
    this.udac = byte & UDAC
  }

  private writeInput(channel: number, low: number, move: boolean): void {
    this.input[2 * channel] = this.high
    this.input[2 * channel + 1] = low
    if (move) this.update(channel)
  }

  private writeWithEeprom(low: number): void {
    const channel = this.channel++
    this.writeInput(channel, low, !this.ldacHigh || this.udac === 0)
    this.written[2 * channel] = this.high
    this.written[2 * channel + 1] = low
    if (this.command === SEQUENTIAL_WRITE && this.channel < CHANNELS) return
    this.writtenTo = 2 * this.channel
    this.busyUntil_us = this.clock.now_us + this.eepromWrite_us
    this.writing = true
  }

  /** Ends an EEPROM write whose time has come. */
  private settle(): void {
    if (!this.writing || this.clock.now_us < this.busyUntil_us) return
    for (let i = this.writtenFrom; i < this.writtenTo; i++) this.eeprom[i] = this.written[i]
    this.writing = false
  }

  private tear(): void {
    const progress = 1 - (this.busyUntil_us - this.clock.now_us) / this.eepromWrite_us
    const cells = this.writtenTo - this.writtenFrom
    const hit = this.writtenFrom + Math.min(Math.floor(progress * cells), cells - 1)
    for (let i = this.writtenFrom; i < hit; i++) this.eeprom[i] = this.written[i]
    this.eeprom[hit] = 0xff
    this.writing = false
  }

  private update(channel: number): void {
    this.output[2 * channel] = this.input[2 * channel]
    this.output[2 * channel + 1] = this.input[2 * channel + 1]
    this.announce(channel, this.compute_V(channel))
  }

  private announce(channel: number, voltage_V: number): void {
    this.voltages_V[channel] = voltage_V
    this.onOutput(channel, voltage_V)
  }

  private compute_V(channel: number): number {
    const high = this.output[2 * channel]
    if ((high & PD) !== 0) return 0
    const code = ((high & 0x0f) << 8) | this.output[2 * channel + 1]
    const supply_V = this.reference_V()
    const internal_V = high & GX ? 2 * INTERNAL_REFERENCE_V : INTERNAL_REFERENCE_V
    const span_V = high & VREF ? internal_V : supply_V
    const errors = this.errors
    if (this.nonlinearityAt[channel] !== code) {
      this.nonlinearityAt[channel] = code
      this.nonlinearity_LSB[channel] = errors.integralNonlinearity_LSB(channel, code)
    }
    const ideal_V = (span_V * (code + this.nonlinearity_LSB[channel])) / 4096
    const voltage_V = ideal_V * (1 + errors.gainError[channel]) + errors.offset_V[channel]
    return Math.max(0, Math.min(supply_V, voltage_V)) // the output amplifier ends at its rails
  }
}
