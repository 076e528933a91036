/**
 * The bus as two wires, where that matters: a chip that was left in the middle of a byte which it sends holds SDA low
 * for every bit that is 0, and moves on only by clocks. Nobody else can then begin anything.
 */
export class I2cLines {
  /** Bits that the chip still has to send, its acknowledge's slot last; empty when it has let go. */
  private bits: boolean[] = []
  private master = { sda: true, scl: true }

  constructor(private readonly isClockHeld: () => boolean) {}

  /** The master went away when `sent` of the byte's bits had been clocked out. */
  leave(byte: number, sent: number): void {
    this.bits = []
    for (let bit = sent; bit < 8; bit++) this.bits.push(((byte << bit) & 0x80) !== 0)
    // In the ninth clock the chip lets go, and hears that nobody acknowledges: it is done.
    this.bits.push(true)
  }

  /** Power, too, ends it. */
  release(): void {
    this.bits = []
  }

  /** Whether SDA is held low. */
  get isStuck(): boolean {
    return this.bits[0] === false
  }

  /** Level at SDA. */
  get sda(): boolean {
    return this.master.sda && !this.isStuck
  }

  get scl(): boolean {
    return this.master.scl && !this.isClockHeld()
  }

  setScl(isHigh: boolean): void {
    // A chip changes its bit while the clock is low.
    if (this.master.scl && !isHigh) this.bits.shift()
    this.master.scl = isHigh
  }

  setSda(isHigh: boolean): void {
    const was = this.sda
    this.master.sda = isHigh
    // A START or a STOP: SDA moves while SCL is high. Who hears it lets go.
    if (was !== this.sda && this.master.scl) this.bits = []
  }
}
