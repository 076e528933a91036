import type { CellModel } from "coincell"

/** A model of one's own: a capacitor behind a resistor, which leaks. */
export class LeakyCell implements CellModel {
  /** Across the capacitor. */
  private inner_V = 0

  constructor(
    private readonly capacitance_F: number,
    private readonly series_ohm: number,
    private readonly leak_ohm: number,
  ) {}

  voltage_V(current_A: number): number {
    return this.inner_V + current_A * this.series_ohm
  }

  /** Exact for any duration: towards what the current makes of the leak, exponentially. */
  advance(current_A: number, duration_s: number): void {
    const end_V = current_A * this.leak_ohm
    const left = Math.exp(-duration_s / (this.leak_ohm * this.capacitance_F))
    this.inner_V = end_V + (this.inner_V - end_V) * left
  }
}
