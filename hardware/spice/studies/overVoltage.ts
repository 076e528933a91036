import { channel, channelParts, supplies } from "../../components"
import { COMPARATOR_MODEL } from "../comparator"
import type { Ngspice } from "../ngspice"
import type { Row, Study } from "../study"
import { crossingTime_s } from "../waveform"

/** Parts whose tolerance moves the trip; both sense wires have a divider. */
const PARTS = {
  cellTop: channel.dividerTop_ohm,
  cellBottom: channel.dividerBottom_ohm,
  shuntTop: channel.dividerTop_ohm,
  shuntBottom: channel.dividerBottom_ohm,
  plus: channel.tripPlus_ohm,
  ground: channel.tripPlusGround_ohm,
  minus: channel.tripMinus_ohm,
  reference: channel.tripMinusReference_ohm,
}
type PartName = keyof typeof PARTS
const NAMES = Object.keys(PARTS) as PartName[]
/** Change of every resistor from 25 °C to 0 or 50 °C, on top of its tolerance; all at their worst. */
const KELVIN = 25
/** Two buffers of a TLV9154 (SBOS986, ± 0.9 mV at most, from memory), on the tap. */
const BUFFERS_V = 2 * 0.9e-3

export const overVoltage: Study = {
  title: "Over-voltage trip",
  about: `Each card's own comparator opens its relay where the cell's voltage, without the shunt's, passes 5.22 V: above every
cell that the board may be asked to charge (5 V), so that only a fault meets it. It latches until the expander lets
the relay go, since an open relay shows it the dummy; and pulls AIN0 so low that the firmware sees a fault at once.
Limits: all tolerances at their worst together, over ± ${KELVIN} K.`,
  async run(spice) {
    const rows: Row[] = []
    for (const current_A of [-0.05, 0, 0.05]) {
      const { nominal_V, spread_V } = await trip(spice, current_A)
      const name = `trips at, cell at ${current_A * 1e3} mA`.replaceAll("-", "−")
      const common = { unit: "V", digits: 2 }
      rows.push({ what: `${name}, nominal`, value: nominal_V, ...common })
      rows.push({ what: `${name}, least`, value: nominal_V - spread_V, ...common, least: 5.05 })
      rows.push({ what: `${name}, most`, value: nominal_V + spread_V, ...common, most: 5.4 })
    }
    rows.push(...(await latch(spice)))
    return rows
  },
}

/** One network as drawn and one for each part at its limit, on a common sweep of the cell's voltage. */
async function trip(spice: Ngspice, current_A: number) {
  const variants = ["none", ...NAMES, "vref"] as const
  const waves = await spice.run(`trip at ${current_A} A
vcell cell minus 5.2
vminus minus 0 ${current_A * channel.shunt_ohm.value}
${variants.map(network).join("\n")}
.save v(cell) v(minus) ${variants.map((_, k) => `v(plus${k}) v(low${k})`).join(" ")}
.dc vcell 4.6 5.8 0.02`)
  const minus_V = waves.real("v(minus)")
  const cell_V = waves.real("v(cell)").map((v, i) => v - minus_V[i])
  const trips_V = (k: number, offset_V = 0) => {
    const low_V = waves.real(`v(low${k})`)
    const difference_V = waves.real(`v(plus${k})`).map((v, i) => v - low_V[i])
    return crossingTime_s(cell_V, difference_V, offset_V)
  }
  const nominal_V = trips_V(0)
  const tap = tapOf(PARTS.cellTop.value, PARTS.cellBottom.value)
  let spread_V = BUFFERS_V / tap
  spread_V += Math.abs(trips_V(0, channelParts.comparator.offset_V) - nominal_V)
  for (let k = 1; k < variants.length; k++) spread_V += Math.abs(trips_V(k) - nominal_V)
  return { nominal_V, spread_V }
}

/** With one part off by its whole tolerance, in whichever direction: the answer is linear. */
function network(off: PartName | "none" | "vref", k: number): string {
  const value = (name: PartName) => {
    const { value, tolerance, tempco_per_K = 0 } = PARTS[name]
    return name === off ? value * (1 + tolerance + tempco_per_K * KELVIN) : value
  }
  const { nominal_V, tolerance } = supplies.reference
  return `ekp${k} kp${k} 0 cell 0 ${tapOf(value("cellTop"), value("cellBottom"))}
ekm${k} km${k} 0 minus 0 ${tapOf(value("shuntTop"), value("shuntBottom"))}
rplus${k} kp${k} plus${k} ${value("plus")}
rground${k} plus${k} 0 ${value("ground")}
rminus${k} km${k} low${k} ${value("minus")}
rreference${k} low${k} vref${k} ${value("reference")}
vref${k} vref${k} 0 ${off === "vref" ? nominal_V * (1 + tolerance) : nominal_V}`
}

function tapOf(top_ohm: number, bottom_ohm: number): number {
  return bottom_ohm / (top_ohm + bottom_ohm)
}

/** Cell to 5.6 V at 5 ms and back at 10 ms; RELAY off from 20 to 25 ms. */
async function latch(spice: Ngspice): Promise<Row[]> {
  const waves = await spice.run(latchDeck())
  const gate_V = waves.real("v(gate)")
  const at = (time_s: number, values: Float64Array) => values[waves.x.findIndex((t) => t >= time_s)]
  const ain0_V = waves.real("v(ain0)")
  return [
    {
      what: "from over-voltage to the gate's fall",
      value: (crossingTime_s(waves.x, gate_V, 1, 5e-3) - 5e-3) * 1e3,
      unit: "ms",
      digits: 2,
      most: 1,
    },
    { what: "gate before", value: at(4e-3, gate_V), unit: "V", digits: 1, least: 3 },
    {
      what: "gate 8 ms after the voltage is back",
      value: at(18e-3, gate_V),
      unit: "V",
      digits: 1,
      most: 0.4,
    },
    { what: "AIN0 then", value: at(18e-3, ain0_V), unit: "V", digits: 1, most: -1.5 },
    {
      what: "gate after the relay was let go and driven again",
      value: at(29e-3, gate_V),
      unit: "V",
      digits: 1,
      least: 3,
    },
    {
      what: "AIN0 on the dummy, undisturbed",
      value: at(24e-3, ain0_V),
      unit: "V",
      digits: 1,
      least: 1.6,
      most: 1.8,
    },
    {
      what: "gate while the expander is in reset",
      value: at(34e-3, gate_V),
      unit: "V",
      digits: 2,
      most: 0.4,
    },
  ]
}

function latchDeck(): string {
  const { analog, digital, reference } = supplies
  return `latch of the over-voltage trip
${COMPARATOR_MODEL}
vlogic vlogic 0 ${digital.nominal_V}
vss vss 0 ${analog.negative_V}
vref vref 0 ${reference.nominal_V}
vcell cell 0 pwl(0 4.2 5m 4.2 5.001m 5.6 10m 5.6 10.001m 4.2)
rtop cell tap ${channel.dividerTop_ohm.value}
rbottom tap 0 ${channel.dividerBottom_ohm.value}
cbottom tap 0 ${channel.dividerFilter_F.value}
ekp kp 0 tap 0 1
rplus kp plus ${channel.tripPlus_ohm.value}
rground plus 0 ${channel.tripPlusGround_ohm.value}
rminus low 0 ${channel.tripMinus_ohm.value}
rreference low vref ${channel.tripMinusReference_ohm.value}
vpin pin 0 pwl(0 0 1m 0 1.001m ${digital.nominal_V} 20m ${digital.nominal_V} 20.001m 0 25m 0 25.001m ${digital.nominal_V})
vdriven driven 0 pwl(0 1 30m 1 30.001m 0)
spin pin relay driven 0 output
.model output sw(vt=0.5 vh=0.1 ron=80 roff=1e9)
rpulldown relay 0 ${channel.relayPullDown_ohm.value}
rgate relay gate ${channel.gate_ohm.value}
cgate gate 0 50p
rhalfrelay relay half ${channel.halfRelay_ohm.value}
rhalfnegative half vss ${channel.halfNegative_ohm.value}
rheldgate gate held ${channel.heldGate_ohm.value}
rheldbias held vlogic ${channel.heldBias_ohm.value}
* over-voltage when the divided cell is above: its output is on while + is below -
xtrip low plus vss gate comparator
xlatch held half vss gate comparator
xflag held half vss ain0 comparator
rain0 kp ain0 ${channel.adcInput_ohm.value}
cain0 ain0 0 ${channel.adcFilter_F.value}
.save v(gate) v(ain0)
.tran 20u 35m 0 50u`
}
