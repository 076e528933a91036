import { channelParts } from "../../components"
import { type Cable, cableLines, stiffCell } from "../cells"
import { channelModel, setPoint_V, surroundings } from "../channel"
import { corner } from "../corner"
import type { Ngspice } from "../ngspice"
import { type Closed, relayLines } from "../relay"
import type { Row, Study } from "../study"
import { integralOf, peakOf } from "../waveform"

const AT = corner("least fuse", { fuse_ohm: channelParts.fuse.least_ohm })
const CABLE: Cable = { inductance_H: 0.5e-6, capacitance_F: 1e-9, place: "holder" }
const CELL_ohm = 0.5
/** The dummy's contacts open, then the cell's close, at first or in bounces. */
const OPENS_s = 0.5e-3
const CLOSES_s = 1.2e-3
const UNTIL_s = 4e-3
const CLEAN: Closed = [[CLOSES_s, Infinity]]
const BOUNCING: Closed = [
  [CLOSES_s, CLOSES_s + 0.1e-3],
  [CLOSES_s + 0.25e-3, CLOSES_s + 0.4e-3],
  [CLOSES_s + 0.6e-3, CLOSES_s + 0.8e-3],
  [CLOSES_s + 0.9e-3, Infinity],
]
/** With the dummy's contact open, a set-point that was left over winds the loop up to a rail. */
const STALE = [
  { current_A: 0.04, cell_V: 4.2 },
  { current_A: 0.05, cell_V: 0 },
  { current_A: 0.05, cell_V: -1 },
  { current_A: -0.05, cell_V: 4.2 },
  { current_A: -0.05, cell_V: 5 },
]

export const connecting: Study = {
  title: "The relay closes",
  about: `Peak of the current into the cell, and its charge beyond the set-point's, fuse at its least, cell of ${CELL_ohm} Ω.
The firmware trims the set-point to 0 A on the dummy before; a set-point left over is a second fault.`,
  async run(spice) {
    const rows: Row[] = []
    for (const cell_V of [0.05, -0.5, 4.2, 5])
      rows.push(...(await answers(spice, "at 0 A", { current_A: 0, cell_V }, CLEAN, 160, 1)))
    rows.push(
      ...(await answers(
        spice,
        "bouncing, at 0 A",
        { current_A: 0, cell_V: 4.2 },
        BOUNCING,
        160,
        1,
      )),
    )
    for (const point of STALE)
      rows.push(
        ...(await answers(spice, `left at ${point.current_A * 1e3} mA`, point, CLEAN, 350, 2)),
      )
    return rows
  },
}

async function answers(
  spice: Ngspice,
  how: string,
  point: { current_A: number; cell_V: number },
  closed: Closed,
  most_mA: number,
  most_nAh: number,
): Promise<Row[]> {
  const waves = await spice.run(deck(point, closed))
  const current_A = waves.real("i(vcurrent)")
  const peak_A = Math.abs(peakOf(waves.x, current_A, CLOSES_s))
  const beyond_A = current_A.map((i) => i - point.current_A)
  const charge_As = Math.abs(integralOf(waves.x, beyond_A, CLOSES_s))
  const name = `${how} onto ${point.cell_V} V`.replaceAll("-", "−")
  return [
    { what: `peak, ${name}`, value: peak_A * 1e3, unit: "mA", digits: 0, most: most_mA },
    { what: `charge, ${name}`, value: charge_As / 3.6e-6, unit: "nAh", digits: 2, most: most_nAh },
  ]
}

function deck(
  { current_A, cell_V }: { current_A: number; cell_V: number },
  closed: Closed,
): string {
  return `relay closing at ${current_A} A onto ${cell_V} V
${channelModel(AT)}
${surroundings(AT)}vset set 0 ${setPoint_V(current_A)}
xchannel set vp vn force0 minus0 channel
${relayLines("0", [[0, OPENS_s]], closed)}
${cableLines("0", CABLE, "closed0", "minus0")}
vcurrent plus0 terminal 0
${stiffCell(cell_V, CELL_ohm).lines("0", "terminal", "minus0")}
.save i(vcurrent)
.tran 5u ${UNTIL_s} 0 10u`
}
