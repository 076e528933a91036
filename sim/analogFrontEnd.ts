/**
 * One channel's circuit between the chips and a cell: set-point summer, output stage, relay, 20 Ω
 * shunt and sense buffers. Settling (0.1 % within 0.7–1.8 ms in SPICE) is taken as instant.
 */
import type { ChannelErrors } from "./analogErrors"
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
 * Output stage: from +7.5 and −4.5 V, less a drop linear in the current, chosen so that at ±40 mA the
 * cell may sit between −2.77 and +5.77 V, as SPICE gives. 24.7 Ω is the shunt and the emitter
 * resistor; the rest of the 1.73 V is the follower's and the op amp's.
 */
const OUTPUT_ohm = 20 + 4.7
const DROP_V = 1.73 - 0.04 * OUTPUT_ohm
const HIGHEST_V = 7.5 - DROP_V
const LOWEST_V = -4.5 + DROP_V
/** How often a long stretch looks whether the cell has met a limit; at one, the current follows it. */
const STEP_s = 0.1
const LIMITED_STEP_s = 0.01

/**
 * Closing the relay at 0 A onto 4.2 V gives a peak of −95 mA and −0.5 nAh in SPICE, until the loop has
 * moved its output from the dummy's voltage to the cell's. Taken as proportional to that step, and
 * passed at once.
 */
const CONNECT_A_per_V = -0.095 / 4.2
const CONNECT_s = (0.5e-9 * 3600) / 0.095

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
  private closed = false
  private powered = false

  /** What follows from the board's temperature; worked out by `warm` when it has moved. */
  private temperature_C = Number.NaN
  private middle_V = 0
  private setpointDrift_V = 0
  private cold_ohm = 0
  private voltageRatio = 0
  private senseDrift_V = 0

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

  /** Without power the coil cannot hold: `closed` is then without effect. */
  setRelay(closed: boolean, now_us: number): void {
    this.advanceTo(now_us)
    const closes = closed && this.powered
    if (closes === this.closed) return
    if (closes) this.passConnectCharge()
    this.closed = closes
    this.stale = true
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
    if (!on) this.closed = false
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
    if (this.errors.board.temperature_C !== this.temperature_C) this.warm()
    if (this.stale) this.settle()
  }

  /** Works out what the temperature makes of the circuit. */
  private warm(): void {
    const { circuit, errors } = this
    this.temperature_C = errors.board.temperature_C
    const kelvin = this.temperature_C - 25
    this.middle_V = (circuit.dacReference_V * (1 + errors.board.dacReferenceError)) / 2
    this.setpointDrift_V = errors.setpointOffset_V_per_K * kelvin
    this.cold_ohm =
      circuit.shunt_ohm * (1 + errors.shuntTolerance + errors.shuntTempco_per_K * kelvin)
    this.voltageRatio =
      circuit.voltageDivider * (1 + errors.dividerTolerance + errors.dividerTempco_per_K * kelvin)
    this.senseDrift_V = errors.senseOffset_V_per_K * kelvin
    this.setpointMoved = true
    this.stale = true
  }

  /** Works out the current that the DACs ask for. */
  private aim(): void {
    this.setpointMoved = false
    const { circuit, errors, middle_V, cold_ohm } = this
    const sum_V = this.coarse_V - middle_V + (this.fine_V - middle_V) / circuit.fineRatio
    const wanted_V =
      circuit.setpointGain * (1 + errors.setpointGainError) * sum_V +
      errors.setpointOffset_V +
      this.setpointDrift_V
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
      this.load_V = !this.powered ? 0 : this.wanted_V < 0 ? LOWEST_V : HIGHEST_V
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

  /** The cell− terminal is the top of the shunt, so both cell pins ride on the shunt's voltage. */
  private readPins(): void {
    this.settleIfStale()
    const { errors, pins_V, shunt_V } = this
    const sensed_V =
      this.load_V + errors.senseOffset_V + this.senseDrift_V + errors.commonMode_V_per_V * shunt_V
    pins_V[0] = pin_V(shunt_V + this.voltageRatio * sensed_V)
    pins_V[1] = pins_V[2] = pin_V(shunt_V)
    pins_V[3] = 0
  }

  private passConnectCharge(): void {
    if (this.cell === undefined) return
    this.settleIfStale()
    const step_V = this.cell.voltage_V(0) - this.load_V
    this.cell.advance(CONNECT_A_per_V * step_V, CONNECT_s)
  }
}

function pin_V(voltage_V: number): number {
  return Math.max(-PIN_LIMIT_V, Math.min(PIN_LIMIT_V, voltage_V))
}
