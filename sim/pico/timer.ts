import type { Peripheral, RP2040 } from "rp2040js"

const ALARM0 = 0x10 // RP2040 datasheet, 4.6.5
const ALARM3 = 0x1c
const TIMER = 0x40054

interface Alarms {
  alarms: { clockAlarm: { schedule(duration_ns: number): void } }[]
}

/**
 * Lets the timer's alarms fire when its count reaches their time. The emulator's fire up to a microsecond before
 * that, by the part of one that had passed when they were set: a program that then looks at the time finds that it
 * is not due yet, and sleeps on.
 */
export function mendTimer({ peripherals, clock }: RP2040): void {
  const timer = peripherals[TIMER] as Peripheral & Alarms
  const write = timer.writeUint32.bind(timer)
  timer.writeUint32 = (offset, value) => {
    write(offset, value)
    if (offset < ALARM0 || offset > ALARM3) return
    const count = Math.floor(clock.nanos / 1000)
    const ahead = (value - count) >>> 0
    const passed_ns = clock.nanos - count * 1000
    timer.alarms[(offset - ALARM0) / 4].clockAlarm.schedule(Math.max(0, ahead * 1000 - passed_ns))
  }
}
