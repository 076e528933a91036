/**
 * One channel's circuit between the chips and a cell: set-point summer, output stage, relay, 20 Ω shunt, both sense
 * wires' dividers and buffers, over-voltage comparator. Figures are those of `hardware/spice/RESULTS.md`. Settling
 * (0.1 % within 5 ms) is taken as instant.
 */
import { channel, supplies } from "../hardware/components"
import { DIVIDER_ohm } from "../hardware/errorBudget/sizes"
import { type ChannelErrors, errorOf, offsetOf_V } from "./analogErrors"
import type { Cell } from "./cells/cell"
import { Resistor } from "./cells/resistor"
import { rootOf } from "./cells/root"
import type { AdcInputs } from "./chips/adcInputs"

/** Nominal values; the manifest's `frontEnd` is one. */
export interface Circuit {
  shunt_ohm: number
  dummy_ohm: number
  voltageDivider: number
  dacReference_V: number
  setpointGain: number
  fineRatio: number
}

/**
 * Output stage, typical: at 40 mA the cell may rise to 6.22 V, at 50 mA to 5.92 V; at −40 mA it may fall to −2.48 V,
 * at −50 mA to −2.18 V. Taken as linear in between.
 */
const OUTPUT_ohm = (6.22 - 5.92) / 0.01
const HIGHEST_V = 6.22 + 0.04 * OUTPUT_ohm
const LOWEST_V = -2.48 - 0.04 * OUTPUT_ohm
/** How often a long stretch looks whether the cell has met a limit; at one, the current follows it. */
const STEP_s = 0.1
const LIMITED_STEP_s = 0.01

/**
 * When the relay closes, the error amplifier has to move its capacitor from the dummy's voltage to the cell's, and the
 * charge for that comes through errorInput: 0.70 nAh at 4.2 V. It passes at once, by the bypass resistor or, from
 * 0.78 V on, by the followers: 124 mA at 4.2 V, 153 mA at 5 V.
 */
const CONNECT_C_per_V =
  (channel.errorFeedback_F.value * channel.errorInput_ohm.value) / channel.shunt_ohm.value
const BYPASS_ohm = 250
const FOLLOWERS_V = 0.78
const FOLLOWERS_A_per_V = (0.153 - 0.124) / 0.8

/** A sense wire that is off leaves 1 kΩ to its divider. */
const FALLBACK = DIVIDER_ohm / (DIVIDER_ohm + channel.senseFallback_ohm.value)
/** Where a comparator that has tripped holds AIN0. */
const TRIPPED_V = -2.2
/** ADS122C04 on ±2.5 V, PGA bypassed: pins work to 0.1 V beyond the supply (SBAS751B, 8.3.2.2). */
const PIN_LIMIT_V = 2.6

export class ChannelFrontEnd implements AdcInputs {
  private readonly circuit: Circuit
  private readonly errors: ChannelErrors
  private readonly dummy: Resistor
  private cell: Cell | undefined

  private time_us = 0
  private coarse_V: number
  private fine_V: number
  /** The relay's coil has its current; and the comparator has not pulled that away. */
  private driven = false
  private tripped = false
  private powered = false
  private hasSensePlus = true
  private hasSenseMinus = true

  /** What follows from the board's temperature and age; worked out by `warm` when they have moved. */
  private temperature_C = Number.NaN
  private age_h = Number.NaN
  private middle_V = 0
  private setpointOffset_V = 0
  private cold_ohm = 0
  private plusRatio = 0
  private plusOffset_V = 0
  private minusRatio = 0
  private minusOffset_V = 0
  private shuntOffset_V = 0

  /** What follows from temperature and DACs; worked out by `aim` when `setpointMoved`. */
  private setpointMoved = true
  private wanted_V = 0
  private wanted_A = 0

  /** What follows from all of the above and the cell; worked out by `settle` when `stale`. */
  private stale = true
  private limited = false
  private output_A = 0
  private load_V = 0
  private shunt_V = 0

  private sample_us = Number.POSITIVE_INFINITY
  private latch: (pins_V: Float64Array) => void = () => {}
  /** Reused for every sample: a latch copies what it keeps. */
  private readonly pins_V = new Float64Array(4)

  /** Starts without power, relay open, both DACs at mid-scale. */
  constructor(options: { circuit: Circuit; errors: ChannelErrors; cell?: Cell }) {
    this.circuit = options.circuit
    this.errors = options.errors
    this.cell = options.cell
    this.dummy = new Resistor(options.circuit.dummy_ohm * (1 + options.errors.dummyTolerance))
    this.coarse_V = options.circuit.dacReference_V / 2
    this.fine_V = this.coarse_V
  }

  private get closed(): boolean {
    return this.driven && !this.tripped
  }

  /** Current through the cell; 0 with the relay open. A witness for tests. */
  get current_A(): number {
    this.settleIfStale()
    return this.closed && this.cell !== undefined ? this.output_A : 0
  }

  /** True voltage between the cell's terminals; undefined in an open holder. A witness for tests. */
  get cell_V(): number | undefined {
    return this.cell?.voltage_V(this.current_A)
  }

  /** Current through the shunt, be it the cell's or the dummy's. A witness for tests. */
  get shuntCurrent_A(): number {
    this.settleIfStale()
    return this.output_A
  }

  setCoarse_V(voltage_V: number, now_us: number): void {
    if (voltage_V === this.coarse_V) return
    this.advanceTo(now_us)
    this.coarse_V = voltage_V
    this.setpointMoved = true
    this.stale = true
  }

  setFine_V(voltage_V: number, now_us: number): void {
    if (voltage_V === this.fine_V) return
    this.advanceTo(now_us)
    this.fine_V = voltage_V
    this.setpointMoved = true
    this.stale = true
  }

  /** Without power the coil cannot hold: `closed` is then without effect. A comparator that has tripped is released. */
  setRelay(closed: boolean, now_us: number): void {
    this.advanceTo(now_us)
    const drives = closed && this.powered
    if (drives === this.driven) return
    if (drives) this.passConnectCharge()
    this.driven = drives
    this.tripped = false
    this.stale = true
  }

  /** Which of the holder's sense wires are connected. */
  setSenseWires(hasPlus: boolean, hasMinus: boolean, now_us: number): void {
    this.advanceTo(now_us)
    this.hasSensePlus = hasPlus
    this.hasSenseMinus = hasMinus
  }

  /** Puts a cell into the holder; undefined leaves it open. */
  attach(cell: Cell | undefined, now_us: number): void {
    this.advanceTo(now_us)
    this.cell = cell
    this.stale = true
  }

  setPowered(on: boolean, now_us: number): void {
    this.advanceTo(now_us)
    this.powered = on
    if (!on) this.driven = this.tripped = false
    this.stale = true
  }

  sampleAt(at_us: number, latch: (pins_V: Float64Array) => void): void {
    this.sample_us = at_us
    this.latch = latch
  }

  advanceTo(now_us: number): void {
    while (this.sample_us <= now_us) {
      this.run(this.sample_us)
      // Cleared first: the latch may ask for the next sample.
      this.sample_us = Number.POSITIVE_INFINITY
      this.readPins()
      this.latch(this.pins_V)
    }
    this.run(now_us)
  }

  private run(until_us: number): void {
    let left_s = (until_us - this.time_us) * 1e-6
    if (left_s <= 0) return
    this.time_us = until_us
    const cell = this.cell
    if (cell === undefined) return
    if (!this.closed) {
      cell.advance(0, left_s)
      return
    }
    do {
      this.settleIfStale()
      const step_s = Math.min(left_s, this.limited ? LIMITED_STEP_s : STEP_s)
      cell.advance(this.output_A, step_s)
      this.stale = true
      left_s -= step_s
    } while (left_s > 0)
  }

  private settleIfStale(): void {
    const { temperature_C, age_h } = this.errors.board
    if (temperature_C !== this.temperature_C || age_h !== this.age_h) this.warm()
    if (!this.stale) return
    this.settle()
    if (!this.closed || this.load_V < this.errors.trip_V) return
    this.tripped = true
    this.settle()
  }

  /** Works out what the temperature makes of the circuit. */
  private warm(): void {
    const { circuit, errors } = this
    const { board } = errors
    this.temperature_C = board.temperature_C
    this.age_h = board.age_h
    const kelvin = this.temperature_C - 25
    this.middle_V = (circuit.dacReference_V * (1 + board.dacReferenceError)) / 2
    this.setpointOffset_V = offsetOf_V(errors.setpointOffset, board)
    this.cold_ohm =
      (circuit.shunt_ohm * (1 + errorOf(errors.shunt, board))) / (1 + errors.shuntLoad)
    this.plusRatio = circuit.voltageDivider * (1 + errorOf(errors.dividerPlus, board))
    this.minusRatio = circuit.voltageDivider * (1 + errorOf(errors.dividerMinus, board))
    this.plusOffset_V = offsetOf_V(errors.bufferPlus, board) + errors.bypassedDrift_V_per_K * kelvin
    this.minusOffset_V = offsetOf_V(errors.bufferMinus, board)
    this.shuntOffset_V = errors.shuntEmf_V_per_K * kelvin
    this.setpointMoved = true
    this.stale = true
  }

  /** Works out the current that the DACs ask for. */
  private aim(): void {
    this.setpointMoved = false
    const { circuit, errors, middle_V, cold_ohm } = this
    const sum_V = this.coarse_V - middle_V + (this.fine_V - middle_V) / circuit.fineRatio
    const wanted_V =
      circuit.setpointGain * (1 + errors.setpointGainError) * sum_V + this.setpointOffset_V
    // The loop keeps wanted_V on the shunt, which so heats by wanted_V²/R.
    const heated = 1 + (errors.shuntSelfHeating_per_W * wanted_V * wanted_V) / cold_ohm
    this.wanted_V = wanted_V
    this.wanted_A = wanted_V / (cold_ohm * heated)
  }

  /** Works out current and voltages from the set point, the load and the output stage's limits. */
  private settle(): void {
    this.stale = false
    this.limited = false
    if (this.setpointMoved) this.aim()
    const load = this.closed ? this.cell : this.dummy
    if (load === undefined || !this.powered) {
      this.output_A = 0
      this.shunt_V = 0
      // Where no current can flow, the integrator winds up to the rail on the set point's side.
      const rail_V = this.wanted_V < 0 ? supplies.vn.nominal_V : supplies.vp.nominal_V
      this.load_V = this.powered ? rail_V : 0
      return
    }
    const wanted_A = this.wanted_A
    const load_V = load.voltage_V(wanted_A)
    const drive_V = load_V + OUTPUT_ohm * wanted_A
    if (drive_V > HIGHEST_V) this.limit(load, drive_V, HIGHEST_V)
    else if (drive_V < LOWEST_V) this.limit(load, drive_V, LOWEST_V)
    else {
      this.output_A = wanted_A
      this.load_V = load_V
      this.shunt_V = this.wanted_V
    }
  }

  /**
   * Finds the current at which cell and output stage agree on `limit_V`. A cell's voltage never falls
   * as its current rises, so the root lies within the excess ÷ OUTPUT_ohm of the wanted current.
   */
  private limit(load: Cell, drive_V: number, limit_V: number): void {
    this.limited = true
    const excess_V = (current_A: number) =>
      load.voltage_V(current_A) + OUTPUT_ohm * current_A - limit_V
    const wanted_A = this.wanted_A
    const output_A = rootOf(excess_V, wanted_A, wanted_A - (drive_V - limit_V) / OUTPUT_ohm, 1e-9)
    this.output_A = output_A
    this.load_V = load.voltage_V(output_A)
    const power_W = output_A * output_A * this.cold_ohm
    this.shunt_V = output_A * this.cold_ohm * (1 + this.errors.shuntSelfHeating_per_W * power_W)
  }

  /** The cell− terminal is the top of the shunt, so both sense wires ride on the shunt's voltage. */
  private readPins(): void {
    this.settleIfStale()
    const { pins_V, shunt_V } = this
    // The dummy has its own way to the dividers.
    const plus = this.hasSensePlus || !this.closed ? 1 : FALLBACK
    const minus = this.hasSenseMinus ? 1 : FALLBACK
    const kp_V = this.plusRatio * plus * (this.load_V + shunt_V) + this.plusOffset_V
    pins_V[0] = this.tripped ? TRIPPED_V : pin_V(kp_V)
    pins_V[1] = pin_V(this.minusRatio * minus * shunt_V + this.minusOffset_V)
    pins_V[2] = pin_V(shunt_V + this.shuntOffset_V)
    pins_V[3] = 0
  }

  private passConnectCharge(): void {
    if (this.cell === undefined) return
    this.settleIfStale()
    const step_V = this.cell.voltage_V(0) - this.load_V
    const size_V = Math.abs(step_V)
    if (size_V === 0) return
    const peak_A = Math.max(size_V / BYPASS_ohm, (size_V - FOLLOWERS_V) * FOLLOWERS_A_per_V)
    this.cell.advance(-Math.sign(step_V) * peak_A, (CONNECT_C_per_V * size_V) / peak_A)
  }
}

function pin_V(voltage_V: number): number {
  return Math.max(-PIN_LIMIT_V, Math.min(PIN_LIMIT_V, voltage_V))
}
