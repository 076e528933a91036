import { channelParts, supplies } from "../../components"
import { channelModel, setPoint_V, surroundings } from "../channel"
import { type Corner, corner, TYPICAL } from "../corner"
import type { Ngspice } from "../ngspice"
import type { Row, Study } from "../study"

/** Everything that takes away reach at once. Leads and contacts count 1 Ω. */
const WORST = corner(
  "worst",
  {
    temperature_C: 0,
    beta: 40,
    fuse_ohm: channelParts.fuse.most_ohm + 1,
    vp_V: supplies.vp.nominal_V * (1 - supplies.vp.tolerance),
    vn_V: supplies.vn.least_V,
  },
  { outputOn_ohm: 75 },
)
const CURRENTS_A = [0.04, 0.05, -0.04, -0.05]
const REGULATED = 1e-3

export const compliance: Study = {
  title: "Compliance",
  about: `How far the cell's voltage may go before the current is off by 0.1 %. Worst: supplies at their least, 0 °C,
hFE 40, fuse at 6 Ω, 1 Ω of leads, an op amp of 75 Ω at its rail. The board promises −1 … +5 V at ±50 mA.`,
  async run(spice) {
    const rows: Row[] = []
    for (const at of [TYPICAL, WORST]) {
      const reached_V = await reach(spice, at)
      CURRENTS_A.forEach((current_A, i) => {
        const isWorst = at === WORST
        const row: Row = {
          what: `cell's ${current_A > 0 ? "highest" : "lowest"} voltage at ${current_A * 1e3} mA, ${at.name}`,
          value: reached_V[i],
          unit: "V",
          digits: 2,
        }
        row.what = row.what.replaceAll("-", "−")
        if (isWorst && current_A > 0) row.least = 5
        if (isWorst && current_A < 0) row.most = -1
        rows.push(row)
      })
    }
    return rows
  },
}

/** A channel for each current, all cells on one sweep away from zero. */
async function reach(spice: Ngspice, at: Corner): Promise<number[]> {
  const parts = CURRENTS_A.map(
    (current_A, i) => `vset${i} set${i} 0 ${setPoint_V(current_A)}
xchannel${i} set${i} vp vn force${i} minus${i} channel
ecell${i} force${i} minus${i} sweep 0 ${Math.sign(current_A)}`,
  )
  const waves = await spice.run(`compliance, ${at.name}
${channelModel(at)}
${surroundings(at)}vsweep sweep 0 0
${parts.join("\n")}
.save v(sweep) ${CURRENTS_A.map((_, i) => `v(minus${i})`).join(" ")}
.dc vsweep 0 7 0.02`)
  const cell_V = waves.real("v(sweep)")
  return CURRENTS_A.map((current_A, i) => {
    const wanted_V = setPoint_V(current_A)
    const shunt_V = waves.real(`v(minus${i})`)
    const lost = shunt_V.findIndex((v) => Math.abs(v / wanted_V - 1) > REGULATED)
    return Math.sign(current_A) * cell_V[lost - 1]
  })
}
