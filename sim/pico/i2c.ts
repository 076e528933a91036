import { I2CMode, type RP2040, RPI2C } from "rp2040js"
import type { I2cChip } from "../chips/chip"

/** What an I2C controller of the RP2040 is wired to. */
export interface I2cWires {
  /** Called at the end of each byte, START and STOP, before a chip hears of it. */
  now(): void
  /** How long somebody holds a line from now on, so that nothing can begin, ns. */
  held_ns(): number
  chipAt(address: number): I2cChip | undefined
  /** A byte has passed, an address byte too. */
  counts(isAddress: boolean, isRead: boolean): void
}

const TX_EMPTY_CTRL = 1 << 8 // IC_CON: TX_EMPTY waits until the byte has left; RP2040 datasheet, 4.3.17
const TX_EMPTY = 1 << 4 // IC_RAW_INTR_STAT
const BITS = 9
/** Cycles that the controller adds to each half of the clock: its spike filter's, and 1 or 7 (4.3.14.1). */
const LOW_CYCLES = 1
const HIGH_CYCLES = 7

/**
 * The emulator's controller, whose transfers take their time and reach simulated chips. Two things are mended:
 * an abort empties the FIFO, so it says that it is empty, or a program that waits for that hangs; and what is to
 * be said only once a byte has left is not said before.
 */
export class PicoI2c extends RPI2C {
  private chip: I2cChip | undefined
  private isSending = false
  private isEmptyUnsaid = false
  private afterwards: () => void = () => {}
  private readonly alarm: { schedule(duration_ns: number): void }

  constructor(
    rp2040: RP2040,
    name: string,
    irq: number,
    private readonly wires: I2cWires,
  ) {
    super(rp2040, name, irq)
    this.alarm = rp2040.clock.createAlarm(() => {
      this.wires.now()
      this.afterwards()
    })
    this.onStart = () => this.after(1, () => this.completeStart(), this.wires.held_ns())
    this.onConnect = (address, mode) => this.after(BITS, () => this.connect(address, mode))
    this.onWriteByte = (byte) => this.send(byte)
    this.onReadByte = () => this.after(BITS, () => this.receive())
    this.onStop = () => this.after(1, () => this.end())
  }

  protected override setInterrupts(mask: number): void {
    if (mask === TX_EMPTY && this.isSending && (this.control & TX_EMPTY_CTRL) !== 0)
      this.isEmptyUnsaid = true
    else super.setInterrupts(mask)
  }

  protected override abort(reason: number): void {
    super.abort(reason)
    super.setInterrupts(TX_EMPTY)
  }

  private connect(address: number, mode: I2CMode): void {
    this.wires.counts(true, mode === I2CMode.Read)
    this.chip = this.wires.chipAt(address)
    this.completeConnect(this.chip?.start(mode === I2CMode.Read) ?? false)
  }

  private send(byte: number): void {
    this.isSending = true
    this.after(BITS, () => {
      this.isSending = false
      this.wires.counts(false, false)
      const acknowledged = this.chip?.write(byte) ?? false
      if (this.isEmptyUnsaid) super.setInterrupts(TX_EMPTY)
      this.isEmptyUnsaid = false
      this.completeWrite(acknowledged)
    })
  }

  private receive(): void {
    this.wires.counts(false, true)
    this.completeRead(this.chip?.read() ?? 0xff)
  }

  private end(): void {
    this.chip?.stop()
    this.chip = undefined
    this.completeStop()
  }

  private after(bits: number, then: () => void, extra_ns = 0): void {
    const low = this.sclLowPeriod + LOW_CYCLES
    const high = this.sclHighPeriod + HIGH_CYCLES
    this.afterwards = then
    this.alarm.schedule(extra_ns + (bits * (low + high) * 1e9) / this.rp2040.clkSys)
  }
}
