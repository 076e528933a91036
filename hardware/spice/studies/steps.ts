import { type Cable, cableLines, LOADS, type Load, stiffCell } from "../cells"
import { channelModel, setPoint_V, surroundings } from "../channel"
import { TYPICAL } from "../corner"
import type { Ngspice } from "../ngspice"
import type { Row, Study } from "../study"
import { overshootOf, settlingTime_s } from "../waveform"

const CABLE: Cable = { inductance_H: 0.5e-6, capacitance_F: 3e-9, place: "holder" }
const STEP_s = 0.2e-3
const BAND = 1e-3

interface Step {
  from_A: number
  to_A: number
  until_s: number
  /** More than these would be out of the output stage's reach. */
  most_ohm: number
}

const STEPS: Step[] = [
  { from_A: 0, to_A: 0.04, until_s: 4e-3, most_ohm: 100 },
  { from_A: 0.04, to_A: -0.04, until_s: 4e-3, most_ohm: 20 },
  { from_A: 0, to_A: 1e-4, until_s: 8e-3, most_ohm: 1000 },
  { from_A: -1e-4, to_A: 1e-4, until_s: 8e-3, most_ohm: 1000 },
]

export const steps: Study = {
  title: "Steps of the set-point",
  about: `Current through the shunt after a step, in the loads of the loop study that the output stage can drive, and in
a cell at 4.2 V; 0.5 µH and 3 nF of cable. Settled: within 0.1 % of the step. The worst load counts.`,
  async run(spice) {
    const rows: Row[] = []
    for (const step of STEPS) rows.push(...(await answers(spice, step)))
    return rows
  },
}

async function answers(spice: Ngspice, step: Step): Promise<Row[]> {
  const loads = [...LOADS, stiffCell(4.2)].filter((load) => resistanceOf(load) <= step.most_ohm)
  const { from_A, to_A, until_s } = step
  const parts = loads.map(
    (load, i) => `xchannel${i} set vp vn force${i} minus${i} channel
${cableLines(`${i}`, CABLE, `force${i}`, `minus${i}`)}
${load.lines(`${i}`, `plus${i}`, `minus${i}`)}`,
  )
  const from_V = setPoint_V(from_A)
  const to_V = setPoint_V(to_A)
  const waves = await spice.run(`step from ${from_A} to ${to_A} A
${channelModel(TYPICAL)}
${surroundings(TYPICAL)}vset set 0 pwl(0 ${from_V} ${STEP_s} ${from_V} ${STEP_s + 1e-6} ${to_V})
${parts.join("\n")}
.save ${loads.map((_, i) => `v(minus${i})`).join(" ")}
.tran 10u ${until_s} 0 10u`)
  let overshoot = 0
  let settling_s = 0
  loads.forEach((_, i) => {
    const shunt_V = waves.real(`v(minus${i})`)
    const last_V = shunt_V[shunt_V.length - 1]
    overshoot = Math.max(overshoot, overshootOf(shunt_V, shunt_V[0], last_V))
    const settled_s = settlingTime_s(waves.x, shunt_V, STEP_s, shunt_V[0], last_V, BAND)
    settling_s = Math.max(settling_s, settled_s)
  })
  const name = `${from_A * 1e3} → ${to_A * 1e3} mA`.replaceAll("-", "−")
  return [
    { what: `overshoot, ${name}`, value: overshoot * 100, unit: "%", digits: 1, most: 0.1 },
    { what: `settling, ${name}`, value: settling_s * 1e3, unit: "ms", digits: 2, most: 10 },
  ]
}

/** Of the plain resistors among the loads; 0 for the others. */
function resistanceOf(load: Load): number {
  const match = /^([\d.]+) (k?)Ω$/.exec(load.name)
  return match === null ? 0 : Number(match[1]) * (match[2] === "k" ? 1000 : 1)
}
