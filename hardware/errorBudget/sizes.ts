/**
 * How far each part of a board, and of the bench that calibrates it, is from its nominal value: what the error budget
 * adds up, and what the simulator draws its boards from.
 *
 * `typical` is taken as sigma of a normal distribution, and `maximum` is never passed. Where a sheet gives a maximum
 * alone, typical is half of it (assumed). Relative where the name has no unit.
 */
import { type Component, channel, supplies } from "../components"

/** Where a size is known from: a sheet that was read, one that is remembered, arithmetic, or nothing but judgement. */
export type Basis = "datasheet" | "memory" | "computed" | "assumed"

export interface Size {
  readonly typical: number
  readonly maximum: number
  readonly basis: Basis
  readonly source: string
}

function size(typical: number, maximum: number, basis: Basis, source: string): Size {
  return { typical, maximum, basis, source }
}

const half = (maximum: number, basis: Basis, source: string) =>
  size(maximum / 2, maximum, basis, source)
const tolerance = (part: Component, basis: Basis, source: string) =>
  half(part.tolerance, basis, source)
const tempco = (part: Component, basis: Basis, source: string) =>
  half(part.tempco_per_K ?? 0, basis, source)

const { shunt_ohm, dummy_ohm, dividerTop_ohm, coarse_ohm } = channel
const TNPW = "Vishay TNPW, 31006 and 28758"
const ERA = "Panasonic ERA A, ordering code"
const TLV9154 = "TI SBOS986C, features"
const ADS122C04 = "TI SBAS751B, section 6.5"
const ADS1220 = "as its twin ADS1220"

export const SIZES = {
  shuntTolerance: tolerance(shunt_ohm, "datasheet", TNPW),
  shuntTempco_per_K: tempco(shunt_ohm, "datasheet", TNPW),
  shuntAgeing: half(80e-6, "computed", `0.05 % at 125 °C (${TNPW}), at 46 °C by Vishay's 28809`),
  /** Thermal EMF of the solder joints, of which no zeroing inside the converter knows. */
  shuntEmf_V_per_K: size(20e-9, 100e-9, "assumed", "a gradient of some mK in 10–20 µV/K"),
  /** Of each of four resistors, two a divider. */
  dividerTolerance: tolerance(dividerTop_ohm, "datasheet", ERA),
  dividerTempco_per_K: tempco(dividerTop_ohm, "datasheet", ERA),
  dividerAgeing: size(40e-6, 100e-6, "computed", "0.1 % at 125 °C (memory), at 30 °C by 28809"),
  dummyTolerance: tolerance(dummy_ohm, "datasheet", TNPW),
  /** Of each of two buffers. */
  bufferOffset_V: size(125e-6, 900e-6, "memory", `${TLV9154}; the maximum from memory`),
  bufferDrift_V_per_K: size(0.3e-6, 1.2e-6, "assumed", `${TLV9154}; the maximum assumed`),
  /** Of each of the summer's five resistors. */
  summerTolerance: tolerance(coarse_ohm, "datasheet", ERA),
  summerTempco_per_K: tempco(coarse_ohm, "datasheet", ERA),
  /** Of summer and error amplifier, each. */
  setpointOffset_V: size(125e-6, 900e-6, "memory", `${TLV9154}; the maximum from memory`),
  setpointDrift_V_per_K: size(0.3e-6, 1.2e-6, "assumed", `${TLV9154}; the maximum assumed`),
  /** Of the over-voltage comparator. */
  tripVoltage_V: size(35e-3, 135e-3, "computed", "spice/RESULTS.md: 5.09 to 5.36 V at the worst"),
  /** Of the pump that holds the relays, from 627 ms. */
  dropOut_s: size(57e-3, 170e-3, "computed", "spice/RESULTS.md: 457 to 799 ms at the worst"),
  dacReference: half(supplies.reference.tolerance, "memory", "LM4040A, TI SNOS633"),
  dacReferenceDrift_per_K: size(20e-6, 100e-6, "memory", "LM4040A, TI SNOS633"),
  /** Upward. */
  dacOffset_V: size(5e-3, 20e-3, "datasheet", "Microchip DS22187E, DC accuracy"),
  dacGain: size(4000e-6, 12500e-6, "datasheet", "Microchip DS22187E, DC accuracy"),
  dacNonlinearity_LSB: size(2, 13, "datasheet", "Microchip DS22187E, DC accuracy"),
  adcOffset_V: size(
    4e-6,
    30e-6,
    "datasheet",
    `${ADS1220}, by TI's answer in its E2E forum, 618804`,
  ),
  /** Behind the amplifier; without it, as the cell is measured, the next. */
  adcOffsetDrift_V_per_K: size(0.08e-6, 0.3e-6, "memory", ADS1220),
  adcBypassedDrift_V_per_K: size(
    0.25e-6,
    1e-6,
    "assumed",
    `${ADS1220} (E2E 618804); the maximum assumed`,
  ),
  /** Of each gain. */
  adcGain: size(150e-6, 1000e-6, "memory", ADS122C04),
  adcGainDrift_per_K: size(1e-6, 4e-6, "memory", ADS122C04),
  /** Of full scale, from a line through its ends. */
  adcNonlinearity: size(6e-6, 15e-6, "memory", ADS122C04),
  adcReference: size(500e-6, 1500e-6, "memory", `${ADS122C04}: 2.045 to 2.051 V`),
  adcReferenceDrift_per_K: size(
    5e-6,
    30e-6,
    "memory",
    "TI SBAS501D, features; the maximum from memory",
  ),
  /** After 1000 h. */
  adcReferenceAgeing: size(
    110e-6,
    220e-6,
    "assumed",
    `${ADS1220} (E2E 618804); the maximum assumed`,
  ),
  /** Of one conversion of 25 ms: of the shunt at gain 2, of the cell without amplifier. Maximum: three sigma. */
  shuntNoise_V: size(2.25e-6, 6.75e-6, "datasheet", "TI SBAS751B, tables 1 and 5"),
  cellNoise_V: size(4.41e-6, 13.2e-6, "datasheet", "TI SBAS751B, tables 1 and 5"),
  adcClock: size(0.01, 0.02, "datasheet", "TI SBAS501D, features: 2 %"),
  crystal: size(10e-6, 30e-6, "assumed", "an ordinary crystal of a microcontroller's board"),
} as const satisfies Record<string, Size>

/** The bench's: a 6½-digit voltmeter on its 10 V range, and a foil resistor of 100 Ω. */
export const BENCH_SIZES = {
  meterGain: size(35e-6, 60e-6, "memory", "Keysight 34401A, one year: 35 ppm, and 5 ppm of 10 V"),
  meterOffset_V: size(5e-6, 20e-6, "assumed", "leads of copper and clips of brass"),
  standardTolerance: half(100e-6, "assumed", "a resistor of 0.01 %"),
  /** Its own heat, at 80 K/W and 2 ppm/K. */
  standardHeating_per_W: half(160e-6, "assumed", "a foil resistor without a heat sink"),
} as const satisfies Record<string, Size>

/** Added up in the table, but too small to be drawn. */
export const SMALL_SIZES = {
  /** Of one sense wire, and of one force wire: what flows in the first makes a voltage. */
  senseWire_ohm: size(0.1, 0.5, "assumed", "half a metre of 0.25 mm², a clip"),
  forceWire_ohm: size(0.2, 0.5, "assumed", "half a metre of 0.25 mm², a clip"),
  /** Of each buffer's offset, as VN moves with the load. */
  bufferRejection_V_per_V: size(0.5e-6, 5e-6, "memory", "TI SBOS986C"),
} as const satisfies Record<string, Size>

/** Of the shunt's film above its surroundings (Vishay TNPW1206, 28758). */
export const SHUNT_K_per_W = 220
/** What a sense wire's divider loads it with. */
export const DIVIDER_ohm = dividerTop_ohm.value + channel.dividerBottom_ohm.value

/** Film resistors age with the cube root of time (Vishay 28809); references with its square root (assumed). */
export const AGEING_HOURS = 1000
export function resistorAge(age_h: number): number {
  return Math.cbrt(age_h / AGEING_HOURS)
}
export function referenceAge(age_h: number): number {
  return Math.sqrt(age_h / AGEING_HOURS)
}
