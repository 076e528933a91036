import type { Cell } from "./cell"

/**
 * A model of a cell as somebody else writes one: two terminals and a state. Positive current enters at the
 * positive terminal, and charges. It is asked many times for each control period, so both should be quick.
 */
export interface CellModel {
  /**
   * Terminal voltage in V, a finite number, at this instant while `current_A` flows. Does not change the state.
   * Of two currents, the larger never gives the lower voltage.
   */
  voltage_V(current_A: number): number
  /** Lets a constant `current_A` flow for `duration_s`, which may be microseconds or an hour. */
  advance(current_A: number, duration_s: number): void
}

/** A model does what no cell can do. */
export class CellModelError extends Error {
  constructor(problem: string) {
    super(`The cell's model ${problem}.`)
    this.name = "CellModelError"
  }
}

/** Of either sign: what the board's output stage can drive into a cell. */
const MOST_A = 0.05
/** Currents from one end to the other at which a new model is asked. */
const ASKED = 21
/** By so much may rounding lower the voltage. */
const ROUNDING_V = 1e-9

/** Somebody else's model as the board takes it. What it does wrong ends the run, and is kept to be told. */
export class GuardedCell implements Cell {
  charge_C = 0
  failure: CellModelError | undefined

  /** @throws CellModelError when it is none: before anything runs */
  constructor(readonly model: CellModel) {
    for (const name of ["voltage_V", "advance"] as const)
      if (typeof model[name] !== "function") throw new CellModelError(`has no method ${name}`)
    let last_V = Number.NEGATIVE_INFINITY
    for (let i = 0; i < ASKED; i++) {
      const current_A = MOST_A * ((2 * i) / (ASKED - 1) - 1)
      const voltage_V = this.voltage_V(current_A)
      if (voltage_V < last_V - ROUNDING_V)
        throw new CellModelError(
          `gives ${voltage_V} V at ${amperes(current_A)} and more, ${last_V} V, at less current: positive current ` +
            "charges, and never lowers the voltage",
        )
      last_V = voltage_V
    }
  }

  voltage_V(current_A: number): number {
    const voltage_V = this.model.voltage_V(current_A)
    if (Number.isFinite(voltage_V)) return voltage_V
    this.failure ??= new CellModelError(
      `gives ${voltage_V} as its voltage at ${amperes(current_A)}, after ${this.charge_C.toPrecision(4)} C in all: ` +
        "it must be a finite number",
    )
    throw this.failure
  }

  advance(current_A: number, duration_s: number): void {
    this.charge_C += current_A * duration_s
    this.model.advance(current_A, duration_s)
  }
}

function amperes(current_A: number): string {
  return `${Number(current_A.toPrecision(4))} A`
}
