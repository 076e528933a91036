import type { MethodStep, Protocol } from "../../protocol/schema"
import { fullCell } from "../common/fullCell"
import type { Run } from "../paper"
import { lco } from "./cells"

const WINDOW_V = [2.6, 4.2] as const
/**
 * On the channel. The paper's two days before the first charge are spent on the shelf: tens of nanoamperes of the
 * channel's input over two days would move a discharged cell of 1 mAh by 0.1 to 0.2 % of its charge.
 */
const REST_s = 600

const cycled = (rate_C: number, cycles: number) =>
  fullCell([{ rate_C, cycles, window_V: WINDOW_V }], { rest_s: REST_s })

/** The rate of the first cycle is not stated: 0.1C is assumed. */
const firstCycle = cycled(0.1, 1)

/**
 * Until a charge does not come to its end: a short lets the voltage stall, and charge go through in vain. More than
 * 1.5 times the cathode's 1.23 mAh cm⁻², or 2.4 V while charging, end the test.
 */
const untilShort: Protocol = {
  record: { time_s: 60, voltage_V: 0.005, burst_s: 0 },
  // Below the window, so that a shorted cell is found by the protocol and not by a fault.
  safety: { max_voltage_V: 4.4, min_voltage_V: -0.5, max_current_mA: 3, delay_s: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: 600 },
    { step: "tag", tag: "cycle" },
    {
      step: "constant_current",
      rate_C: 0.1,
      until: [
        { voltage_above_V: 4.2 },
        { areal_capacity_mAh_per_cm2: 1.85, goto: "end" },
        // Not at its beginning, when the cell comes from its discharge.
        { voltage_below_V: 2.4, time_s: 600, goto: "end" },
      ],
    },
    { step: "constant_current", rate_C: -0.1, until_voltage_V: 2.6, until_time_s: 54_000 },
    { step: "loop", loop_to: "cycle", cycle_count: 30 },
  ],
}

/** An hour of current and an hour of rest, then a pulse of 10 s and another hour: 0.07C, 2 to 4.2 V. */
const titration: Protocol = {
  record: { time_s: 60, voltage_V: 0.002, burst_s: 0 },
  safety: { max_voltage_V: 4.4, min_voltage_V: 1.5, max_current_mA: 3, delay_s: 5 },
  method: [
    { step: "open_circuit_voltage", until_time_s: REST_s },
    ...intermittent("charge", 0.07, { voltage_above_V: 4.2 }),
    ...intermittent("discharge", -0.07, { voltage_below_V: 2.0 }),
  ],
}

function intermittent(
  tag: string,
  rate_C: number,
  limit: { voltage_above_V: number } | { voltage_below_V: number },
): MethodStep[] {
  const end = `end of ${tag}`
  const rest: MethodStep = { step: "open_circuit_voltage", until_time_s: 3600 }
  return [
    { step: "tag", tag },
    { step: "constant_current", rate_C, until: [{ ...limit, goto: end }, { time_s: 3600 }] },
    rest,
    { step: "pulse", rate_C, until: [{ ...limit, goto: end }, { time_s: 10 }] },
    rest,
    { step: "loop", loop_to: tag, cycle_count: 25 },
    { step: "tag", tag: end },
    rest,
  ]
}

/** Other reactants in the layer. */
export const OTHER_LAYERS = ["MgF2", "Li3YBr6", "MgI2", "Li3HoCl6", "LGPS"]
export const layerOf = (layer: string) => `Duan2023/LCO, ${layer}`

function run(
  key: string,
  simulated: string,
  protocol: Protocol,
  stack = "Li|SL|LPSC|LIC|LCO",
): Run {
  return {
    key: `Duan2023/${key}`,
    simulatedCell: `Duan2023 ${simulated}`,
    cell: lco(stack),
    protocol,
  }
}

export const fullRuns: readonly Run[] = [
  run("LCO, first cycle", "LCO, first cycle", firstCycle),
  run("LCO, 0.3C", "LCO, 0.3C", cycled(0.3, 100)),
  // A cycle more than the 700, which are a bound.
  run("LCO, 1C", "LCO, 1C", cycled(1, 701)),
  run("LCO without SL", "LCO without SL", untilShort, "Li|LPSC|LIC|LCO"),
  run("LCO, titration", "LCO, first cycle", titration),
  ...OTHER_LAYERS.map((layer) => ({
    ...run("", `LCO, ${layer} in the SL`, firstCycle, `Li|SL with ${layer}|LPSC|LIC|LCO`),
    key: layerOf(layer),
  })),
]
