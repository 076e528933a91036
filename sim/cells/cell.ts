/**
 * A simulated cell: two terminals and a state. Positive current enters at the positive terminal: it
 * charges the cell (in a symmetric one it plates lithium on the working electrode; for Li‖Cu see
 * `LithiumCopper`), and never lowers the terminal voltage.
 */
export interface Cell {
  /** Terminal voltage at this instant while `current_A` flows. Does not change the state. */
  voltage_V(current_A: number): number
  /** Lets a constant `current_A` flow for `duration_s`; exact for any duration, not stepped. */
  advance(current_A: number, duration_s: number): void
  /**
   * Net charge that has passed since the cell was made. A witness for tests: the tester has no way to
   * see it.
   */
  readonly charge_C: number
}
