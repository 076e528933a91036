// MCP4728, quad 12-bit DAC. Microchip DS22187E: fast write section 5.6.1, multi-write section 5.6.2,
// read section 5.6.6.
import type { Bus, Prepared } from "./bus"
import { atAddress, Chip, ChipError } from "./chip"

const MULTI_WRITE = 0x40 // 01000 DAC1 DAC0 /UDAC, then VREF PD1 PD0 Gx D11..8, D7..0
const MIDDLE_HIGH = 0x08 // external reference, not powered down, gain 1, D11..8 of 2048
const CHANNELS = 4

/** Four set-points in one chip. The external reference is the circuit's; all four outputs move at once. */
export class Mcp4728 extends Chip {
  /** Codes that its outputs have. */
  readonly sent: number[] = [2048, 2048, 2048, 2048]
  /** A fast write of all four codes: its bytes, and how to send it. */
  readonly bytes = Buffer.from([8, 0, 8, 0, 8, 0, 8, 0])
  readonly write: Prepared

  constructor(address: number, bus: Bus) {
    super("MCP4728", address, bus)
    this.write = bus.prepare(address, this.bytes)
  }

  protected async initDriver(): Promise<void> {
    // Fast writes leave the reference bit alone, so it is set once here, with every output at 0 A.
    const setup = Buffer.alloc(3 * CHANNELS)
    for (let i = 0; i < CHANNELS; ++i) {
      setup[3 * i] = MULTI_WRITE | (i << 1)
      setup[3 * i + 1] = MIDDLE_HIGH
      setup[3 * i + 2] = 0
    }
    this.exchange(setup)
    const state = Buffer.alloc(24)
    this.exchange(Buffer.alloc(0), state)
    for (let i = 0; i < CHANNELS; ++i)
      if ((state[6 * i + 1] & 0xef) !== MIDDLE_HIGH || state[6 * i + 2] !== 0)
        throw new ChipError(
          this.part,
          atAddress(this.devAddr),
          "does not keep what is written to it",
        )
  }
}
