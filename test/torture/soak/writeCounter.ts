import type { I2cChip } from "../../../sim/chips/chip"

const SIZE = 0x8000

/** Counts how often each byte of an FRAM is written: it bears 10¹³ times and more. */
export class WriteCounter {
  readonly counts = new Uint32Array(SIZE)
  bytes = 0

  around(chip: I2cChip): I2cChip {
    const { counts } = this
    let index = 0
    let address = 0
    return {
      name: chip.name,
      powerOn: () => chip.powerOn(),
      powerOff: () => chip.powerOff(),
      start: (read) => {
        index = 0
        return chip.start(read)
      },
      write: (byte) => {
        if (index < 2) address = ((address << 8) | byte) & (SIZE - 1)
        else {
          counts[address]++
          this.bytes++
          address = (address + 1) & (SIZE - 1)
        }
        index++
        return chip.write(byte)
      },
      read: () => chip.read(),
      stop: () => chip.stop(),
    }
  }

  most(): number {
    return this.counts.reduce((a, b) => Math.max(a, b))
  }
}
