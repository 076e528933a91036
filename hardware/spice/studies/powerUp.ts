import { supplies } from "../../components"
import { stiffCell } from "../cells"
import { channelModel } from "../channel"
import { TYPICAL } from "../corner"
import type { Row, Study } from "../study"
import { SUMMER_MODEL } from "../summer"
import { largestMeanOf, peakOf } from "../waveform"

/** Between open contacts. Assumed. */
const CONTACT_F = 1e-12
const CABLE_F = 1e-9
const CELL_V = 4.2
const RISE_s = 0.2e-3
/** When the first, second and third of the supplies begin to rise. */
const BEGINS_s = [0.5e-3, 1.5e-3, 2.5e-3]
/** Shorter peaks charge the cable, and are the macromodel's: how it wakes is assumed. */
const WINDOW_s = 10e-6
const UNTIL_s = 4e-3
const RAILS = ["VP", "VN", "VREF"] as const
const ORDERS = RAILS.flatMap((a) =>
  RAILS.filter((b) => b !== a).map((b) => [a, b, RAILS.find((c) => c !== a && c !== b) ?? a]),
)

export const powerUp: Study = {
  title: "Supplies rise in any order",
  about: `A cell of ${CELL_V} V in the holder, both DACs as their EEPROM says (half of VREF), the relay at rest: its coil's
transistor has its gate at ground by a resistor until the expander drives it, and the supervisor keeps the expander in
reset for 0.2 s. VP, VN and VREF rise within ${RISE_s * 1e3} ms each, a millisecond apart, in all six orders.`,
  async run(spice) {
    let most_A = 0
    let dummy_A = 0
    for (const order of ORDERS) {
      const waves = await spice.run(deck(order))
      most_A = Math.max(most_A, largestMeanOf(waves.x, waves.real("i(vcurrent)"), WINDOW_s))
      dummy_A = Math.max(dummy_A, Math.abs(peakOf(waves.x, waves.real("i(vdummy)"))))
    }
    const rows: Row[] = [
      {
        what: "through the cell, largest mean of 10 µs",
        value: most_A * 1e6,
        unit: "µA",
        digits: 0,
        most: 100,
      },
      { what: "through the dummy meanwhile", value: dummy_A * 1e3, unit: "mA", digits: 0 },
    ]
    return rows
  },
}

function deck(order: readonly string[]): string {
  const ramp = (rail: string, to_V: number) => {
    const begins_s = BEGINS_s[order.indexOf(rail)]
    return `pwl(0 0 ${begins_s} 0 ${begins_s + RISE_s} ${to_V})`
  }
  return `supplies rise: ${order.join(", ")}
${channelModel(TYPICAL)}
${SUMMER_MODEL}
vp vp 0 ${ramp("VP", TYPICAL.vp_V)}
vn vn 0 ${ramp("VN", TYPICAL.vn_V)}
vref vref 0 ${ramp("VREF", supplies.reference.nominal_V)}
ecoarse coarse 0 vref 0 0.5
efine fine 0 vref 0 0.5
xsummer coarse fine vref vp vn set summer
xchannel set vp vn force minus0 channel
vdummy force dummy 0
rdummy dummy minus0 100
copen force closed0 ${CONTACT_F}
ropen force closed0 1e12
rcable closed0 plus0 0.1
ccable plus0 0 ${CABLE_F}
vcurrent plus0 terminal 0
${stiffCell(CELL_V, 0.5).lines("0", "terminal", "minus0")}
.save i(vcurrent) i(vdummy)
.tran 2u ${UNTIL_s} 0 2u`
}
