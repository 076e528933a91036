import type { CatalogueEntry } from "../../sim/cells/catalogue/entry"
import { IdealCycler } from "./idealCycler"

export interface FullCycle {
  charge_mAh_per_g: number
  discharge_mAh_per_g: number
}

/** Cycles a full cell of the catalogue through its window, at one rate each way. */
export class FullCycles {
  readonly cycler: IdealCycler
  readonly mass_g: number
  readonly oneC_A: number

  constructor(private readonly entry: CatalogueEntry) {
    const { activeMass_mg, area_cm2, capacity_mAh } = entry
    if (activeMass_mg === undefined || capacity_mAh === undefined)
      throw new Error("not a full cell")
    this.cycler = new IdealCycler(entry.make(), area_cm2)
    this.mass_g = activeMass_mg * 1e-3
    this.oneC_A = capacity_mAh * 1e-3
  }

  charge(rate_C: number, window_V = this.window_V): number {
    return this.run(rate_C, window_V[1])
  }

  discharge(rate_C: number, window_V = this.window_V): number {
    return this.run(-rate_C, window_V[0])
  }

  /** So many cycles, a charge first. */
  run_cycles(rate_C: number, count: number, window_V = this.window_V): FullCycle[] {
    return Array.from({ length: count }, () => ({
      charge_mAh_per_g: this.charge(rate_C, window_V),
      discharge_mAh_per_g: this.discharge(rate_C, window_V),
    }))
  }

  /** So many cycles, a discharge first. */
  run_discharging(rate_C: number, count: number): FullCycle[] {
    return Array.from({ length: count }, () => {
      const discharge_mAh_per_g = this.discharge(rate_C)
      return { discharge_mAh_per_g, charge_mAh_per_g: this.charge(rate_C) }
    })
  }

  /** Voltage when half of a discharge from here has passed, whose charge is known. */
  medium_V(rate_C: number, discharge_mAh_per_g: number): number {
    const current_A = -rate_C * this.oneC_A
    const half_C = (discharge_mAh_per_g * this.mass_g * 3.6) / 2
    this.cycler.cell.advance(current_A, half_C / -current_A)
    return this.cycler.cell.voltage_V(current_A)
  }

  private get window_V(): readonly [number, number] {
    if (this.entry.window_V === undefined) throw new Error("no window")
    return this.entry.window_V
  }

  private run(rate_C: number, cutoff_V: number): number {
    const expected_mAh = this.oneC_A * 1e3
    return this.cycler.until_V(rate_C * this.oneC_A, cutoff_V, expected_mAh) / this.mass_g
  }
}
