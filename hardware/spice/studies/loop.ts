import { channelParts } from "../../components"
import { type Cable, LOADS } from "../cells"
import { type Corner, corner, TYPICAL } from "../corner"
import type { Ngspice } from "../ngspice"
import { type LoopPoint, loopMargins } from "../stability"
import { leastOf, type Row, type Study } from "../study"
import { bufferMargins } from "./buffer"

const { least_ohm, most_ohm } = channelParts.fuse
/** From none, where both followers are off, over their threshold near 3 mA, to all. */
export const CURRENTS_A = [0, 1e-4, 3.2e-3, -3.2e-3, 0.01, 0.05, -0.05]
export const PHASE_deg = 55
export const GAIN_dB = 6

const CABLES: Cable[] = [
  { inductance_H: 0.5e-6, capacitance_F: 200e-12, place: "holder" },
  { inductance_H: 0.5e-6, capacitance_F: 10e-9, place: "holder" },
  { inductance_H: 10e-6, capacitance_F: 100e-9, place: "board" },
]

/** The worst of the whole sweep, with margin to both sides; `npm run spice -- --sweep` looks for others. */
export const WORST_CORNERS: Corner[] = [
  corner(
    "cold, hFE 40, slow amplifier of twice the output impedance, damping − 30 %",
    { temperature_C: 0, beta: 40, fuse_ohm: most_ohm, damping_F: 15e-9 },
    { outputImpedance_ohm: 1050, gainBandwidth_Hz: 3.2e6 },
  ),
  corner(
    "hot, hFE 250, fast amplifier of half the output impedance, second pole at 9 MHz",
    { temperature_C: 50, beta: 250, fuse_ohm: least_ohm, damping_F: 15e-9 },
    { outputImpedance_ohm: 262, gainBandwidth_Hz: 6.3e6, secondPole_Hz: 9e6 },
  ),
  corner("Cf 220 pF", { errorFeedback_F: 220e-12, fuse_ohm: least_ohm, damping_F: 15e-9 }),
  corner("Cf 2.2 nF", { errorFeedback_F: 2.2e-9, fuse_ohm: least_ohm, damping_F: 15e-9 }),
]

export const loop: Study = {
  title: "Stability",
  about: `Loop gain at the error amplifier's − input, where all feedback returns, and at the shunt, over
${CURRENTS_A.length} currents from −50 to 50 mA and ${CABLES.length} cables (0.5–10 µH, 200 pF–100 nF). The least of all counts.`,
  async run(spice) {
    const typical = await points(spice, TYPICAL, "amplifier")
    const worst: LoopPoint[] = []
    for (const at of WORST_CORNERS) worst.push(...(await points(spice, at, "amplifier")))
    const built = await points(spice, TYPICAL, "shunt")
    const small = await points(spice, WORST_CORNERS[2], "shunt")
    const rows = LOADS.map((load): Row => {
      const here = typical.filter((point) => point.load === load.name)
      return phaseRow(`phase margin at the amplifier, ${load.name}`, here)
    })
    for (const at of WORST_CORNERS)
      rows.push(
        phaseRow(
          `the same, all loads: ${at.name}`,
          worst.filter((point) => point.corner === at.name),
        ),
      )
    const all = [...typical, ...worst]
    rows.push(
      gainRow("gain margin at the amplifier", all),
      {
        what: "least distance of T from −1",
        value: leastOf(all, (p) => p.distance).distance,
        unit: "",
        digits: 2,
        least: 0.7,
      },
      phaseRow("phase margin at the shunt", built),
      gainRow("gain margin at the shunt", built),
      phaseRow("phase margin at the shunt, Cf 220 pF", small),
      gainRow("gain margin at the shunt, Cf 220 pF", small),
      {
        what: "highest crossover at the shunt",
        value: Math.max(...built.map((p) => p.crossover_Hz)) / 1e3,
        unit: "kHz",
        digits: 1,
      },
      {
        what: "phase margin of a sense buffer into the converter's filter",
        value: (await bufferMargins(spice)).phase_deg,
        unit: "°",
        digits: 0,
        least: PHASE_deg,
      },
    )
    return rows
  },
}

async function points(spice: Ngspice, at: Corner, probe: "amplifier" | "shunt") {
  const found: LoopPoint[] = []
  for (const current_A of CURRENTS_A)
    found.push(...(await loopMargins(spice, at, probe, current_A, LOADS, CABLES)))
  return found
}

function phaseRow(what: string, points: readonly LoopPoint[]): Row {
  const { phase_deg } = leastOf(points, (point) => point.phase_deg)
  return { what, value: phase_deg, unit: "°", digits: 0, least: PHASE_deg }
}

function gainRow(what: string, points: readonly LoopPoint[]): Row {
  const { gain_dB } = leastOf(points, (point) => point.gain_dB)
  return { what, value: gain_dB, unit: "dB", digits: 0, least: GAIN_dB }
}
