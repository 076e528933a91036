// TMP117, temperature sensor. TI SNOSD82: registers section 8.6.
import type { Thermometer } from "../core/ports"
import type { Bus } from "./bus"
import { atAddress, Chip, ChipError } from "./chip"

const TEMPERATURE = 0x00 // 16 bits, big-endian, 7.8125 m°C each; 8000h before the first conversion
const DEVICE_ID = 0x0f // 0117h
const DEGC_PER_CODE = 0.0078125

export class Tmp117 extends Chip implements Thermometer {
  private readonly register = Buffer.from([TEMPERATURE])
  private readonly data = Buffer.alloc(2)

  constructor(address: number, bus: Bus) {
    super("TMP117", address, bus)
  }

  protected async initDriver(): Promise<void> {
    this.exchange(Buffer.from([DEVICE_ID]), this.data)
    if (((this.data[0] & 0x0f) << 8) + this.data[1] !== 0x117)
      throw new ChipError(
        this.part,
        atAddress(this.devAddr),
        "is another chip: its identity is not 0117h",
      )
  }

  temperature_degC(): number {
    if (this.bus.transact(this.devAddr, this.register, this.data) !== 0) return NaN
    const code = this.data[0] * 256 + this.data[1]
    if (code === 0x8000) return NaN
    return (code >= 0x8000 ? code - 0x10000 : code) * DEGC_PER_CODE
  }
}
