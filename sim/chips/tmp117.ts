/**
 * TMP117, temperature sensor: TI SNOSD82D (September 2022), sections 7.3.1 (power up), 7.4
 * (modes), 7.6 (registers), Table 7-7 (cycle times).
 *
 * Alerts, limits, the ALERT pin and the EEPROM are not modelled. Assumed: a write to the
 * configuration restarts the cycle; a soft reset starts like a power-up; a third byte is an error.
 * The temperature is taken when a finished conversion is noticed, not when it ended.
 */
import type { Clock } from "../clock"
import { ChipModelError, type I2cChip } from "./chip"

const TEMP_RESULT = 0x00
const CONFIGURATION = 0x01
const THIGH_LIMIT = 0x02
const TLOW_LIMIT = 0x03
const EEPROM_UL = 0x04
const TEMP_OFFSET = 0x07
const DEVICE_ID = 0x0f

const DATA_READY = 0x2000 // cleared by reading TEMP_RESULT or CONFIGURATION
const MOD = 0x0c00 // 00 and 10 continuous, 01 shutdown, 11 one-shot
const MOD_SHUTDOWN = 0x0400
const MOD_CONTINUOUS_2 = 0x0800 // reads back as 00
const ALERT_FUNCTIONS = 0x001c // T/nA, POL, DR/Alert
const SOFT_RESET = 0x0002
const WRITABLE = 0x0fe0 // MOD, CONV, AVG

const NO_RESULT = 0x8000 // −256 °C, until the first conversion
const LSB_PER_degC = 128
const STARTUP_us = 1_500
const CONVERSION_us = 15_500 // one of the 1, 8, 32 or 64 that are averaged
const AVERAGES = [1, 8, 32, 64]
const CYCLE_us = [15_500, 125_000, 250_000, 500_000, 1_000_000, 4_000_000, 8_000_000, 16_000_000]
const AVERAGED_CYCLE_us = [15_500, 125_000, 500_000, 1_000_000] // no cycle is shorter, by AVG

export class Tmp117 implements I2cChip {
  readonly name: string
  private readonly clock: Clock
  private readonly temperature_degC: () => number
  private powered = false
  private result = NO_RESULT
  private configuration = 0
  private offset = 0
  private dataReady = 0
  private ready_us = Number.POSITIVE_INFINITY // when the running conversion ends
  private pointer = 0
  private index = 0
  private shift = 0

  constructor(options: { name: string; clock: Clock; temperature_degC: () => number }) {
    this.name = options.name
    this.clock = options.clock
    this.temperature_degC = options.temperature_degC
  }

  powerOn(): void {
    this.powered = true
    this.reset()
  }

  powerOff(): void {
    this.powered = false
  }

  start(read: boolean): boolean {
    if (!this.powered) return false
    this.index = read ? 1 : 0 // a write begins with the pointer
    return true
  }

  write(byte: number): boolean {
    if (!this.powered) return false
    const index = this.index++
    if (index === 0) this.pointer = byte
    else if (index === 1) this.shift = byte
    else if (index === 2) this.writeRegister(this.pointer, (this.shift << 8) | byte)
    else throw new ChipModelError(this.name, "a third data byte")
    return true
  }

  read(): number {
    if (!this.powered) return 0xff
    const index = this.index++
    if (index === 1) this.shift = this.readRegister(this.pointer)
    else if (index > 2) throw new ChipModelError(this.name, "read of a third byte")
    return index === 1 ? this.shift >> 8 : this.shift & 0xff
  }

  stop(): void {}

  private reset(): void {
    this.result = NO_RESULT
    this.configuration = 0x0220 // continuous, 1 s, 8 averages
    this.offset = 0
    this.dataReady = 0
    this.pointer = 0
    this.begin(STARTUP_us)
  }

  private readRegister(address: number): number {
    this.catchUp()
    const ready = this.dataReady
    switch (address) {
      case TEMP_RESULT:
        this.dataReady = 0
        return this.result
      case CONFIGURATION:
        this.dataReady = 0
        return this.configuration | ready
      case THIGH_LIMIT:
        return 0x6000 // 192 °C
      case TLOW_LIMIT:
        return 0x8000 // −256 °C
      case EEPROM_UL:
        return 0
      case TEMP_OFFSET:
        return this.offset
      case DEVICE_ID:
        return 0x0117
      default:
        throw new ChipModelError(this.name, `read of register ${address.toString(16)}h`)
    }
  }

  private writeRegister(address: number, value: number): void {
    this.catchUp()
    if (address === TEMP_OFFSET) this.offset = value
    else if (address === CONFIGURATION && (value & ALERT_FUNCTIONS) === 0) this.configure(value)
    else {
      throw new ChipModelError(
        this.name,
        `register ${address.toString(16)}h = ${value.toString(16)}h`,
      )
    }
  }

  private configure(value: number): void {
    if ((value & SOFT_RESET) !== 0) {
      this.reset()
      return
    }
    const continuous2 = (value & MOD) === MOD_CONTINUOUS_2
    this.configuration = value & WRITABLE & (continuous2 ? ~MOD : ~0)
    if ((value & MOD) === MOD_SHUTDOWN) this.ready_us = Number.POSITIVE_INFINITY
    else this.begin(0)
  }

  private begin(delay_us: number): void {
    this.ready_us = this.clock.now_us + delay_us + CONVERSION_us * AVERAGES[this.averaging()]
  }

  private averaging(): number {
    return (this.configuration >> 5) & 3
  }

  private catchUp(): void {
    const late_us = this.clock.now_us - this.ready_us
    if (!(late_us >= 0)) return
    const code = Math.round(this.temperature_degC() * LSB_PER_degC) + ((this.offset << 16) >> 16)
    this.result = Math.max(-32768, Math.min(32767, code)) & 0xffff
    this.dataReady = DATA_READY
    if ((this.configuration & MOD) === MOD) {
      this.configuration = (this.configuration & ~MOD) | MOD_SHUTDOWN // one-shot done
      this.ready_us = Number.POSITIVE_INFINITY
      return
    }
    const conversion = CYCLE_us[(this.configuration >> 7) & 7]
    const cycle_us = Math.max(conversion, AVERAGED_CYCLE_us[this.averaging()])
    this.ready_us += (Math.floor(late_us / cycle_us) + 1) * cycle_us
  }
}
