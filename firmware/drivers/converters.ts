import { type Converters, READING_FRESH, READING_LOST, READING_STALE } from "../core/ports"
import type { Ads122c04 } from "./ads122c04"
import type { Send } from "./bus"

/** The ADS122C04s of all channels, moved together. Only those that are awake take part. */
export class AdcBank implements Converters {
  constructor(
    private readonly awake: Ads122c04[],
    private readonly send: Send,
  ) {}

  startCurrents(): void {
    const awake = this.awake
    const send = this.send
    for (let i = 0; i < awake.length; ++i) send(awake[i].current)
  }

  takeCurrents(): void {
    const awake = this.awake
    const send = this.send
    for (let i = 0; i < awake.length; ++i) {
      const adc = awake[i]
      adc.status = take(send, adc)
      adc.currentCode = adc.code
      send(adc.voltage)
    }
  }

  takeVoltages(): void {
    const awake = this.awake
    const send = this.send
    for (let i = 0; i < awake.length; ++i) {
      const adc = awake[i]
      const status = take(send, adc)
      // The period's status is that of the worse of its two readings.
      if (status > adc.status) adc.status = status
      adc.voltageCode = adc.code
    }
  }
}

/** Reads a converter's latest result into its `code`. Gives the reading's status. */
function take(send: Send, adc: Ads122c04): number {
  const data = adc.data
  if (send(adc.result) !== 0) return READING_LOST
  const counter = data[0]
  const high = data[1]
  adc.code = (high < 128 ? high : high - 256) * 65536 + data[2] * 256 + data[3]
  if (counter === adc.counter) return READING_STALE
  adc.counter = counter
  return READING_FRESH
}
