import type { Cell } from "./cell"

export interface SolidStateParameters {
  area_cm2: number
  /** Of pellet, interlayers and interfaces once they have settled; answers a step at once. */
  resistance_ohm_cm2: number
  /**
   * A part that reacts away with time since assembly, at rest as under current: amplitude·exp(−t/τ)
   * more than the above. A negative amplitude is an interface that grows.
   */
  reacting?: { resistance_ohm_cm2: number; time_h: number }
  /** Interfaces that answer a step with a time constant of their own. */
  relaxing?: readonly { resistance_ohm_cm2: number; relaxation_s: number }[]
}

/**
 * Lithium on both sides of a solid electrolyte that reacts with it. All linear, without kinetics: the
 * papers' solid-state cells are described by resistances alone.
 */
export class SolidState implements Cell {
  charge_C = 0
  elapsed_s = 0
  private relaxing_V = 0
  private readonly voltages_V: Float64Array
  private readonly settled_ohm: number
  private readonly reacting_ohm: number
  private readonly reaction_s: number
  private ohmic_ohm: number

  constructor(private readonly parameters: SolidStateParameters) {
    const { area_cm2, reacting, relaxing = [] } = parameters
    this.settled_ohm = parameters.resistance_ohm_cm2 / area_cm2
    this.reacting_ohm = (reacting?.resistance_ohm_cm2 ?? 0) / area_cm2
    this.reaction_s = (reacting?.time_h ?? 1) * 3600
    this.ohmic_ohm = this.settled_ohm + this.reacting_ohm
    this.voltages_V = new Float64Array(relaxing.length)
  }

  /** What answers a step at once, by now. A witness. */
  get resistance_ohm(): number {
    return this.ohmic_ohm
  }

  voltage_V(current_A: number): number {
    return current_A * this.ohmic_ohm + this.relaxing_V
  }

  advance(current_A: number, duration_s: number): void {
    const { area_cm2, relaxing = [] } = this.parameters
    this.charge_C += current_A * duration_s
    this.elapsed_s += duration_s
    if (this.reacting_ohm !== 0)
      this.ohmic_ohm =
        this.settled_ohm + this.reacting_ohm * Math.exp(-this.elapsed_s / this.reaction_s)
    this.relaxing_V = 0
    for (let k = 0; k < relaxing.length; k++) {
      const settled_V = (current_A * relaxing[k].resistance_ohm_cm2) / area_cm2
      const kept = Math.exp(-duration_s / relaxing[k].relaxation_s)
      this.voltages_V[k] = settled_V + (this.voltages_V[k] - settled_V) * kept
      this.relaxing_V += this.voltages_V[k]
    }
  }
}
