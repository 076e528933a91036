/**
 * MCP23008, 8-bit I/O expander: Microchip DS21919E (2007), sections 1.2 (power-on), 1.3 (serial
 * interface, sequential operation), 1.6 (registers).
 *
 * Interrupt-on-change is not modelled. INTF and INTCAP are read-only; writing them has no effect.
 */
import { ChipModelError, type I2cChip } from "./chip"

const IODIR = 0x00 // 1: input; FFh at power-on
const GPINTEN = 0x02 // interrupt on change
const IOCON = 0x05 // configuration
const GPPU = 0x06 // pull-ups
const INTF = 0x07 // read-only
const INTCAP = 0x08 // read-only
const GPIO = 0x09 // reads the pins, writes OLAT
const OLAT = 0x0a // output latch
const IPOL = 0x01 // 1: the pin reads inverted
const REGISTERS = 11

const IOCON_SEQOP = 0x20 // 1: the address stands still
const IOCON_IMPLEMENTED = 0x3e // the rest reads 0

export class Mcp23008 implements I2cChip {
  readonly name: string
  private readonly onPins: (driven: number, level: number) => void
  private readonly readInputs: (() => number) | undefined
  private readonly registers = new Uint8Array(REGISTERS)
  private powered = false
  private pointer = 0
  private addressed = false

  constructor(options: {
    name: string
    /** The pins that the chip drives, and their levels; a level counts only where driven. */
    onPins: (driven: number, level: number) => void
    /** Levels that the circuit gives to pins which are inputs. */
    readInputs?: () => number
  }) {
    this.name = options.name
    this.onPins = options.onPins
    this.readInputs = options.readInputs
  }

  powerOn(): void {
    this.powered = true
    this.pointer = 0
    this.registers.fill(0)
    this.registers[IODIR] = 0xff
    this.onPins(0, 0)
  }

  powerOff(): void {
    if (!this.powered) return
    this.powered = false
    this.onPins(0, 0)
  }

  start(read: boolean): boolean {
    this.addressed = read
    return this.powered
  }

  write(byte: number): boolean {
    if (!this.powered) return false
    if (!this.addressed) {
      if (byte >= REGISTERS) throw new ChipModelError(this.name, `register ${byte.toString(16)}h`)
      this.pointer = byte
      this.addressed = true
      return true
    }
    this.writeRegister(this.pointer, byte)
    this.advance()
    return true
  }

  read(): number {
    if (!this.powered) return 0xff
    const value = this.pointer === GPIO ? this.readPins() : this.registers[this.pointer]
    this.advance()
    return value
  }

  stop(): void {}

  /** The address rolls over to 00h after the last register. */
  private advance(): void {
    if ((this.registers[IOCON] & IOCON_SEQOP) !== 0) return
    this.pointer = this.pointer === OLAT ? IODIR : this.pointer + 1
  }

  private writeRegister(address: number, value: number): void {
    const registers = this.registers
    switch (address) {
      case IODIR:
        this.drive(value, registers[OLAT])
        break
      case GPIO:
      case OLAT:
        this.drive(registers[IODIR], value)
        break
      case INTF:
      case INTCAP:
        break
      case IOCON:
        registers[IOCON] = value & IOCON_IMPLEMENTED
        break
      case GPINTEN:
        if (value !== 0) throw new ChipModelError(this.name, "interrupt-on-change enabled")
        break
      default:
        registers[address] = value
    }
  }

  private drive(direction: number, latch: number): void {
    const registers = this.registers
    if (registers[IODIR] === direction && registers[OLAT] === latch) return
    registers[IODIR] = direction
    registers[OLAT] = latch
    this.onPins(~direction & 0xff, latch)
  }

  private readPins(): number {
    const inputs = this.registers[IODIR]
    let level = this.registers[GPPU]
    if (this.readInputs !== undefined) level = this.readInputs()
    else if ((inputs & ~level) !== 0) {
      throw new ChipModelError(this.name, "GPIO read of an input that nothing drives")
    }
    return ((this.registers[OLAT] & ~inputs) | (level & inputs)) ^ this.registers[IPOL]
  }
}
