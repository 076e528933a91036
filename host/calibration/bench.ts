/**
 * What stands on the bench for a calibration: a standard resistor, a voltmeter across the sense leads, and
 * somebody, or a relay card, who does what an instruction says. Current is measured as the voltage on the
 * standard, never on a meter's current range.
 */
export interface CalibrationBench {
  readonly standard_ohm: number
  /** Which resistor and meter: 16 ASCII characters at most, kept with the calibration. */
  readonly standard: string
  /** Puts something into a channel's holder, the cell being what was there before. Comes back when it is in. */
  connect(what: Connected, channel: number, instruction: string): Promise<void>
  /** The meter's reading, V, once it stands still. */
  read_V(channel: number, instruction: string): Promise<number>
}

export type Connected = "standard" | "short" | "cell"

/** What a person is told to put into the holder. */
export function connectInstruction(
  what: Connected,
  channel: number,
  bench: CalibrationBench,
): string {
  switch (what) {
    case "standard":
      return (
        `Channel ${channel}: take the cell out and connect the ${bench.standard_ohm} Ω standard by four leads, ` +
        "current outside, sense inside; then the voltmeter across its sense ends, + to the channel's +."
      )
    case "short":
      return (
        `Channel ${channel}: take the standard out and join all four leads and both of the voltmeter's at one ` +
        "point, the same screw or clip: the voltmeter should show next to nothing."
      )
    case "cell":
      return `Channel ${channel} is done: take the leads off. The cell can go back in.`
  }
}

/** What a person is told to read. */
export function readInstruction(channel: number, expected_V: number): string {
  return (
    `Channel ${channel}: when the voltmeter stands still, what does it show, in volts? ` +
    `About ${expected_V.toPrecision(3)} V is expected.`
  )
}
