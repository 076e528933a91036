import { createHash } from "node:crypto"
import { channel, channelParts } from "../components"
import { type Cable, LOADS } from "./cells"
import type { Probe } from "./channel"
import { type Corner, corner } from "./corner"
import type { Ngspice } from "./ngspice"
import { type LoopPoint, loopDeck, loopMargins } from "./stability"
import { CURRENTS_A, GAIN_dB, PHASE_deg, WORST_CORNERS } from "./studies/loop"
import { leastOf } from "./study"

const { least_ohm, most_ohm } = channelParts.fuse

const AMPLIFIERS = [
  { name: "typical amplifier", but: {} },
  { name: "slow, 1050 Ω", but: { outputImpedance_ohm: 1050, gainBandwidth_Hz: 3.2e6 } },
  { name: "fast, 262 Ω", but: { outputImpedance_ohm: 262, gainBandwidth_Hz: 6.3e6 } },
  { name: "second pole at 9 MHz", but: { secondPole_Hz: 9e6 } },
]
const FEEDBACKS_F = [220e-12, 470e-12, channel.errorFeedback_F.value, 2.2e-9]
/** Current gain follows temperature, and both are spread. */
const DAYS = [
  { name: "0 °C, hFE 40, 6 Ω", but: { temperature_C: 0, beta: 40, fuse_ohm: most_ohm } },
  { name: "50 °C, hFE 250, 1.4 Ω", but: { temperature_C: 50, beta: 250, fuse_ohm: least_ohm } },
]

const CORNERS: Corner[] = [
  ...AMPLIFIERS.flatMap(({ name, but }) =>
    FEEDBACKS_F.map((errorFeedback_F) =>
      corner(
        `${name}, Cf ${errorFeedback_F * 1e12} pF`,
        { errorFeedback_F, fuse_ohm: least_ohm },
        but,
      ),
    ),
  ),
  ...DAYS.map(({ name, but }) => corner(name, but)),
  ...WORST_CORNERS,
]

const CABLES: Cable[] = [
  ...[200e-12, 1e-9, 3e-9, 10e-9, 30e-9, 100e-9].flatMap((capacitance_F) =>
    [0.5e-6, 10e-6].map(
      (inductance_H): Cable => ({ inductance_H, capacitance_F, place: "holder" }),
    ),
  ),
  { inductance_H: 10e-6, capacitance_F: 3e-9, place: "board" },
  { inductance_H: 10e-6, capacitance_F: 100e-9, place: "board" },
  { inductance_H: 0.5e-6, capacitance_F: 10e-9, place: "across" },
  { inductance_H: 0.5e-6, capacitance_F: 100e-9, place: "across" },
]
export const SWEEP = "The whole sweep"
const PROBES = ["amplifier", "shunt"] as const

/** Everything the sweep simulates, as one number: a table of other circuits has another. */
export function sweepDigest(): string {
  const hash = createHash("sha256")
  for (const probe of PROBES)
    for (const at of CORNERS)
      for (const current_A of CURRENTS_A) hash.update(loopDeck(at, probe, current_A, LOADS, CABLES))
  return hash.digest("hex").slice(0, 16)
}

/** The section of RESULTS.md. @param tell how far it has come */
export async function sweepSection(spice: Ngspice, tell: (line: string) => void): Promise<string> {
  const lines: string[] = []
  let count = 0
  for (const probe of PROBES) {
    const points = await sweep(spice, probe, tell)
    count += points.length
    const phase = leastOf(points, (point) => point.phase_deg)
    const gain = leastOf(points, (point) => point.gain_dB)
    const distance = leastOf(points, (point) => point.distance)
    lines.push(
      `| phase margin at the ${probe}, at least ${PHASE_deg} | ${phase.phase_deg.toFixed(1)} ° | ${whereOf(phase)} |`,
      `| gain margin at the ${probe}, at least ${GAIN_dB} | ${gain.gain_dB.toFixed(1)} dB | ${whereOf(gain)} |`,
      `| distance of T from −1, at the ${probe} | ${distance.distance.toFixed(2)} | ${whereOf(distance)} |`,
    )
  }
  return `## ${SWEEP}

${count} working points: ${CORNERS.length} corners, ${CURRENTS_A.length} currents, ${LOADS.length} loads, ${CABLES.length} cables. Decks ${sweepDigest()}.

| least | | where |
| --- | --- | --- |
${lines.join("\n")}
`
}

async function sweep(spice: Ngspice, probe: Exclude<Probe, "none">, tell: (line: string) => void) {
  const points: LoopPoint[] = []
  for (const [i, at] of CORNERS.entries()) {
    for (const current_A of CURRENTS_A)
      points.push(...(await loopMargins(spice, at, probe, current_A, LOADS, CABLES)))
    tell(`${probe} ${i + 1}/${CORNERS.length}`)
  }
  return points
}

function whereOf(point: LoopPoint): string {
  const current = `${point.current_A * 1e3} mA`.replace("-", "−")
  return `${point.load}; ${point.cable}; ${current}; ${point.corner}`
}
