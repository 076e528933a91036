import type { Check } from "../../host/acceptance/check"
import type { AcceptanceBench, Placed } from "../../host/acceptance/bench"
import type { Cell } from "../../sim/cells/cell"
import { Resistor } from "../../sim/cells/resistor"
import type { Rig } from "../scenario/harness"

/** A standard of 0.01 % that is half its tolerance off, and four leads at one screw. */
const PARTS: Record<Placed, Cell | undefined> = {
  nothing: undefined,
  standard: new Resistor(100.005),
  short: new Resistor(5e-3),
}

/** Somebody who puts into a simulated board's holders what is asked for. */
export class ObedientBench implements AcceptanceBench {
  readonly standard_ohm = 100

  constructor(
    private readonly rig: Rig,
    private readonly parts: Partial<typeof PARTS> = {},
    /** Done once something is in. */
    private readonly onPlaced: (what: Placed) => void = () => {},
  ) {}

  async place(what: Placed, channel: number): Promise<void> {
    const { board } = this.rig
    const part = { ...PARTS, ...this.parts }[what]
    board.channels[channel].attach(part, board.clock.now_us)
    this.onPlaced(what)
  }
}

/** What did not pass. */
export function failures(checks: Check[]): string[] {
  return checks.filter(({ passes }) => !passes).map(({ what }) => what)
}
