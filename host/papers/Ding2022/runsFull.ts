import type { MethodStep, Protocol } from "../../protocol/schema"
import { chargePulse } from "../common/chargePulses"
import { type FullCellCycles, fullCell } from "../common/fullCell"
import type { Run } from "../paper"
import { COMPOSITE, FOIL, HCN, MO2N, ncm811, WN } from "./cells"

/** Assumed: the main text states no window. */
const WINDOW_V = [2.8, 4.3] as const

/** Assumed where the paper is silent: 1C, and no formation before the first cycle. */
const at = (rate_C: number, cycles: number): FullCellCycles => ({
  rate_C,
  cycles,
  window_V: WINDOW_V,
})

const cycled = (rate_C: number, cycles: number) => fullCell([at(rate_C, cycles)])

function run(key: string, simulatedCell: string, cell: Run["cell"], protocol: Protocol): Run {
  return {
    key: `Ding2022/${key}`,
    simulatedCell: `Ding2022 NCM811, ${simulatedCell}`,
    cell,
    protocol,
  }
}

const pulsed: Protocol = {
  record: { time_s: 60, voltage_V: 0.005, burst_s: 0 },
  safety: { max_voltage_V: 4.6, min_voltage_V: 2, max_current_mA: 5, delay_s: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 600 },
    // About half charged.
    { step: "constant_current", rate_C: 0.5, until_time_s: 3600, until_voltage_V: 4.3 },
    ...chargePulse(3600, 4.5),
    ...chargePulse(600, 4.5),
    ...chargePulse(600, 4.5),
    { step: "open_circuit_voltage", until_time_s: 60 },
  ],
}

/** The cycles in whose charge the resistance is measured. */
export const PULSED_CYCLES = [1, 50, 100]

/** 100 cycles at 1C; of some, the charge pauses half-way for a pulse. */
const pulsedCycles: Protocol = {
  ...cycled(1, 100),
  method: [
    { step: "open_circuit_voltage", until_time_s: 600 },
    ...block("1", 1, true),
    ...block("2 to 49", 48, false),
    ...block("50", 1, true),
    ...block("51 to 99", 49, false),
    ...block("100", 1, true),
  ],
}

function block(tag: string, cycle_count: number, isPulsed: boolean): MethodStep[] {
  const half: MethodStep = {
    step: "constant_current",
    rate_C: 1,
    until_time_s: 1500,
    until_voltage_V: 4.3,
  }
  const pause: MethodStep[] = [half, ...chargePulse(600, 4.5)]
  return [
    { step: "tag", tag },
    ...(isPulsed ? pause : []),
    { step: "constant_current", rate_C: 1, until_voltage_V: 4.3, until_time_s: 5400 },
    { step: "constant_current", rate_C: -1, until_voltage_V: 2.8, until_time_s: 5400 },
    { step: "loop", loop_to: tag, cycle_count },
  ]
}

/** Assumed: the paper's figure is not in its text. */
export const TEMPERATURES_degC = [10, 25, 40, 55]
export const pulsedAt = (anode: "composite" | "Li", temperature_degC: number) =>
  `Ding2022/pulses, ${anode}, ${temperature_degC} degC`

const ANODES = { composite: COMPOSITE, Li: FOIL } as const

export const fullRuns: readonly Run[] = [
  run("NCM811, composite", "composite, 1C", ncm811(COMPOSITE), cycled(1, 400)),
  run("NCM811, Li", "Li, 1C", ncm811(FOIL), cycled(1, 400)),
  run("NCM811, WN", "WN@HCN/Li, 1C", ncm811(WN), cycled(1, 400)),
  run("NCM811, HCN", "HCN/Li, 1C", ncm811(HCN), cycled(1, 400)),
  run("NCM811, Mo2N", "Mo2N@HCN/Li, 1C", ncm811(MO2N), cycled(1, 330)),
  run(
    "NCM811, rates",
    "composite, rates",
    ncm811(COMPOSITE),
    fullCell([0.2, 0.5, 1, 2, 5, 10].map((rate_C) => at(rate_C, 5))),
  ),
  run(
    "NCM811, 8.6 mg",
    "composite, 8.6 mg/cm2",
    ncm811(COMPOSITE, { loading_mg_per_cm2: 8.6 }),
    cycled(0.5, 150),
  ),
  run(
    "NCM811, lean",
    "composite, 2 uL/mg",
    ncm811(COMPOSITE, { electrolyte: "carbonate, 2 uL per mg of cathode" }),
    cycled(1, 150),
  ),
  run("pulses, composite", "composite, 1C", ncm811(COMPOSITE), pulsed),
  run("pulses, Li", "Li, 1C", ncm811(FOIL), pulsed),
  run("pulses while cycling, composite", "composite, 1C", ncm811(COMPOSITE), pulsedCycles),
  run("pulses while cycling, Li", "Li, 1C", ncm811(FOIL), pulsedCycles),
  ...(["composite", "Li"] as const).flatMap((anode) =>
    TEMPERATURES_degC.map((temperature_degC) => ({
      ...run(
        "",
        `${anode}, ${temperature_degC} degC`,
        ncm811(ANODES[anode], { temperature_degC }),
        pulsed,
      ),
      key: pulsedAt(anode, temperature_degC),
    })),
  ),
]
