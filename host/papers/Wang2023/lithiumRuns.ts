import type { CellInput } from "../../cell"
import type { MethodStep, Protocol } from "../../protocol/schema"
import { pulseSteps } from "../common/pulses"
import { stripStep } from "../common/strip"
import { symmetric } from "../common/symmetric"
import type { Run } from "../paper"
import { foilOf, symmetricOf } from "./cells"

export const run = (
  key: string,
  simulatedCell: string,
  cell: CellInput,
  protocol: Protocol,
): Run => ({
  key: `Wang2023/${key}`,
  simulatedCell: `Wang2023 ${simulatedCell}`,
  cell,
  protocol,
})

const mild = (cycles: number, options: { stop?: Protocol["stop"]; after?: MethodStep[] } = {}) =>
  symmetric({
    current_density_mA_per_cm2: 1,
    areal_capacity_mAh_per_cm2: 1,
    cycles,
    cutoff_V: 0.5,
    ...options,
  })

/** Every reading of the first minutes of a half-cycle: a nucleation spike lasts half of one. */
const SPIKE: Protocol["record"] = { time_s: 10, voltage_V: 0.0005, burst_s: 180 }

const firstCycles = symmetric({
  current_density_mA_per_cm2: 1,
  areal_capacity_mAh_per_cm2: 1,
  cycles: 2,
  cutoff_V: 0.5,
  record: SPIKE,
})

const LOW = { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 10 }

/** Three cycles between ±0.1 V; the last is read. */
const voltammetry: Protocol = {
  record: { time_s: 10, voltage_V: 0.0005, burst_s: 0 },
  safety: LOW,
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    scan(0, 0.1),
    { step: "tag", tag: "cycle" },
    scan(0.1, -0.1),
    scan(-0.1, 0.1),
    { step: "loop", loop_to: "cycle", cycle_count: 3 },
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

function scan(start_voltage_V: number, end_voltage_V: number): MethodStep {
  return { step: "voltage_scan", start_voltage_V, end_voltage_V, scan_rate_mV_per_s: 0.1 }
}

const galvanostatic = (
  current_density_mA_per_cm2: number,
  until_areal_capacity_mAh_per_cm2: number,
  record?: Protocol["record"],
): MethodStep => ({
  step: "constant_current",
  current_density_mA_per_cm2,
  until_areal_capacity_mAh_per_cm2,
  until_voltage_V: Math.sign(current_density_mA_per_cm2) * 0.5,
  record,
})

/** Strips some of the working electrode, then plates on it. */
const stripAndPlate = (
  stripped: number,
  plated: number,
  options: { current?: number; rest_s?: number } = {},
): Protocol => {
  const { current = 1, rest_s = 600 } = options
  return {
    record: { time_s: 60, voltage_V: 0.001, burst_s: 0 },
    safety: LOW,
    method: [
      { step: "open_circuit_voltage", until_time_s: 3600 },
      ...(stripped > 0 ? [galvanostatic(-current, stripped)] : []),
      { step: "open_circuit_voltage", until_time_s: rest_s },
      galvanostatic(current, plated, SPIKE),
    ],
  }
}

/** Silver alloys for a quarter of an hour before its tip: no burst reaches there. */
const onSilver: Protocol = {
  record: { time_s: 60, voltage_V: 0.001, burst_s: 0 },
  safety: { max_voltage_V: 3.5, min_voltage_V: -1, max_current_mA: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 600 },
    galvanostatic(-1, 1, { time_s: 1, voltage_V: 0.001, burst_s: 0 }),
  ],
}

/** The last lithium gone, the voltage overshoots within one reading. */
const FOIL = { max_voltage_V: 4, min_voltage_V: -1, max_current_mA: 5 }
const COARSE: Protocol["record"] = { time_s: 60, voltage_V: 0.002, burst_s: 0 }
const MOST_mAh_per_cm2 = 15

const stripping: Protocol = {
  record: COARSE,
  safety: FOIL,
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    stripStep(0.5, MOST_mAh_per_cm2),
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

/** Fifty cycles of 1 mAh cm⁻², then all that is left. */
const thinFoil: Protocol = {
  record: COARSE,
  safety: FOIL,
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    { step: "tag", tag: "cycle" },
    galvanostatic(1, 1),
    galvanostatic(-1, 1),
    { step: "loop", loop_to: "cycle", cycle_count: 50 },
    stripStep(0.5, MOST_mAh_per_cm2),
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

const onCopper: Protocol = {
  record: COARSE,
  safety: FOIL,
  method: [
    { step: "open_circuit_voltage", until_time_s: 600 },
    { step: "tag", tag: "cycle" },
    galvanostatic(-1, 1),
    stripStep(1, 1.5),
    { step: "loop", loop_to: "cycle", cycle_count: 20 },
  ],
}

const silver = symmetricOf("Li-Ag")
const lithium = symmetricOf("Li")
const SILVER = "Li-Ag, 1 mA/cm2"
const LITHIUM = "Li, 1 mA/cm2"
const NUCLEATION = "Li-Ag, nucleation"
const foil = foilOf("Li-Ag foil, 50 um", 2.95)
const bareFoil = foilOf("Li foil, 50 um")

export const lithiumRuns = {
  silver: run("Li-Ag-1", SILVER, silver, mild(241, { stop: { overpotential_growth: 2 } })),
  magnesium: run(
    "Li-Mg-1",
    "Li-Mg, 1 mA/cm2",
    symmetricOf("Li-Mg"),
    mild(241, { stop: { overpotential_growth: 2 } }),
  ),
  lithium: run("Li-1", LITHIUM, lithium, mild(140)),
  silverFirst: run("Li-Ag-first-cycles", SILVER, silver, firstCycles),
  lithiumFirst: run("Li-first-cycles", LITHIUM, lithium, firstCycles),
  silverCv: run("Li-Ag-CV", "Li-Ag, CV", silver, voltammetry),
  lithiumCv: run("Li-CV", "Li, CV", lithium, voltammetry),
  silverFoil: run("Li-Ag-foil-efficiency", "50 um Li-Ag foil", foil, thinFoil),
  lithiumFoil: run("Li-foil-efficiency", "50 um Li foil", bareFoil, thinFoil),
  silverStrip: run("Li-Ag-foil-strip", "50 um Li-Ag foil", foil, stripping),
  lithiumStrip: run("Li-foil-strip", "50 um Li foil", bareFoil, stripping),
  richStrip: run(
    "Li-30Ag-foil-strip",
    "Li-Ag foil, 30 wt%",
    foilOf("Li-Ag foil, 30 wt%", 4),
    stripping,
  ),
  copperAsSilver: run("Li-Cu-98.5", "Li-Cu 98.5 %, Cu at +", foilOf("Cu"), onCopper),
  copperAsLithium: run("Li-Cu-96.2", "Li-Cu 96.2 %, Cu at +", foilOf("Cu"), onCopper),
  silverPulses: run("Li-Ag-1-pulses", SILVER, silver, mild(100, { after: pulseSteps(-1) })),
  lithiumPulses: run("Li-1-pulses", LITHIUM, lithium, mild(100, { after: pulseSteps(-1) })),
  replate: run("Li-Ag-strip-5-plate-3", NUCLEATION, silver, stripAndPlate(5, 3)),
  rested: run(
    "Li-Ag-strip-3-rest-72h",
    "Li-Ag, 3 mA/cm2",
    silver,
    stripAndPlate(3, 3, { current: 3, rest_s: 72 * 3600 }),
  ),
  silver_3: run(
    "Li-Ag-3",
    "Li-Ag, 3 mA/cm2",
    silver,
    symmetric({
      current_density_mA_per_cm2: 3,
      areal_capacity_mAh_per_cm2: 3,
      cycles: 100,
      cutoff_V: 0.5,
    }),
  ),
  silver_x10: run("Li-Ag-1-10-cycles", SILVER, silver, mild(10)),
  silver_x30: run("Li-Ag-1-30-cycles", SILVER, silver, mild(30)),
  silver_x50: run("Li-Ag-1-50-cycles", SILVER, silver, mild(50)),
  nucleation_0: run("nucleation-0", NUCLEATION, silver, stripAndPlate(0, 1)),
  nucleation_3: run("nucleation-3", NUCLEATION, silver, stripAndPlate(3, 1)),
  nucleation_5: run("nucleation-5", NUCLEATION, silver, stripAndPlate(5, 1)),
  nucleation_7: run("nucleation-7", NUCLEATION, silver, stripAndPlate(7, 1)),
  silverSubstrate: run("nucleation-Ag", "Ag foil, nucleation", foilOf("Ag, 1 um"), onSilver),
} as const
