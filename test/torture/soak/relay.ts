import type { ChannelFrontEnd } from "../../../sim/analogFrontEnd"
import type { FaultyCell } from "../../../sim/cells/faultyCell"
import type { RelayTrouble } from "../faultOptions"

/** A channel's relay that may not do what its coil is told, and what passed through it meanwhile. */
export class FaultyRelay {
  /** Charge that its cell took while the coil was told to be open, since the cell was put in, C. A witness. */
  strayed_C = 0
  private isTold = false
  private trouble: RelayTrouble | undefined
  private since_C = Number.NaN
  private readonly move: ChannelFrontEnd["setRelay"]

  constructor(
    private readonly frontEnd: ChannelFrontEnd,
    private readonly holder: () => FaultyCell,
  ) {
    this.move = frontEnd.setRelay.bind(frontEnd)
    frontEnd.setRelay = (closed, at_us) => {
      frontEnd.advanceTo(at_us)
      this.isTold = closed
      this.apply(at_us)
    }
  }

  /** From now on; undefined: it is mended. */
  fail(trouble: RelayTrouble | undefined, now_us: number): void {
    this.frontEnd.advanceTo(now_us)
    this.trouble = trouble
    this.apply(now_us)
  }

  /** The board has power again: contacts that are welded are so still. */
  powerOn(now_us: number): void {
    this.apply(now_us)
  }

  /** Another cell is put in: nothing passed through it yet. */
  insert(): void {
    this.strayed_C = 0
    if (!Number.isNaN(this.since_C)) this.since_C = 0
  }

  /** Up to now. */
  settle(now_us: number): void {
    this.frontEnd.advanceTo(now_us)
    this.count()
  }

  private apply(at_us: number): void {
    this.count()
    const closed = this.trouble === "welded" ? true : this.trouble === "open" ? false : this.isTold
    this.move(closed, at_us)
    const isAstray = closed && !this.isTold
    this.since_C = isAstray ? this.holder().charge_C : Number.NaN
  }

  private count(): void {
    if (Number.isNaN(this.since_C)) return
    const { charge_C } = this.holder()
    this.strayed_C += charge_C - this.since_C
    this.since_C = charge_C
  }
}
