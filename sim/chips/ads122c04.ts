/**
 * ADS122C04, 24-bit ΔΣ converter with I2C: TI SBAS751B (October 2018), sections 8.3.6 (conversion
 * times), 8.3.9 (monitors), 8.3.12 (data counter), 8.3.13 (data integrity), 8.4.2 (conversion
 * modes), 8.5.3 (commands), 8.6 (registers).
 *
 * From the datasheet: register map, command bytes, conversion times, WREG during a conversion acts
 * as a new START, POWERDOWN lets the running conversion finish, gain ≤ 4 with AINN = AVSS, CRC-16.
 * Assumed: RESET clears data and counter; a restart in continuous mode costs the start delay again;
 * the counter stands at 00h while DCNT = 0; a restarted conversion keeps the mode that START gave.
 */
import type { Clock } from "../clock"
import type { Random } from "../random"
import type { AdcInputs } from "./adcInputs"
import { ChipModelError, type I2cChip } from "./chip"

const RESET = 0x06 // 0000 011x
const START_SYNC = 0x08 // 0000 100x
const POWERDOWN = 0x02 // 0000 001x
const RDATA = 0x10 // 0001 xxxx
const RREG = 0x20 // 0010 rrxx
const WREG = 0x40 // 0100 rrxx

const R1_MODE = 0x10 // turbo: modulator at 512 kHz
const R1_CM = 0x08 // continuous conversion
const R1_VREF = 0x06 // 00 internal 2.048 V
const R1_TS = 0x01 // temperature sensor
const R2_DRDY = 0x80 // new data, read-only
const R2_DCNT = 0x40 // data counter precedes the data
const R2_CURRENTS = 0x0f // BCS and IDAC[2:0]

const MUX_AVSS = 0x8 // 8–B: AIN0…AIN3 against AVSS
const MUX_VREF_4 = 0xc // (VREFP − VREFN)/4
const MUX_SUPPLY_4 = 0xd // (AVDD − AVSS)/4
const MUX_RESERVED = 0xf
const MUX_P = [0, 0, 0, 1, 1, 1, 2, 3, 0, 1, 2, 3]
const MUX_N = [1, 2, 3, 0, 2, 3, 3, 2]

const CRC_INVERTED = 1
const CRC_CRC16 = 2
const CRC_RESERVED = 3

const AVDD_V = 2.5
const AVSS_V = -2.5
const FULL_SCALE = 0x800000

// Table 12, in tCLK: 1/1.024 MHz in normal mode, 1/2.048 MHz in turbo mode; by DR.
const T_CLK_NORMAL_us = 1 / 1.024
const T_CLK_TURBO_us = 1 / 2.048
const CONTINUOUS_tCLK = [51192, 22780, 11532, 5916, 3116, 1724, 1036]
const SINGLE_NORMAL_tCLK = [51213, 22805, 11557, 5941, 3141, 1749, 1061]
const SINGLE_TURBO_tCLK = [51217, 22809, 11561, 5945, 3145, 1753, 1065]
const START_DELAY_NORMAL_tCLK = 28.5 // START to the first conversion of continuous mode
const START_DELAY_TURBO_tCLK = 105
const DR_RESERVED = 7

const INL_PEAK = 2.598076211353316 // 1 / max of x(1 − x²), which lies at x = 1/√3

/** How one converter differs from the ideal. The front end may change any of it at run time. */
export interface AdcErrors {
  /** Added at the input, before the gain. */
  offset_V: number
  /** Relative, by gain code 0…7 (gain 1…128). */
  gainError: number[]
  /** Input-referred rms noise of one conversion; `dataRate` is the DR code. */
  noise_V: (gainCode: number, dataRate: number, turbo: boolean) => number
  /** The internal reference as it is now; nominally 2.048 V. */
  reference_V: number
  /** A conversion takes its nominal time × (1 + clockError). */
  clockError: number
  /** Peak of a cubic bow relative to full scale, zero at 0 and at ± full scale. */
  integralNonlinearity: number
}

export const IDEAL_ADC: AdcErrors = {
  offset_V: 0,
  gainError: [0, 0, 0, 0, 0, 0, 0, 0],
  noise_V: () => 0,
  reference_V: 2.048,
  clockError: 0,
  integralNonlinearity: 0,
}

// SBAS751B Tables 1 and 5: µV rms, PGA enabled, internal reference, 25 °C, AVDD 3.3 V; a row a data
// rate (DR 0…6), a column a gain. Read from a public driver's transcription of those tables.
const NOISE_NORMAL_uV = [
  [5.1, 2.49, 1.25, 0.64, 0.41, 0.24, 0.14, 0.11],
  [6.53, 3.02, 1.67, 0.93, 0.52, 0.28, 0.17, 0.13],
  [9.01, 4.67, 2.41, 1.24, 0.73, 0.41, 0.25, 0.19],
  [12.78, 6.75, 3.26, 1.92, 1.02, 0.6, 0.35, 0.25],
  [17.75, 8.75, 4.72, 2.62, 1.42, 0.85, 0.5, 0.37],
  [24.73, 12.89, 6.81, 3.84, 2.02, 1.18, 0.7, 0.51],
  [36.9, 18.07, 9.48, 5.49, 2.86, 1.65, 1.04, 0.73],
]
const NOISE_TURBO_uV = [
  [4.41, 2.25, 1.12, 0.63, 0.36, 0.22, 0.13, 0.1],
  [5.76, 2.98, 1.62, 0.92, 0.52, 0.31, 0.18, 0.15],
  [8.49, 4.48, 2.29, 1.34, 0.71, 0.43, 0.28, 0.22],
  [12.77, 6.33, 3.33, 1.89, 1.04, 0.61, 0.41, 0.29],
  [17.1, 9.04, 4.51, 2.84, 1.42, 0.86, 0.57, 0.41],
  [25.26, 12.51, 6.58, 3.9, 2.11, 1.23, 0.81, 0.58],
  [35.35, 17.82, 9.4, 5.37, 3.02, 1.76, 1.12, 0.83],
]

/**
 * The datasheet's typical input-referred rms noise; `dataRate` is the DR code. With the PGA bypassed
 * the datasheet's figures differ by a few percent, which this leaves out.
 */
export function ads122c04Noise_V(gainCode: number, dataRate: number, turbo: boolean): number {
  return (turbo ? NOISE_TURBO_uV : NOISE_NORMAL_uV)[dataRate][gainCode] * 1e-6
}

/** The code of one conversion, of a voltage between the inputs and the noise behind the gain. */
export function convert(
  errors: AdcErrors,
  gainCode: number,
  input_V: number,
  noise_V: number,
): number {
  const read_V = (input_V + errors.offset_V) * (1 + errors.gainError[gainCode]) + noise_V
  let x = (read_V * (1 << gainCode)) / errors.reference_V
  if (x > -1 && x < 1) x += errors.integralNonlinearity * INL_PEAK * x * (1 - x * x)
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(x * FULL_SCALE)))
}

export class Ads122c04 implements I2cChip {
  readonly name: string
  private readonly clock: Clock
  private readonly inputs: AdcInputs
  private readonly errors: AdcErrors
  private readonly random: Random

  private powered = false
  private r0 = 0
  private r1 = 0
  private r2 = 0 // without DRDY
  private drdy = 0
  private code = 0
  private counter = 0
  private conversions = 0 // completed since power-on; tells whether data changed since they were loaded

  private converting = false
  private continuous = false
  private end_us = 0
  private period_us = 0
  private latched = false
  /** Until then time changes nothing here: the running conversion's middle, or its end once latched. */
  private next_us = Number.POSITIVE_INFINITY
  private pendingCode = 0

  private wregAddress = -1
  private readonly out = new Uint8Array(8)
  private outLength = 0
  private outIndex = 0
  private outConversion = -1 // the conversion whose data are in `out`; −1 for a register

  constructor(options: {
    name: string
    clock: Clock
    inputs: AdcInputs
    errors: AdcErrors
    random: Random
  }) {
    this.name = options.name
    this.clock = options.clock
    this.inputs = options.inputs
    this.errors = options.errors
    this.random = options.random
  }

  powerOn(): void {
    this.powered = true
    this.reset()
  }

  powerOff(): void {
    this.powered = false
    this.reset()
  }

  start(read: boolean): boolean {
    if (!this.powered) return false
    this.wregAddress = -1
    this.catchUp()
    if (read && (this.outLength === 0 || this.outIndex > 0)) {
      throw new ChipModelError(this.name, "read without a RDATA or RREG before it")
    }
    return true
  }

  write(byte: number): boolean {
    if (!this.powered) return false
    this.catchUp()
    if (this.wregAddress >= 0) {
      this.writeRegister(this.wregAddress, byte)
      this.wregAddress = -1
      return true
    }
    if ((byte & 0xf0) === RDATA) this.loadData()
    else if ((byte & 0xf0) === RREG) this.loadRegister((byte >> 2) & 3)
    else if ((byte & 0xf0) === WREG) this.wregAddress = (byte >> 2) & 3
    else if ((byte & 0xfe) === START_SYNC) this.startConversion((this.r1 & R1_CM) !== 0)
    else if ((byte & 0xfe) === RESET) this.reset()
    else if ((byte & 0xfe) === POWERDOWN) this.continuous = false
    else throw new ChipModelError(this.name, `command ${hex(byte)}`)
    return true
  }

  read(): number {
    if (!this.powered) return 0xff
    if (this.outIndex >= this.outLength) {
      throw new ChipModelError(
        this.name,
        `byte ${this.outIndex + 1} of a ${this.outLength}-byte read`,
      )
    }
    if (this.outIndex === 0 && this.outConversion === this.conversions) this.drdy = 0
    return this.out[this.outIndex++]
  }

  stop(): void {
    this.wregAddress = -1
  }

  private reset(): void {
    this.r0 = this.r1 = this.r2 = this.drdy = 0
    this.code = this.counter = this.conversions = 0
    this.converting = this.continuous = this.latched = false
    this.next_us = Number.POSITIVE_INFINITY
    this.wregAddress = -1
    this.outLength = this.outIndex = 0
    this.outConversion = -1
  }

  private writeRegister(address: number, value: number): void {
    const allowed =
      address === 0
        ? value >> 4 !== MUX_RESERVED
        : address === 1
          ? value >> 5 !== DR_RESERVED && (value & (R1_VREF | R1_TS)) === 0
          : address === 2
            ? ((value >> 4) & 3) !== CRC_RESERVED && (value & R2_CURRENTS) === 0
            : value === 0 // I1MUX, I2MUX: current sources off
    if (!allowed) throw new ChipModelError(this.name, `register ${address} = ${hex(value)}`)
    if (address === 0) this.r0 = value
    else if (address === 1) this.r1 = value
    else if (address === 2) {
      this.r2 = value & ~R2_DRDY
      if ((value & R2_DCNT) === 0) this.counter = 0
    }
    if (this.converting) this.startConversion(this.continuous)
  }

  private startConversion(continuous: boolean): void {
    const turbo = (this.r1 & R1_MODE) !== 0
    const dataRate = this.r1 >> 5
    const tCLK_us = (turbo ? T_CLK_TURBO_us : T_CLK_NORMAL_us) * (1 + this.errors.clockError)
    const delay_tCLK = turbo ? START_DELAY_TURBO_tCLK : START_DELAY_NORMAL_tCLK
    const single_tCLK = turbo ? SINGLE_TURBO_tCLK : SINGLE_NORMAL_tCLK
    const start_us = this.clock.now_us + (continuous ? delay_tCLK * tCLK_us : 0)
    this.period_us = (continuous ? CONTINUOUS_tCLK : single_tCLK)[dataRate] * tCLK_us
    this.end_us = start_us + this.period_us
    this.continuous = continuous
    this.converting = true
    this.latched = false
    this.next_us = start_us + this.period_us / 2
    this.inputs.sampleAt(this.next_us, this.latch)
  }

  /** The pins at the middle of the conversion: to first order their mean over its window. */
  private readonly latch = (pins_V: Float64Array): void => {
    if (this.latched) this.complete() // in continuous mode the one before this has ended
    if (!this.converting) return
    this.pendingCode = this.codeOf(pins_V)
    this.latched = true
    this.next_us = this.end_us
    if (this.continuous) this.inputs.sampleAt(this.end_us + this.period_us / 2, this.latch)
  }

  private catchUp(): void {
    const now_us = this.clock.now_us
    if (now_us < this.next_us) return
    this.inputs.advanceTo(now_us)
    if (!this.converting || now_us < this.end_us) return
    if (!this.latched) throw new Error(`${this.name}: the circuit missed a sample that was due`)
    this.complete()
  }

  private complete(): void {
    this.code = this.pendingCode
    this.drdy = R2_DRDY
    this.conversions++
    if ((this.r2 & R2_DCNT) !== 0) this.counter = (this.counter + 1) & 0xff
    this.latched = false
    this.converting = this.continuous
    this.next_us = this.continuous ? this.end_us + this.period_us / 2 : Number.POSITIVE_INFINITY
    this.end_us += this.period_us
  }

  private codeOf(pins_V: Float64Array): number {
    const mux = this.r0 >> 4
    const errors = this.errors
    let gainCode = (this.r0 >> 1) & 7
    let input_V = 0 // MUX E: both inputs at (AVDD + AVSS)/2
    if (mux < MUX_AVSS) {
      input_V = pins_V[MUX_P[mux]] - pins_V[MUX_N[mux]]
    } else if (mux < MUX_VREF_4) {
      input_V = pins_V[MUX_P[mux]] - AVSS_V
      gainCode = Math.min(gainCode, 2)
    } else if (mux === MUX_VREF_4) {
      input_V = errors.reference_V / 4 // REFP and REFN taken to carry the reference in use
      gainCode = 0 // the monitors ignore the gain setting
    } else if (mux === MUX_SUPPLY_4) {
      input_V = (AVDD_V - AVSS_V) / 4
      gainCode = 0
    }
    const sigma_V = errors.noise_V(gainCode, this.r1 >> 5, (this.r1 & R1_MODE) !== 0)
    return convert(errors, gainCode, input_V, sigma_V === 0 ? 0 : this.random.normal(sigma_V))
  }

  private loadData(): void {
    let n = 0
    if ((this.r2 & R2_DCNT) !== 0) this.out[n++] = this.counter
    this.out[n++] = this.code >> 16
    this.out[n++] = this.code >> 8
    this.out[n++] = this.code
    this.outConversion = this.conversions
    this.load(n)
  }

  private loadRegister(address: number): void {
    const r2 = this.r2 | this.drdy
    this.out[0] = address === 0 ? this.r0 : address === 1 ? this.r1 : address === 2 ? r2 : 0
    this.outConversion = -1
    this.load(1)
  }

  /** Appends the data integrity words: they cover data, counter and register contents alike. */
  private load(length: number): void {
    const integrity = (this.r2 >> 4) & 3
    let n = length
    if (integrity === CRC_INVERTED) {
      for (let i = 0; i < length; i++) this.out[n++] = ~this.out[i]
    } else if (integrity === CRC_CRC16) {
      const crc = crc16(this.out, length)
      this.out[n++] = crc >> 8
      this.out[n++] = crc
    }
    this.outLength = n
    this.outIndex = 0
  }
}

/** CRC-16-CCITT: x¹⁶ + x¹² + x⁵ + 1, initial value FFFFh, most significant bit first. */
function crc16(bytes: Uint8Array, length: number): number {
  let crc = 0xffff
  for (let i = 0; i < length; i++) {
    crc ^= bytes[i] << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x11021 : crc << 1
  }
  return crc
}

function hex(byte: number): string {
  return `${byte.toString(16).padStart(2, "0").toUpperCase()}h`
}
