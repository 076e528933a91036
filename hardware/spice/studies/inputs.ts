import { channel, supplies } from "../../components"
import { surroundings } from "../channel"
import { corner } from "../corner"
import type { Ngspice } from "../ngspice"
import { opAmpModel } from "../opAmp"
import { SENSE_MODEL } from "../sense"
import type { Row, Study } from "../study"

const AT = corner("least supplies", {
  vp_V: supplies.vp.nominal_V * (1 - supplies.vp.tolerance),
  vn_V: supplies.vn.least_V,
})
/** Cell and current at the corners of what the board promises, and a holder without cell, wound up to VP. */
const POINTS = [
  { cell_V: 5, current_A: 0.05 },
  { cell_V: 5, current_A: -0.05 },
  { cell_V: -1, current_A: 0.05 },
  { cell_V: -1, current_A: -0.05 },
]
const EMPTY = { cell_V: supplies.vp.nominal_V * (1 + supplies.vp.tolerance), current_A: 0 }

/** SBAS751B 6.3: the PGA bypassed, pins work 0.1 V beyond the supply; with it, at gains 1 to 4, to 0.2 V within. */
const LEAST_SUPPLY_V = supplies.analog.positive_V * (1 - supplies.analog.tolerance)
const BYPASSED_V = LEAST_SUPPLY_V + 0.1
const AMPLIFIED_V = LEAST_SUPPLY_V - 0.2
/** Below VP − 2 V the TLV9154 works with the input pair that its offset is specified for (SBOS986, from memory). */
const FIRST_PAIR_V = AT.vp_V - 2
const DIVIDER =
  channel.dividerBottom_ohm.value / (channel.dividerTop_ohm.value + channel.dividerBottom_ohm.value)

export const inputs: Study = {
  title: "What the converter's and buffers' pins see",
  about: `Cells from −1 to +5 V at ±50 mA, all supplies at their least. Both sense wires are divided to ground and then
buffered. Dividing the cell's voltage down to cell− instead, as first drawn, would put the last figure on AIN0.`,
  async run(spice) {
    const points = await pins(spice, POINTS)
    const empty = (await pins(spice, [EMPTY]))[0]
    const cell = points.flatMap((pins) => pins.slice(0, 2))
    const shunt = points.flatMap((pins) => pins.slice(2))
    const highest_V = Math.max(
      ...POINTS.map((p) => p.cell_V + p.current_A * channel.shunt_ohm.value),
    )
    const row = (what: string, value: number, bars: Partial<Row> = {}): Row => ({
      what,
      value,
      unit: "V",
      digits: 2,
      ...bars,
    })
    return [
      row("AIN0 and AIN1, highest (PGA bypassed)", Math.max(...cell), { most: round(BYPASSED_V) }),
      row("AIN0 and AIN1, lowest", Math.min(...cell), { least: round(-BYPASSED_V) }),
      row("AIN2 and AIN3, highest (PGA at gain 2)", Math.max(...shunt), {
        most: round(AMPLIFIED_V),
      }),
      row("AIN2 and AIN3, lowest", Math.min(...shunt), { least: round(-AMPLIFIED_V) }),
      row("a sense buffer's input, highest", Math.max(...cell), { most: round(FIRST_PAIR_V) }),
      {
        what: "current into AIN0 with the holder empty and the loop at VP",
        value: Math.max(0, (empty[0] - LEAST_SUPPLY_V - 0.3) / channel.adcInput_ohm.value) * 1e3,
        unit: "mA",
        digits: 2,
        most: 10,
      },
      row(
        "AIN0 if the divider stood on cell−",
        POINTS[0].current_A * channel.shunt_ohm.value + DIVIDER * POINTS[0].cell_V,
      ),
      row("a buffer's input if it came before the divider", highest_V),
    ]
  },
}

async function pins(spice: Ngspice, points: typeof POINTS): Promise<number[][]> {
  const parts = points.map(
    ({ cell_V, current_A }, i) => `vcell${i} plus${i} minus${i} ${cell_V}
ishunt${i} 0 minus${i} ${current_A}
rshunt${i} minus${i} 0 ${channel.shunt_ohm.value}
xsense${i} plus${i} minus${i} minus${i} vp vn ain0n${i} ain1n${i} ain2n${i} ain3n${i} sense`,
  )
  const waves = await spice.run(`pins
${opAmpModel("tlv9154", AT.opAmp)}
${SENSE_MODEL}
${surroundings(AT)}${parts.join("\n")}
.op`)
  return points.map((_, i) => [0, 1, 2, 3].map((pin) => waves.real(`v(ain${pin}n${i})`)[0]))
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
