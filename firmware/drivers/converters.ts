import { type Converters, READING_FRESH, READING_LOST, READING_STALE, SHORTED } from "../core/ports"
import type { Ads122c04 } from "./ads122c04"
import type { Transact } from "./bus"

/** One ADS122C04 a channel, moved together. */
export class AdcBank implements Converters {
  readonly isActive: boolean[] = []
  readonly currentInput: number[] = []
  readonly currentCode: number[] = []
  readonly voltageCode: number[] = []
  readonly status: number[] = []

  constructor(
    private readonly adcs: Ads122c04[],
    private readonly transact: Transact,
  ) {
    for (let i = 0; i < adcs.length; ++i) {
      this.isActive.push(false)
      this.currentInput.push(0)
      this.currentCode.push(0)
      this.voltageCode.push(0)
      this.status.push(READING_LOST)
    }
  }

  wake(channel: number): void {
    this.isActive[channel] = true
    this.adcs[channel].wake()
  }

  sleep(channel: number): void {
    this.isActive[channel] = false
    this.adcs[channel].sleep()
  }

  startCurrents(): void {
    const transact = this.transact
    for (let i = 0; i < this.adcs.length; ++i) {
      if (!this.isActive[i]) continue
      const adc = this.adcs[i]
      const input = this.currentInput[i]
      transact(adc.address, input < SHORTED ? adc.selectCurrent[input] : adc.selectShort[input - SHORTED])
    }
  }

  takeCurrents(): void {
    const transact = this.transact
    for (let i = 0; i < this.adcs.length; ++i) {
      if (!this.isActive[i]) continue
      const adc = this.adcs[i]
      this.status[i] = take(transact, adc)
      this.currentCode[i] = adc.code
      transact(adc.address, adc.selectVoltage)
    }
  }

  takeVoltages(): void {
    const transact = this.transact
    for (let i = 0; i < this.adcs.length; ++i) {
      if (!this.isActive[i]) continue
      const adc = this.adcs[i]
      const status = take(transact, adc)
      // The period's status is that of the worse of its two readings.
      if (status > this.status[i]) this.status[i] = status
      this.voltageCode[i] = adc.code
    }
  }
}

/** Reads a converter's latest result into its `code`. Gives the reading's status. */
function take(transact: Transact, adc: Ads122c04): number {
  const data = adc.data
  if (transact(adc.address, adc.readData, data) !== 0) return READING_LOST
  const counter = data[0]
  const high = data[1]
  adc.code = (high < 128 ? high : high - 256) * 65536 + data[2] * 256 + data[3]
  if (counter === adc.counter) return READING_STALE
  adc.counter = counter
  return READING_FRESH
}
