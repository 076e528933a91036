import manifest from "../devicescript.json" with { type: "json" }
import { expect } from "vitest"
import { drawBoardErrors } from "../sim/analogErrors"
import { ChannelFrontEnd } from "../sim/analogFrontEnd"
import type { Cell } from "../sim/cells/cell"

const circuit = manifest.frontEnd
/** Both DACs here: no current. */
export const MIDDLE_V = 2.048

export function connect(
  cell: Cell | undefined,
  errors = drawBoardErrors(1, 1, "none"),
): ChannelFrontEnd {
  const channel = new ChannelFrontEnd({ circuit, errors: errors.channels[0], cell })
  channel.setPowered(true, 0)
  channel.setRelay(true, 0)
  return channel
}

/** DAC voltages of an ideal board; 25 µA a millivolt. */
export function setCurrent(channel: ChannelFrontEnd, current_A: number, now_us: number): void {
  channel.setCoarse_V(MIDDLE_V + current_A / 0.025, now_us)
}

export function pins(channel: ChannelFrontEnd, at_us: number): number[] {
  let pins_V: number[] = []
  channel.sampleAt(at_us, (seen_V) => {
    pins_V = [...seen_V]
  })
  channel.advanceTo(at_us)
  return pins_V
}

export function expectAllClose(seen: number[], wanted: number[], digits = 12): void {
  expect(seen.length).toBe(wanted.length)
  for (const [k, value] of wanted.entries()) expect(seen[k]).toBeCloseTo(value, digits)
}
