/** How an ADC model sees the circuit at its pins. */
export interface AdcInputs {
  /**
   * Calls `latch` with the voltages of pins AIN0…AIN3 to ground as the circuit passes `at_us`, before
   * anything later changes it. The circuit keeps one request; a new one replaces it.
   */
  sampleAt(at_us: number, latch: (pins_V: Float64Array) => void): void
  /** Lets the circuit run to `now_us`; a sample that was due has been latched when this returns. */
  advanceTo(now_us: number): void
}
