import { type Converters, READING_FRESH, READING_LOST, READING_STALE } from "../core/ports"
import type { Ads122c04 } from "./ads122c04"
import type { Send } from "./bus"

/** The ADS122C04s of all channels, moved together. Only those that are awake take part. */
export class AdcBank implements Converters {
  constructor(
    private readonly awake: Ads122c04[],
    private readonly send: Send,
  ) {}

  startFirst(): void {
    const awake = this.awake
    const send = this.send
    for (let i = 0; i < awake.length; ++i) {
      const adc = awake[i]
      send(adc.isVoltageFirst ? adc.voltage : adc.current)
    }
  }

  takeFirst(): void {
    this.take(false)
  }

  takeSecond(): void {
    this.take(true)
  }

  /** Reads every converter's latest result; after the first of a period, starts the second. */
  private take(isSecond: boolean): void {
    const awake = this.awake
    const send = this.send
    for (let i = 0; i < awake.length; ++i) {
      const adc = awake[i]
      const data = adc.data
      let status = READING_FRESH
      // The second half has to be the first, inverted. Not in a function of its own: a call costs a board 0.1 ms.
      if (
        send(adc.result) !== 0 ||
        ((data[0] ^ data[4]) & (data[1] ^ data[5]) & (data[2] ^ data[6]) & (data[3] ^ data[7])) !==
          0xff
      )
        status = READING_LOST
      else if (data[0] === adc.counter) status = READING_STALE
      adc.counter = data[0]
      // 24 bits, high byte first; shifted down again, the sign fills the rest.
      const code = ((data[1] << 24) | (data[2] << 16) | (data[3] << 8)) >> 8
      const isVoltage = adc.isVoltageFirst !== isSecond
      if (isVoltage) adc.voltageCode = code
      else adc.currentCode = code
      if (isSecond) {
        // The period's status is that of the worse of its two readings.
        if (status > adc.status) adc.status = status
      } else {
        adc.status = status
        send(isVoltage ? adc.current : adc.voltage)
      }
    }
  }
}
