import type { Cell } from "./cell"

/** An electrolyte between electrodes that pass no charge: its resistance, and their capacitance. */
export class Blocking implements Cell {
  charge_C = 0

  constructor(
    readonly resistance_ohm: number,
    readonly capacitance_F: number,
  ) {}

  voltage_V(current_A: number): number {
    return current_A * this.resistance_ohm + this.charge_C / this.capacitance_F
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}
