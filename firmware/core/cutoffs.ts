import {
  QUANTITY_CHARGE,
  QUANTITY_ENERGY,
  QUANTITY_TIME,
  QUANTITY_VOLTAGE,
  type Step,
} from "./step"

/** No condition holds. */
export const NO_CUTOFF = -1

/** Beyond any voltage that is read: with the largest current, how fast energy can pass. */
const MOST_V = 5.2

/**
 * Judges a step's conditions, and says how long nothing can be due. A run of linked conditions cannot hold
 * before the first of them that fails now does, so that one alone bounds the quiet time.
 */
export class Cutoffs {
  /** By quantity (`step.ts`), in its unit; without sign where the quantity has none. Set before judging. */
  readonly readings = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  /** After `judge`: while the voltage stays between these, and for so long, no condition comes to hold. */
  quietBelow_V = Infinity
  quietAbove_V = -Infinity
  quietFor_ms = Infinity

  /** No reading is known. */
  forget(): void {
    for (let i = 0; i < this.readings.length; ++i) this.readings[i] = NaN
  }

  /**
   * @param most_A the largest |current| that can flow before the next look
   * @returns the index of the condition that ends the step, whose goto decides, or `NO_CUTOFF`
   */
  judge(step: Step, most_A: number): number {
    this.quietBelow_V = Infinity
    this.quietAbove_V = -Infinity
    this.quietFor_ms = Infinity
    let holds = true
    for (let i = 0; i < step.conditionCount; ++i) {
      if (holds) {
        const reading = this.readings[step.quantity[i]]
        // Written so that a reading that is not known, NaN, never holds.
        if (!(step.isAbove[i] ? reading >= step.value[i] : reading <= step.value[i])) {
          holds = false
          this.narrow(step, i, reading, most_A)
        }
      }
      if (step.isLinked[i]) continue
      if (holds) return i
      holds = true
    }
    return NO_CUTOFF
  }

  /** Bounds the quiet time by a condition that does not hold yet. */
  private narrow(step: Step, i: number, reading: number, most_A: number): void {
    const quantity = step.quantity[i]
    const value = step.value[i]
    if (quantity === QUANTITY_VOLTAGE) {
      if (step.isAbove[i]) this.quietBelow_V = Math.min(this.quietBelow_V, value)
      else this.quietAbove_V = Math.max(this.quietAbove_V, value)
      return
    }
    // All other quantities move only with a full look at the reading, at least once a second.
    let wait_ms = Infinity
    const left = Math.abs(value - reading)
    if (quantity === QUANTITY_CHARGE) wait_ms = left / most_A
    else if (quantity === QUANTITY_ENERGY) wait_ms = left / (most_A * MOST_V)
    // Time does not come back to below its value.
    else if (quantity === QUANTITY_TIME && step.isAbove[i]) wait_ms = left
    if (wait_ms < this.quietFor_ms) this.quietFor_ms = wait_ms
  }
}
