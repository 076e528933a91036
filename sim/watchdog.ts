/**
 * TPL5010, timer with watchdog: TI SNAS651, sections 8.3 and 8.4. An interval follows the other; a rising edge at DONE
 * within one spares the microcontroller at its end, otherwise its reset is pulled low and the intervals begin anew.
 * So after the last edge it bites within one interval and two.
 */
export class Watchdog {
  private began_us = Number.POSITIVE_INFINITY
  private isFed = false
  private level = -1

  /** @param interval_us by the resistor at DELAY: 10.2 kΩ are 8 s */
  constructor(private readonly interval_us: number) {}

  /** Supply or reset rises: a first interval begins. */
  begin(now_us: number): void {
    this.began_us = now_us
    this.isFed = false
  }

  /** Supply falls. */
  powerOff(): void {
    this.began_us = Number.POSITIVE_INFINITY
    this.level = -1
  }

  /** The level at DONE. */
  setDone(level: number, now_us: number): void {
    this.expires(now_us)
    if (level === 1 && this.level === 0) this.isFed = true
    this.level = level
  }

  /** When it will bite if nothing feeds it; infinity without power. */
  get bites_us(): number {
    return this.due_us + (this.isFed ? this.interval_us : 0)
  }

  /** Lets time pass. @returns whether it resets the microcontroller: `bites_us` has come */
  expires(now_us: number): boolean {
    while (now_us >= this.due_us) {
      if (!this.isFed) return true
      this.isFed = false
      this.began_us = this.due_us
    }
    return false
  }

  private get due_us(): number {
    return this.began_us + this.interval_us
  }
}

/** 10.2 kΩ. */
export const WATCHDOG_us = 8_000_000
/** How long its reset is low: tRSTn. */
export const WATCHDOG_RESET_us = 320_000
