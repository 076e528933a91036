// ADS122C04, 24-bit delta-sigma ADC. TI SBAS751B: commands section 8.5.3, registers section 8.6.
import { type Converter, READING_LOST, READING_STALE } from "../core/ports"
import type { Bus, Prepared } from "./bus"
import { atAddress, Chip, ChipError } from "./chip"

const RESET = 0x06 // command: all registers to 00h
const START = 0x08 // command: START/SYNC
const POWERDOWN = 0x02 // command: stop converting after the conversion under way
const RDATA = 0x10 // command: read the latest conversion
const RREG = 0x20 // command: read register r, r << 2
const WREG = 0x40 // command: write register r, r << 2
const CONFIG_0 = 0 // MUX[7:4] GAIN[3:1] PGA_BYPASS[0]
const CONFIG_1 = 1 << 2 // DR[7:5] MODE[4] CM[3] VREF[2:1] TS[0]
const CONFIG_2 = 2 << 2 // DRDY[7] DCNT[6] CRC[5:4] BCS[3] IDAC[2:0]
const MUX_AIN0_AIN1 = 0x00 // cell voltage × divider
/** Gain 1 without the PGA, which wants headroom that the cell's pins do not leave (section 8.3.2). */
const PGA_BYPASS = 0x01
const MUX_AIN2_AIN3 = 0x60 // shunt
const MUX_SHORTED = 0xe0 // both inputs at mid-supply
/** 40 samples a second in turbo mode, continuous, internal reference: a conversion takes 25 ms. */
const TURBO_CONTINUOUS = 0x18
/**
 * The data counter goes before each result: a reading that did not change it is stale. Both are repeated with
 * every bit inverted: what does not agree was garbled on its way (section 8.5.4).
 */
const COUNTED_AND_INVERTED = 0x50

/**
 * One channel's converter. While its channel is busy it runs continuously; writing the multiplexer
 * restarts the conversion under way (section 8.4.2.2), so that whatever is read next was converted after
 * the write. `AdcBank` moves it: every message that a control period sends stands ready here.
 */
export class Ads122c04 extends Chip implements Converter {
  // What a control period uses stands first: DeviceScript looks a field up by walking the object.
  status = READING_LOST
  currentCode = 0
  voltageCode = 0
  isVoltageFirst = false
  counter = -1
  readonly data = Buffer.alloc(8)
  readonly result: Prepared
  readonly voltage: Prepared
  /** What the next current conversion is: one of the messages below. */
  current: Prepared
  /** By current range: the shunt, and shorted inputs at the same gain. */
  private readonly shunt: Prepared[] = []
  private readonly shorted: Prepared[] = []

  /**
   * @param gains PGA gain of each current range: 1, 2, 4 … 128
   * @param awake the converters that are converting; this one joins it by `wake`
   */
  constructor(
    address: number,
    bus: Bus,
    gains: number[],
    private readonly awake: Ads122c04[],
  ) {
    super("ADS122C04", address, bus)
    this.result = bus.prepare(address, Buffer.from([RDATA]), this.data)
    this.voltage = this.select(MUX_AIN0_AIN1 | PGA_BYPASS)
    for (let i = 0; i < gains.length; ++i) {
      const gainBits = Math.round(Math.log2(gains[i])) << 1
      this.shunt.push(this.select(MUX_AIN2_AIN3 | gainBits))
      this.shorted.push(this.select(MUX_SHORTED | gainBits))
    }
    this.current = this.shunt[0]
  }

  protected async initDriver(): Promise<void> {
    this.exchange(Buffer.from([RESET]))
    this.exchange(Buffer.from([WREG | CONFIG_1, TURBO_CONTINUOUS]))
    this.exchange(Buffer.from([WREG | CONFIG_2, COUNTED_AND_INVERTED]))
    const answer = Buffer.alloc(1)
    this.exchange(Buffer.from([RREG | CONFIG_1]), answer)
    if (answer[0] !== TURBO_CONTINUOUS)
      throw new ChipError(this.part, atAddress(this.devAddr), "does not keep what is written to it")
  }

  selectCurrent(range: number, isShorted: boolean): void {
    this.current = isShorted ? this.shorted[range] : this.shunt[range]
  }

  /** Starts converting. No error: a chip that is gone shows in its readings. */
  wake(): void {
    this.status = READING_STALE
    this.bus.transact(this.devAddr, Buffer.from([START]))
    if (this.awake.indexOf(this) < 0) this.awake.push(this)
  }

  sleep(): void {
    this.bus.transact(this.devAddr, Buffer.from([POWERDOWN]))
    const awake = this.awake
    const at = awake.indexOf(this)
    if (at < 0) return
    // The others keep their order; DeviceScript's arrays have no splice.
    for (let i = at + 1; i < awake.length; ++i) awake[i - 1] = awake[i]
    awake.pop()
  }

  private select(config: number): Prepared {
    return this.bus.prepare(this.devAddr, Buffer.from([WREG | CONFIG_0, config]))
  }
}
