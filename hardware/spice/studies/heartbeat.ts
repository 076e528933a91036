import { safety, safetyParts, supplies } from "../../components"
import type { Ngspice } from "../ngspice"
import { DIODE_MODEL } from "../semiconductors"
import type { Row, Study } from "../study"
import { crossingTime_s } from "../waveform"

/** The firmware toggles the heartbeat in every control period that is sound. */
const PERIOD_s = 0.1
/** A period may be unsound twice in a row before the firmware acts by itself: two edges less. */
const GAP_s = 4 * PERIOD_s
const LAST_RISE_s = 2
const UNTIL_s = 3.5
/** Of the expander's output stage (DS21919: 0.6 V at 8.5 mA). */
const OUTPUT_ohm = 80

interface PumpCorner {
  temperature_C: number
  /** Of both capacitors: X7R ± 10 %, and temperature, bias and age. */
  capacitance: number
  discharge: number
  /** Of the threshold's divider. */
  threshold: number
  offset_V: number
  bias_A: number
  supply_V: number
}

const { nominal_V, tolerance } = supplies.digital
const { offset_V, bias_A } = safetyParts.comparator
const TYPICAL: PumpCorner = {
  temperature_C: 25,
  capacitance: 1,
  discharge: 1,
  threshold: 1,
  offset_V: 0,
  bias_A: bias_A / 10,
  supply_V: nominal_V,
}
const SHORT: PumpCorner = {
  temperature_C: 0,
  capacitance: 0.78,
  discharge: 0.99,
  threshold: 1.014,
  offset_V,
  bias_A: 0,
  supply_V: nominal_V * (1 - tolerance),
}
const LONG: PumpCorner = {
  temperature_C: 0,
  capacitance: 1.15,
  discharge: 1.01,
  threshold: 0.986,
  offset_V: -offset_V,
  bias_A,
  supply_V: nominal_V * (1 + tolerance),
}
const HOT_C = 50

export const heartbeat: Study = {
  title: "The heartbeat's pump",
  about: `A square wave of ${PERIOD_s * 1e3} ms a half-period, which stops at either level. The relays' supply goes when the pump's
voltage has fallen to 0.2 × 3.3 V; the relays open 3 ms later, with the diode across their coils up to 6 ms.
The pump takes up rising edges only. Shortest and longest: capacitors 0.78 and 1.15 of their value, supply ± 3 %,
0 and 50 °C, comparator and resistors at their limits. Two unsound periods in a row leave ${GAP_s * 1e3} ms between rising edges.`,
  async run(spice) {
    const typical = await both(spice, TYPICAL)
    const all_s: number[] = []
    for (const at of [SHORT, LONG])
      for (const temperature_C of [at.temperature_C, HOT_C]) {
        const { high_s, low_s } = await both(spice, { ...at, temperature_C })
        all_s.push(high_s, low_s)
      }
    const row = (what: string, value_s: number, bars: Partial<Row> = {}): Row => ({
      what,
      value: value_s * 1e3,
      unit: "ms",
      digits: 0,
      ...bars,
    })
    return [
      row("from the last rising edge, stopped high, typical", typical.high_s),
      row("from the last rising edge, stopped low, typical", typical.low_s),
      row("shortest of all", Math.min(...all_s), { least: 1e3 * GAP_s * 1.05 }),
      row("longest of all", Math.max(...all_s), { most: 900 }),
      row(
        "without the bleed resistor, stopped high, typical",
        await dropOut_s(spice, TYPICAL, 1, 1e9),
      ),
    ]
  },
}

async function both(spice: Ngspice, at: PumpCorner) {
  return { high_s: await dropOut_s(spice, at, 1), low_s: await dropOut_s(spice, at, 0) }
}

/** From the last rising edge. @param level at which the heartbeat stays */
async function dropOut_s(
  spice: Ngspice,
  at: PumpCorner,
  level: 0 | 1,
  bleed_ohm = safety.pumpBleed_ohm.value,
): Promise<number> {
  const waves = await spice.run(deck(at, level, bleed_ohm))
  const { thresholdTop_ohm: top, thresholdBottom_ohm: bottom } = safety
  const share = (bottom.value / (top.value + bottom.value)) * at.threshold
  const threshold_V = at.supply_V * share + at.offset_V
  return (
    crossingTime_s(waves.x, waves.real("v(pumped)"), threshold_V, LAST_RISE_s + 1e-3) - LAST_RISE_s
  )
}

function deck(at: PumpCorner, level: 0 | 1, bleed_ohm: number): string {
  const points = ["0 0"]
  for (
    let rise_s = LAST_RISE_s - 18 * PERIOD_s;
    rise_s < LAST_RISE_s + 1e-6;
    rise_s += 2 * PERIOD_s
  ) {
    const at_s = Number(rise_s.toFixed(6))
    points.push(`${at_s} 0 ${at_s + 1e-6} ${at.supply_V}`)
    const falls_s = Number((rise_s + PERIOD_s).toFixed(6))
    if (level === 0 || falls_s < LAST_RISE_s)
      points.push(`${falls_s} ${at.supply_V} ${falls_s + 1e-6} 0`)
  }
  return `heartbeat stops at ${level}
${DIODE_MODEL}
vheartbeat pin 0 pwl(${points.join(" ")})
rpin pin heartbeat ${OUTPUT_ohm}
rpulldown heartbeat 0 ${safety.heartbeatPullDown_ohm.value}
rseries heartbeat coupling ${safety.pumpSeries_ohm.value}
ccoupling coupling coupled ${safety.pumpCoupling_F.value * at.capacitance}
rbleed coupled 0 ${bleed_ohm}
dlow 0 coupled silicon
dhigh coupled pumped silicon
cstorage pumped 0 ${safety.pumpStorage_F.value * at.capacitance}
rdischarge pumped 0 ${safety.pumpDischarge_ohm.value * at.discharge}
icomparator 0 pumped ${at.bias_A}
.temp ${at.temperature_C}
.save v(pumped)
.tran 2m ${bleed_ohm > 1e6 ? 3 * UNTIL_s : UNTIL_s} 0 4m`
}
