import type { Memory } from "./bytes"
import { Plateau } from "./plateau"
import type { CycleStops } from "./program"
import {
  STOP_EFFICIENCY_HIGH,
  STOP_EFFICIENCY_LOW,
  STOP_OVERPOTENTIAL,
  STOP_PLATEAU_DROP,
  STOP_REST_VOLTAGE,
  STOP_RETENTION,
} from "./states"

/** The test goes on. (A program's own end, the reason of this number, is not for the monitor to find.) */
export const NO_STOP = 0

/** What `save` writes: nine numbers of eight bytes and one of one. */
export const MONITOR_BYTES = 73

/**
 * Judges cycles by the board's own integrals: Coulombic efficiency, retention, overpotential.
 *
 * - Efficiency is discharge ÷ charge of one cycle, stripped ÷ plated for Li‖Cu; or the inverse, as the
 *   program says. A cycle without the denominator is not judged.
 * - Retention is the cycle's discharge by that of the reference cycle.
 * - Overpotential is judged by the hysteresis 2η = V̄₊ − V̄₋, since only its ratios count: by the plateaus
 *   of the steps that passed most charge in either direction. A cycle without both is not judged.
 *
 * A step counts in the direction of its net charge, and a rest not at all. The reference cycle is the one
 * that the program names, or the first after it in which the number is known. Nothing that is unknown
 * (NaN) stops a test.
 */
export class CycleMonitor {
  /** What the running cycle's finished steps passed each way; both are magnitudes. */
  charge_mAs = 0
  discharge_mAs = 0
  /** Charge and mean voltage of its largest step each way. */
  private mostCharge_mAs = 0
  private mostDischarge_mAs = 0
  private upper_V = NaN
  private lower_V = NaN

  /** 2η of the cycle before. */
  private previous_V = NaN
  /** The reference cycle's 2η and discharge; 0 while unknown. */
  private referenceHysteresis_V = 0
  private referenceDischarge_mAs = 0
  /** Cycles in a row with too low an efficiency. */
  private lowCycles = 0

  private stops: CycleStops | undefined
  private needsPlateau = false
  private readonly plateau = new Plateau()
  private isInterrupted = false

  /** A test begins. After a restart `load` follows. */
  begin(stops: CycleStops): void {
    this.stops = stops
    this.needsPlateau = stops.overpotentialGrowth < Infinity || stops.plateauDrop > 0
    this.previous_V = NaN
    this.referenceHysteresis_V = 0
    this.referenceDischarge_mAs = 0
    this.lowCycles = 0
    this.cycleBegins()
    this.stepBegins()
  }

  stepBegins(): void {
    this.isInterrupted = false
    this.plateau.begin()
  }

  /** The running step is taken up again after a restart or a pause: its plateau is not what it was. */
  interrupted(): void {
    this.isInterrupted = true
  }

  /** About once a second while a step runs: its integrals. */
  sample(charge_mAs: number, energy_mWs: number): void {
    if (this.needsPlateau) this.plateau.sample(charge_mAs, energy_mWs)
  }

  /**
   * A step has ended: adds it to its cycle, judges a rest's last voltage.
   * @returns why the test ends, or `NO_STOP`
   */
  stepEnds(isRest: boolean, charge_mAs: number, energy_mWs: number, voltage_V: number): number {
    const stops = this.stops
    if (stops === undefined) return NO_STOP
    if (isRest) return Math.abs(voltage_V) < stops.restVoltageBelow_V ? STOP_REST_VOLTAGE : NO_STOP
    const mean_V = this.isInterrupted ? NaN : this.plateau.meanVoltage_V(charge_mAs, energy_mWs)
    if (charge_mAs > 0) {
      this.charge_mAs = this.charge_mAs + charge_mAs
      if (charge_mAs > this.mostCharge_mAs) {
        this.mostCharge_mAs = charge_mAs
        this.upper_V = mean_V
      }
    } else if (charge_mAs < 0) {
      this.discharge_mAs = this.discharge_mAs - charge_mAs
      if (-charge_mAs > this.mostDischarge_mAs) {
        this.mostDischarge_mAs = -charge_mAs
        this.lower_V = mean_V
      }
    }
    return NO_STOP
  }

  /**
   * A cycle has ended, its last step before it: judges it and begins the next.
   * @returns why the test ends, efficiency before overpotential before retention; or `NO_STOP`
   */
  cycleEnds(cycle: number): number {
    const stops = this.stops
    if (stops === undefined) return NO_STOP
    // All three keep what they compare with, so each is asked.
    const efficiency = this.judgeEfficiency(stops)
    const overpotential = this.judgeOverpotential(stops, cycle)
    const retention = this.judgeRetention(stops, cycle)
    this.cycleBegins()
    if (efficiency !== NO_STOP) return efficiency
    return overpotential !== NO_STOP ? overpotential : retention
  }

  /** Writes what the finished steps and cycles left: `MONITOR_BYTES` from `at` on. */
  save(memory: Memory, at: number): void {
    memory.setAt(at, "f64", this.charge_mAs)
    memory.setAt(at + 8, "f64", this.discharge_mAs)
    memory.setAt(at + 16, "f64", this.mostCharge_mAs)
    memory.setAt(at + 24, "f64", this.mostDischarge_mAs)
    memory.setAt(at + 32, "f64", this.upper_V)
    memory.setAt(at + 40, "f64", this.lower_V)
    memory.setAt(at + 48, "f64", this.previous_V)
    memory.setAt(at + 56, "f64", this.referenceHysteresis_V)
    memory.setAt(at + 64, "f64", this.referenceDischarge_mAs)
    memory.setAt(at + 72, "u8", this.lowCycles)
  }

  /** Reads it again, after `begin` with the same program. */
  load(memory: Memory, at: number): void {
    this.charge_mAs = memory.getAt(at, "f64")
    this.discharge_mAs = memory.getAt(at + 8, "f64")
    this.mostCharge_mAs = memory.getAt(at + 16, "f64")
    this.mostDischarge_mAs = memory.getAt(at + 24, "f64")
    this.upper_V = memory.getAt(at + 32, "f64")
    this.lower_V = memory.getAt(at + 40, "f64")
    this.previous_V = memory.getAt(at + 48, "f64")
    this.referenceHysteresis_V = memory.getAt(at + 56, "f64")
    this.referenceDischarge_mAs = memory.getAt(at + 64, "f64")
    this.lowCycles = memory.getAt(at + 72, "u8")
  }

  private cycleBegins(): void {
    this.charge_mAs = 0
    this.discharge_mAs = 0
    this.mostCharge_mAs = 0
    this.mostDischarge_mAs = 0
    this.upper_V = NaN
    this.lower_V = NaN
  }

  private judgeEfficiency(stops: CycleStops): number {
    const base_mAs = stops.isChargeOverDischarge ? this.discharge_mAs : this.charge_mAs
    if (base_mAs === 0) return NO_STOP
    const back_mAs = stops.isChargeOverDischarge ? this.charge_mAs : this.discharge_mAs
    const efficiency = back_mAs / base_mAs
    this.lowCycles = efficiency < stops.efficiencyBelow ? Math.min(this.lowCycles + 1, 255) : 0
    if (efficiency > stops.efficiencyAbove) return STOP_EFFICIENCY_HIGH
    return this.lowCycles >= stops.efficiencyCycles ? STOP_EFFICIENCY_LOW : NO_STOP
  }

  private judgeOverpotential(stops: CycleStops, cycle: number): number {
    const previous_V = this.previous_V
    const hysteresis_V = this.upper_V - this.lower_V
    const reference_V = this.referenceHysteresis_V
    this.previous_V = hysteresis_V
    if (reference_V === 0 && cycle >= stops.overpotentialCycle && hysteresis_V > 0)
      this.referenceHysteresis_V = hysteresis_V
    if (stops.plateauDrop > 0 && previous_V > 0)
      if (hysteresis_V < (1 - stops.plateauDrop) * previous_V) return STOP_PLATEAU_DROP
    if (reference_V > 0 && hysteresis_V > stops.overpotentialGrowth * reference_V)
      return STOP_OVERPOTENTIAL
    return NO_STOP
  }

  private judgeRetention(stops: CycleStops, cycle: number): number {
    const reference_mAs = this.referenceDischarge_mAs
    if (reference_mAs > 0)
      return this.discharge_mAs < stops.retentionBelow * reference_mAs ? STOP_RETENTION : NO_STOP
    if (cycle >= stops.retentionCycle) this.referenceDischarge_mAs = this.discharge_mAs
    return NO_STOP
  }
}
