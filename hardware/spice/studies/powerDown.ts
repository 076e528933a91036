import { channel, channelParts, supplies } from "../../components"
import { cableLines, stiffCell } from "../cells"
import { channelModel } from "../channel"
import { corner } from "../corner"
import type { Row, Study } from "../study"
import { SUMMER_MODEL } from "../summer"

const AT = corner("least fuse", { fuse_ohm: channelParts.fuse.least_ohm })
const CUT_s = 0.5e-3
/** Twice the relay's release time, for the diode across its coil. */
const OPEN_s = CUT_s + 2 * channelParts.relay.release_s
const HOLD_F = supplies.hold_F.value * (1 - supplies.hold_F.tolerance)
/** What the unregulated inverters give from 4.0 V at full load; 4.5 Ω assumed for each of two. */
const VN_V = -3.4
/** What three other channels take from a rail at 50 mA, and what all take at rest. */
const OTHERS_A = 0.165
const REST_A = 0.012
/** Both DACs, and the summers of four channels. */
const REFERENCE_LOAD_A = 3e-3
/** Least supply of an MCP4728 (DS22187E). */
const DAC_LEAST_V = 2.7
const SUMMER_GAIN = 0.5008

interface Case {
  current_A: number
  cell_V: number
  /** Which rail the other channels empty. */
  others: "VP" | "VN"
}

const CASES: Case[] = (["VP", "VN"] as const).flatMap((others) =>
  [
    { current_A: 0, cell_V: 4.2 },
    { current_A: 0, cell_V: 5 },
    { current_A: 0, cell_V: -1 },
    { current_A: 0.04, cell_V: 4.2 },
    { current_A: 0.05, cell_V: 5 },
    { current_A: 0.05, cell_V: -0.5 },
    { current_A: -0.05, cell_V: 4.2 },
    { current_A: -0.05, cell_V: -1 },
    { current_A: 1e-3, cell_V: 4.2 },
    { current_A: -1e-3, cell_V: 4.2 },
  ].map((point) => ({ ...point, others })),
)

export const powerDown: Study = {
  title: "Power fails or dips",
  about: `At 4.0 V the supervisor lets all relays go and resets the expander; from then on nothing feeds VP, VN and VREF but
what their capacitors (at − 20 %) hold, while three other channels go on at 50 mA. Until twice the relay's release
time: how far the cell's current leaves the range between zero and what was set. ${CASES.length} cases; the worst counts.`,
  async run(spice) {
    let beyond_A = 0
    let atRest_A = 0
    let reference_V = Infinity
    for (const point of CASES) {
      const waves = await spice.run(deck(point))
      const current_A = waves.real("i(vcurrent)")
      const start_A = current_A[0]
      const low_A = Math.min(0, start_A)
      const high_A = Math.max(0, start_A)
      let outside_A = 0
      for (let i = 0; i < current_A.length; i++)
        outside_A = Math.max(outside_A, current_A[i] - high_A, low_A - current_A[i])
      beyond_A = Math.max(beyond_A, outside_A)
      if (point.current_A === 0) atRest_A = Math.max(atRest_A, outside_A)
      const vref_V = waves.real("v(vref)")
      reference_V = Math.min(reference_V, vref_V[vref_V.length - 1])
    }
    const rows: Row[] = [
      {
        what: "beyond the set-point or against it",
        value: beyond_A * 1e6,
        unit: "µA",
        digits: 0,
        most: 100,
      },
      { what: "of these, at rest", value: atRest_A * 1e6, unit: "µA", digits: 0, most: 100 },
      {
        what: "VREF when the contacts open, least",
        value: reference_V,
        unit: "V",
        digits: 2,
        least: DAC_LEAST_V,
      },
    ]
    return rows
  },
}

function deck({ current_A, cell_V, others }: Case): string {
  const share =
    0.5 + (current_A * channel.shunt_ohm.value) / SUMMER_GAIN / supplies.reference.nominal_V
  const loadOf = (rail: "VP" | "VN") => (others === rail ? OTHERS_A : REST_A)
  return `power fails at ${current_A} A on ${cell_V} V, others on ${others}
${channelModel(AT)}
${SUMMER_MODEL}
vfeedp feedp 0 ${AT.vp_V}
vfeedn feedn 0 ${VN_V}
von on 0 pwl(0 1 ${CUT_s} 1 ${CUT_s + 1e-6} 0)
sfeedp feedp vp on 0 feed
sfeedn feedn vn on 0 feed
.model feed sw(vt=0.5 vh=0.2 ron=0.3 roff=1e9)
cvp vp 0 ${HOLD_F}
cvn vn 0 ${HOLD_F}
botherp vp 0 i=${loadOf("VP")}/(1+exp(-(v(vp)-2)/0.2))
bothern 0 vn i=${loadOf("VN")}/(1+exp((v(vn)+1)/0.2))
rreference vp vref ${supplies.reference.feed_ohm}
creference vref 0 1u
breference vref 0 i=v(vref)>${supplies.reference.nominal_V} ? (v(vref)-${supplies.reference.nominal_V})/0.5 : 0
ireference vref 0 ${REFERENCE_LOAD_A}
ecoarse coarse 0 vol='v(vref)*${share}'
efine fine 0 vol='v(vref)*0.5'
xsummer coarse fine vref vp vn set summer
xchannel set vp vn force0 minus0 channel
rcontact force0 closed0 ${channelParts.relay.contact_ohm}
${cableLines("0", { inductance_H: 0.5e-6, capacitance_F: 1e-9, place: "holder" }, "closed0", "minus0")}
vcurrent plus0 terminal 0
${stiffCell(cell_V, 0.5).lines("0", "terminal", "minus0")}
.save i(vcurrent) v(vref) v(vp) v(vn)
.tran 10u ${OPEN_s} 0 25u`
}
