import type { Cell } from "./cell"

/** A resistor in the holder, such as the 100 Ω calibration standard. */
export class Resistor implements Cell {
  charge_C = 0

  constructor(readonly resistance_ohm: number) {}

  voltage_V(current_A: number): number {
    return current_A * this.resistance_ohm
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
  }
}
