import type { Cell } from "./cell"

export interface TheveninParameters {
  capacity_Ah: number
  /** Rows of state of charge (0 … 1, ascending) and open-circuit voltage in V; at least two. */
  openCircuit: readonly (readonly [stateOfCharge: number, voltage_V: number])[]
  /** What answers a step of current at once. */
  seriesResistance_ohm: number
  /** The slower part of the resistance, and the time constant with which it answers. */
  relaxingResistance_ohm: number
  relaxation_s: number
  /**
   * What part of the charge that charging takes is stored, the rest being lost to side reactions: the
   * Coulombic efficiency, discharge ÷ charge. 1 unless given.
   */
  efficiency?: number
}

/**
 * A full cell as its open-circuit voltage, a series resistance and one RC pair. The table is
 * interpolated linearly; its end segments go on beyond 0 and 1, so overcharge keeps raising the
 * voltage and a cutoff is always met.
 */
export class Thevenin implements Cell {
  charge_C = 0
  /** Throughput in either direction, both counted upward: witnesses, as `charge_C`. */
  chargingCharge_C = 0
  dischargingCharge_C = 0
  private storedCharge_C: number
  private relaxing_V = 0
  private segment = 0
  private readonly capacity_C: number
  private readonly efficiency: number
  private readonly charges_C: Float64Array
  private readonly voltages_V: Float64Array

  constructor(
    private readonly parameters: TheveninParameters,
    initialStateOfCharge: number,
  ) {
    const { openCircuit } = parameters
    if (openCircuit.length < 2 || openCircuit.some(([x], k) => k > 0 && x <= openCircuit[k - 1][0]))
      throw new RangeError("openCircuit: needs two or more rows of ascending state of charge")
    if (!(parameters.relaxation_s > 0)) throw new RangeError("relaxation_s: must be above 0")
    this.capacity_C = parameters.capacity_Ah * 3600
    this.storedCharge_C = initialStateOfCharge * this.capacity_C
    this.efficiency = parameters.efficiency ?? 1
    this.charges_C = Float64Array.from(openCircuit, ([x]) => x * this.capacity_C)
    this.voltages_V = Float64Array.from(openCircuit, ([, voltage_V]) => voltage_V)
  }

  get stateOfCharge(): number {
    return this.storedCharge_C / this.capacity_C
  }

  voltage_V(current_A: number): number {
    return this.openCircuit_V() + current_A * this.parameters.seriesResistance_ohm + this.relaxing_V
  }

  advance(current_A: number, duration_s: number): void {
    const { relaxingResistance_ohm, relaxation_s } = this.parameters
    const settled_V = current_A * relaxingResistance_ohm
    this.relaxing_V =
      settled_V + (this.relaxing_V - settled_V) * Math.exp(-duration_s / relaxation_s)
    const charge_C = current_A * duration_s
    this.charge_C += charge_C
    if (charge_C > 0) {
      this.chargingCharge_C += charge_C
      this.storedCharge_C += charge_C * this.efficiency
    } else {
      this.dischargingCharge_C -= charge_C
      this.storedCharge_C += charge_C
    }
  }

  private openCircuit_V(): number {
    const { charges_C, voltages_V, storedCharge_C: charge_C } = this
    // A cell moves slowly along its table: begin where the last look ended.
    let k = this.segment
    while (k > 0 && charge_C < charges_C[k]) k--
    while (k < charges_C.length - 2 && charge_C > charges_C[k + 1]) k++
    this.segment = k
    const fraction = (charge_C - charges_C[k]) / (charges_C[k + 1] - charges_C[k])
    return voltages_V[k] + fraction * (voltages_V[k + 1] - voltages_V[k])
  }
}
