import type { Cell } from "./cell"
import { LithiumReserve, type LithiumReserveParameters } from "./lithiumReserve"
import { Piecewise } from "./piecewise"
import { Utilisation } from "./utilisation"

/** Charge that takes the cell from one branch of its hysteresis to the other. Assumed. */
const BRANCH_mAh_per_g = 5
/** Discharging less than this part of a cell between two charges leaves them one cycle. */
const TURN = 0.05

export interface FullCellParameters {
  area_cm2: number
  /** Active material of the cathode. */
  loading_mg_per_cm2: number
  /** What 1C means. */
  oneC_mA_per_g: number
  window_V: readonly [low: number, high: number]
  /** Charge that has left the cathode since it was discharged, and open-circuit voltage. */
  openCircuit: readonly (readonly [capacity_mAh_per_g: number, voltage_V: number])[]
  /**
   * What a discharge gives after a charge at the same constant current, both through the window, in
   * the first cycle; ascending rates. In between by the square root of the rate, beyond as at the end.
   */
  rate: readonly (readonly [rate_C: number, capacity_mAh_per_g: number])[]
  /** What answers a step of current at once, whole cell. */
  resistance_ohm_cm2: number
  /** By what that grows with each cycle. */
  resistanceGrowth_ohm_cm2?: number
  /** A slower resistance and the time constant with which it answers. */
  relaxing?: { resistance_ohm_cm2: number; relaxation_s: number }
  /** Charging runs this much above the table, discharging as much below it. */
  hysteresis_V?: number
  /** Capacity goes as exp(−perCycle·(n − 1)), and beyond the knee faster. */
  fade: { perCycle: number; knee?: { cycle: number; perCycle: number } }
  /** Discharge ÷ charge by cycle; the rest of the charge goes into side reactions. 1 unless given. */
  efficiency?: number | ((cycle: number) => number)
  anode?: LithiumReserveParameters
}

/**
 * Cathode against lithium. With x the charge stored in the cathode,
 *
 *     V = U(x as the rate lets it be used) + I·R + relaxing ± hysteresis + what the anode adds
 *
 * - Rate: `Utilisation`, so that the printed capacities come back between the cutoffs.
 * - Fade: the capacity of a cycle is settled as its charge begins; the state of charge stays, so the
 *   voltage does too.
 * - Anode: `LithiumReserve`, which can run out.
 * - Leak: a soft short carries U(x)/R_leak. It discharges cathode and anode alike, without passing
 *   through R. Along each segment of the open-circuit curve that is an exponential, which is followed
 *   from one segment to the next.
 */
export class FullCell implements Cell {
  charge_C = 0
  /** Throughput at the terminals in either direction, both counted upward: witnesses, as `charge_C`. */
  chargingCharge_C = 0
  dischargingCharge_C = 0
  /** Charges so far, the present one included; 1 from the start. A witness. */
  cycle = 1
  readonly anode: LithiumReserve

  private stored_mAh_per_g: number
  private discharged_C = 0
  private relaxing_V = 0
  private branch = 0
  private leak_ohm = Number.POSITIVE_INFINITY
  private retention = 1
  private cycleEfficiency: number
  private resistance_ohm: number
  /** What does not depend on the present current; worked out again after the cell has moved. */
  private still_V = Number.NaN

  private readonly curve: Piecewise
  private readonly utilisation: Utilisation
  /** 1 mAh g⁻¹ of the whole cathode. */
  private readonly unit_C: number
  private readonly turn_C: number

  constructor(
    private readonly parameters: FullCellParameters,
    initially: "charged" | "discharged",
  ) {
    const { area_cm2, rate } = parameters
    this.curve = new Piecewise(parameters.openCircuit)
    this.utilisation = new Utilisation(parameters, this.curve)
    this.unit_C = 3.6e-3 * parameters.loading_mg_per_cm2 * area_cm2
    const whole_C = rate[0][1] * this.unit_C
    this.turn_C = TURN * whole_C
    this.resistance_ohm = parameters.resistance_ohm_cm2 / area_cm2
    this.cycleEfficiency = this.efficiencyOf(1)
    const { full, empty } = this.utilisation
    this.stored_mAh_per_g = initially === "charged" ? full : empty
    this.anode = new LithiumReserve(parameters.anode ?? {}, {
      area_cm2,
      taken_C: initially === "charged" ? whole_C : 0,
    })
  }

  /** Charge that has left the cathode, of a cell that has not faded. A witness. */
  get storedCharge_mAh_per_g(): number {
    return this.stored_mAh_per_g
  }

  /** Puts a soft short across the cell from now on, or with Infinity takes it away. */
  leak(resistance_ohm: number): void {
    this.leak_ohm = resistance_ohm
  }

  voltage_V(current_A: number): number {
    if (Number.isNaN(this.still_V)) this.stand()
    return this.still_V + current_A * this.resistance_ohm + this.anode.adds_V(current_A)
  }

  advance(current_A: number, duration_s: number): void {
    const charge_C = current_A * duration_s
    this.still_V = Number.NaN
    this.charge_C += charge_C
    if (charge_C > 0) this.chargingCharge_C += charge_C
    else this.dischargingCharge_C -= charge_C
    this.utilisation.settle(current_A, duration_s)
    const { area_cm2, relaxing } = this.parameters
    if (relaxing !== undefined) {
      const settled_V = (current_A * relaxing.resistance_ohm_cm2) / area_cm2
      const kept = Math.exp(-duration_s / relaxing.relaxation_s)
      this.relaxing_V = settled_V + (this.relaxing_V - settled_V) * kept
    }
    if (this.leak_ohm === Number.POSITIVE_INFINITY) this.move(charge_C)
    else this.leakAway(current_A, duration_s)
  }

  private stand(): void {
    const used = this.utilisation.used_mAh_per_g(this.stored_mAh_per_g)
    this.still_V =
      this.curve.at(used) + this.relaxing_V + (this.parameters.hysteresis_V ?? 0) * this.branch
  }

  /** Moves charge between cathode and anode; positive charges. */
  private move(charge_C: number): void {
    if (charge_C === 0) return
    if (charge_C > 0 && this.discharged_C >= this.turn_C) this.beginCycle()
    const taken_C = charge_C > 0 ? charge_C * this.cycleEfficiency : charge_C
    if (charge_C < 0) this.discharged_C -= charge_C
    this.stored_mAh_per_g += taken_C / (this.unit_C * this.retention)
    this.anode.move(taken_C)
    if (this.parameters.hysteresis_V === undefined) return
    const side = Math.sign(charge_C)
    const moved_mAh_per_g = Math.abs(charge_C) / this.unit_C
    this.branch = side + (this.branch - side) * Math.exp(-moved_mAh_per_g / BRANCH_mAh_per_g)
  }

  private beginCycle(): void {
    const { area_cm2, fade, resistance_ohm_cm2, resistanceGrowth_ohm_cm2 = 0 } = this.parameters
    this.discharged_C = 0
    this.cycle++
    const beyond = fade.knee === undefined ? 0 : Math.max(0, this.cycle - fade.knee.cycle)
    const lost = fade.perCycle * (this.cycle - 1) + (fade.knee?.perCycle ?? 0) * beyond
    this.retention = Math.exp(-lost)
    this.cycleEfficiency = this.efficiencyOf(this.cycle)
    this.resistance_ohm =
      (resistance_ohm_cm2 + resistanceGrowth_ohm_cm2 * (this.cycle - 1)) / area_cm2
  }

  private efficiencyOf(cycle: number): number {
    const { efficiency = 1 } = this.parameters
    return typeof efficiency === "number" ? efficiency : efficiency(cycle)
  }

  /**
   * With U rising linearly, the current into the cell, I − U/R, decays exponentially as the charge that
   * it moves changes U; so it never changes its sign.
   */
  private leakAway(current_A: number, duration_s: number): void {
    let left_s = duration_s
    while (left_s > 0) {
      const net_A = current_A - this.curve.at(this.stored_mAh_per_g) / this.leak_ohm
      if (Math.abs(net_A) < 1e-15) return
      // A turn settles the cycle's capacity, so it comes before that is used.
      if (net_A > 0 && this.discharged_C >= this.turn_C) this.beginCycle()
      const { slope, end } = this.curve.leaving(this.stored_mAh_per_g, net_A > 0)
      const part = net_A > 0 ? this.cycleEfficiency : 1
      const whole_C = (this.unit_C * this.retention) / part
      const rate_per_s = slope / (whole_C * this.leak_ohm)
      // All that would be moved, were the segment endless.
      const reach_C = net_A / rate_per_s
      const toEnd = ((end - this.stored_mAh_per_g) * whole_C) / reach_C
      const toEnd_s = toEnd < 1 ? -Math.log1p(-toEnd) / rate_per_s : Number.POSITIVE_INFINITY
      if (toEnd_s > left_s) {
        this.move(-reach_C * Math.expm1(-rate_per_s * left_s))
        return
      }
      this.move(toEnd * reach_C)
      this.stored_mAh_per_g = end
      left_s -= toEnd_s
    }
  }
}
