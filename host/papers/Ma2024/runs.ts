import type { CellInput } from "../../cell"
import type { Protocol } from "../../protocol/schema"
import { fullCell } from "../common/fullCell"
import { pulseSteps } from "../common/pulses"
import { symmetric } from "../common/symmetric"
import type { Run } from "../paper"

const common = {
  electrolyte: "1.0 M LiTFSI in DOL:DME 1:1 (vol) + 2 wt% LiNO3",
  electrolyte_uL: 20,
  separator: "Celgard 2400",
  format: "CR2032",
} as const

const KNEADED = "K-Li@AlN"
const WINDOW_V = [2.5, 3.8] as const

/** The disc is assumed: the paper's main text does not state it. */
const lithium = (electrode: string): CellInput => ({
  ...common,
  name: `${electrode}||${electrode}, 14 mm`,
  type: "Li||Li",
  area_cm2: 1.539,
  working_electrode: electrode,
  counter_electrode: electrode,
})

const run = (key: string, simulatedCell: string, cell: CellInput, protocol: Protocol): Run => ({
  key: `Ma2024/${key}`,
  simulatedCell: `Ma2024 ${simulatedCell}`,
  cell,
  protocol,
})

/** What ends a life here: η beyond twice that of cycle 10, or a plateau that breaks down. */
const END_OF_LIFE: Protocol["stop"] = { overpotential_growth: 2, plateau_drop: 0.3 }

/** One cycle more than the paper's hours, which print a bound. */
const mild = (cycles: number) =>
  symmetric({
    current_density_mA_per_cm2: 1,
    areal_capacity_mAh_per_cm2: 1,
    cycles,
    cutoff_V: 0.5,
    stop: END_OF_LIFE,
  })

const harsh = (cycles: number, after?: Protocol["method"]) =>
  symmetric({
    current_density_mA_per_cm2: 20,
    areal_capacity_mAh_per_cm2: 20,
    cycles,
    cutoff_V: 0.7,
    stop: END_OF_LIFE,
    after,
  })

const tafel: Protocol = {
  record: { time_s: 10, voltage_V: 0.001, burst_s: 10 },
  safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    {
      step: "voltage_scan",
      start_voltage_V: -0.2,
      end_voltage_V: 0.2,
      scan_rate_mV_per_s: 0.1,
      max_current_mA: 1,
    },
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

const conditioning = (cycles: number) =>
  symmetric({
    current_density_mA_per_cm2: 10,
    areal_capacity_mAh_per_cm2: 10,
    cycles,
    cutoff_V: 0.5,
  })

const singlePlating: Protocol = {
  record: { time_s: 60, voltage_V: 0.001, burst_s: 0 },
  safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    {
      step: "constant_current",
      current_density_mA_per_cm2: 1,
      until_areal_capacity_mAh_per_cm2: 3,
      until_voltage_V: 0.5,
    },
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

/** The foil is at the positive terminal: positive current strips it. The current is assumed. */
const stripping: Protocol = {
  record: { time_s: 60, voltage_V: 0.002, burst_s: 0 },
  // The last lithium gone, the voltage overshoots within one reading.
  safety: { max_voltage_V: 4, min_voltage_V: -1, max_current_mA: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    {
      step: "constant_current",
      current_density_mA_per_cm2: 0.5,
      until_voltage_V: 1,
      until_areal_capacity_mAh_per_cm2: 10,
    },
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

const foil: CellInput = {
  ...common,
  name: "35 um K-Li@AlN foil||Li, 14 mm",
  type: "Li||Cu",
  positive_terminal: "working",
  area_cm2: 1.539,
  working_electrode: "K-Li@AlN foil, 35 um",
  counter_electrode: "Li, in excess",
}

/** 170 mAh g⁻¹ are assumed; 1.8 mAh cm⁻² are printed. */
const half = (anode: string): CellInput => ({
  ...common,
  name: `LFP||${anode}, 12 mm`,
  type: "half",
  area_cm2: 1.131,
  areal_capacity_mAh_per_cm2: 1.8,
  active_mass_mg: 11.975,
  working_electrode: "LFP, 1.8 mAh/cm2",
  counter_electrode: anode,
})

const full: CellInput = {
  ...common,
  name: "LFP||35 um K-Li@AlN, 12 mm",
  type: "full",
  area_cm2: 1.131,
  areal_capacity_mAh_per_cm2: 3.3,
  loading_mg_per_cm2: 24,
  working_electrode: "LFP, 24.0 mg/cm2",
  counter_electrode: "K-Li@AlN, 35 um",
}

const oneC = fullCell([{ rate_C: 1, cycles: 500, window_V: WINDOW_V }])

export const runs = {
  kneaded_1: run("K-Li@AlN-1", "K-Li@AlN, 1 mA/cm2", lithium(KNEADED), mild(501)),
  bare_1: run("bare-Li-1", "bare Li, 1 mA/cm2", lithium("P-Li"), mild(425)),
  kneadedOnly_1: run("K-Li-1", "K-Li, 1 mA/cm2", lithium("K-Li"), mild(425)),
  nitride_1: run("K-Li@Li3N-1", "K-Li@Li3N, 1 mA/cm2", lithium("K-Li@Li3N"), mild(425)),
  kneaded_20: run("K-Li@AlN-20", "K-Li@AlN, 20 mA/cm2", lithium(KNEADED), harsh(3001)),
  bare_20: run("bare-Li-20", "bare Li, 20 mA/cm2", lithium("P-Li"), harsh(115)),
  kneadedTafel: run("K-Li@AlN-Tafel", "K-Li@AlN, Tafel", lithium(KNEADED), tafel),
  bareTafel: run("bare-Li-Tafel", "bare Li, Tafel", lithium("P-Li"), tafel),
  kneadedPulses: run(
    "K-Li@AlN-20-pulses",
    "K-Li@AlN, 20 mA/cm2",
    lithium(KNEADED),
    harsh(20, pulseSteps(-1)),
  ),
  barePulses: run(
    "bare-Li-20-pulses",
    "bare Li, 20 mA/cm2",
    lithium("P-Li"),
    harsh(20, pulseSteps(-1)),
  ),
  kneaded_10x30: run(
    "K-Li@AlN-10-30-cycles",
    "K-Li@AlN, 10 mA/cm2",
    lithium(KNEADED),
    conditioning(30),
  ),
  kneaded_10x50: run(
    "K-Li@AlN-10-50-cycles",
    "K-Li@AlN, 10 mA/cm2",
    lithium(KNEADED),
    conditioning(50),
  ),
  bare_10x30: run("bare-Li-10-30-cycles", "bare Li, 10 mA/cm2", lithium("P-Li"), conditioning(30)),
  kneadedPlating: run("K-Li@AlN-plating", "K-Li@AlN, 1 mA/cm2", lithium(KNEADED), singlePlating),
  barePlating: run("bare-Li-plating", "bare Li, 1 mA/cm2", lithium("P-Li"), singlePlating),
  strip: run("strip", "35 um K-Li@AlN foil, strip", foil, stripping),
  kneadedHalf: run("LFP-K-Li@AlN-1C", "LFP, K-Li@AlN, 1C", half(KNEADED), oneC),
  bareHalf: run("LFP-bare-Li-1C", "LFP, bare Li, 1C", half("P-Li"), oneC),
  rates: run(
    "LFP-rates",
    "LFP, K-Li@AlN, rates",
    half(KNEADED),
    fullCell([1, 2, 3].map((rate_C) => ({ rate_C, cycles: 5, window_V: WINDOW_V }))),
  ),
  full: run(
    "LFP-35um-0.5C",
    "LFP, 35 um K-Li@AlN, 0.5C",
    full,
    fullCell([{ rate_C: 0.5, cycles: 320, window_V: WINDOW_V }]),
  ),
} as const
