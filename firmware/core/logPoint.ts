import type { Memory } from "./bytes"

/** Time, voltage, current, energy, charge. */
const NUMBERS = 5

/**
 * Points as LOG_FORMAT.md packs them. Each number is the difference from what the point before lets
 * expect: the same interval, the same voltage and current, and the charge and energy that these give in
 * that time.
 */
export class PointCoder {
  /** What points count their time from: the point before, the step's beginning or the page's. */
  time_ms = 0
  private interval_ms = 0
  private voltage_uV = 0
  private current_nA = 0
  private charge_nAh = 0
  private energy_nWh = 0
  /** What a point is written as. */
  private readonly numbers = [0, 0, 0, 0, 0]

  /** A page begins: it can be read alone, so nothing is known. */
  beginPage(testTime_ms: number): void {
    this.voltage_uV = 0
    this.current_nA = 0
    this.beginStep(testTime_ms)
  }

  /** A step begins: its charge and energy count from here. */
  beginStep(testTime_ms: number): void {
    this.time_ms = testTime_ms
    this.interval_ms = 0
    this.charge_nAh = 0
    this.energy_nWh = 0
  }

  /** Writes a point to the beginning of `out`. @returns its bytes, `MAX_RECORD_BYTES` at most */
  encode(
    out: Memory,
    flags: number,
    testTime_ms: number,
    voltage_V: number,
    current_A: number,
    charge_mAs: number,
    energy_mWs: number,
  ): number {
    const elapsed_ms = testTime_ms - this.time_ms
    // Not Math.round: DeviceScript's takes negative halves down, JavaScript's up.
    const voltage_uV = Math.floor(voltage_V * 1e6 + 0.5)
    const current_nA = Math.floor(current_A * 1e9 + 0.5)
    const charge_nAh = Math.floor(charge_mAs / 3.6e-3 + 0.5)
    const energy_nWh = Math.floor(energy_mWs / 3.6e-3 + 0.5)
    const expected_nAh = Math.floor((current_nA * elapsed_ms) / 3.6e6 + 0.5)
    const expected_nWh = Math.floor((expected_nAh * voltage_uV) / 1e6 + 0.5)
    const numbers = this.numbers
    numbers[0] = elapsed_ms - this.interval_ms
    numbers[1] = voltage_uV - this.voltage_uV
    numbers[2] = current_nA - this.current_nA
    numbers[3] = energy_nWh - this.energy_nWh - expected_nWh
    numbers[4] = charge_nAh - this.charge_nAh - expected_nAh
    this.time_ms = testTime_ms
    this.interval_ms = elapsed_ms
    this.voltage_uV = voltage_uV
    this.current_nA = current_nA
    this.charge_nAh = charge_nAh
    this.energy_nWh = energy_nWh
    for (let i = 0; i < NUMBERS; ++i) {
      const number = numbers[i]
      numbers[i] = number < 0 ? -2 * number - 1 : 2 * number
    }
    numbers[0] = numbers[0] * 4 + flags
    // The charge is what was expected to within one, nearly always: it goes along with the energy then.
    const charge = numbers[4]
    const count = charge < 3 ? NUMBERS - 1 : NUMBERS
    numbers[3] = numbers[3] * 4 + (charge < 3 ? charge : 3)
    numbers[4] = charge - 3
    // All in one loop: a call for each would take longer than its bytes.
    let at = 0
    for (let i = 0; i < count; ++i) {
      let value = numbers[i]
      while (value >= 128) {
        // A shift where it can be: it is no call.
        const rest = value < 0x40000000 ? value >> 7 : Math.floor(value / 128)
        out[at] = value - rest * 128 + 128
        at = at + 1
        value = rest
      }
      out[at] = value
      at = at + 1
    }
    return at
  }

  /** Writes an event's first varint to the beginning of `out`. @returns its bytes */
  encodeTime(out: Memory, flags: number, testTime_ms: number): number {
    const elapsed_ms = testTime_ms - this.time_ms
    let value = (elapsed_ms < 0 ? -2 * elapsed_ms - 1 : 2 * elapsed_ms) * 4 + flags
    let at = 0
    while (value >= 128) {
      const rest = Math.floor(value / 128)
      out[at] = value - rest * 128 + 128
      at = at + 1
      value = rest
    }
    out[at] = value
    return at + 1
  }
}
