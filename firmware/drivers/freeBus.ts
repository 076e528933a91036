/** A line of an open-drain bus, which is pulled up: everybody can hold it low, nobody can hold it high. */
export interface OpenDrain {
  low(): void
  release(): void
  isHigh(): boolean
}

/** A byte and its acknowledge; the chip may be anywhere in them, and in the next byte if the first clock was lost. */
const CLOCKS = 18

/**
 * Frees an I2C bus that a chip holds: one that was sending when the microcontroller was reset goes on holding SDA
 * for each bit that is 0, and waits for clocks. They are given, with nobody acknowledging, until SDA is free; a STOP
 * then ends whatever it was (NXP UM10204, section 3.1.16).
 * @returns whether both lines are free: SCL that is held, or SDA for ever, no clock can free
 */
export function freeBus(sda: OpenDrain, scl: OpenDrain): boolean {
  sda.release()
  scl.release()
  for (let i = 0; i < CLOCKS && !sda.isHigh(); ++i) {
    scl.low()
    scl.release()
  }
  if (!sda.isHigh() || !scl.isHigh()) return false
  // A START and a STOP: also who is free, but in the middle of something, hears that it is over.
  sda.low()
  sda.release()
  return true
}
