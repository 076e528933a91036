import type { MethodStep, Protocol } from "../../protocol/schema"
import { halfCycle, LITHIUM_SAFETY, symmetric } from "../common/symmetric"
import type { Run } from "../paper"
import { lithium } from "./cells"

const SPARSE: Protocol["record"] = { time_s: 60, voltage_V: 0.002, burst_s: 0 }

const BARE = "Li|LPSC|Li"
const LAYERED = "Li|SL|LPSC|SL|Li"

/** The currents of the stepped test, mA cm⁻². */
export const STEPS_mA_per_cm2 = [0.5, 1, 1.5, 2, 3]

/** Half-cycles of an hour; 0.8 V is far above what a pellet shows. */
const hourly = (density: number) => ({
  current_density_mA_per_cm2: density,
  areal_capacity_mAh_per_cm2: density,
  cutoff_V: 0.8,
})

const rest = (until_time_s: number): MethodStep => ({ step: "open_circuit_voltage", until_time_s })

const pulse = (density: number): MethodStep => ({
  step: "pulse",
  current_density_mA_per_cm2: density,
  until_time_s: 10,
  until_voltage_V: Math.sign(density) * 0.8,
})

/**
 * Rest with 0.5 mA for a second each way every 10 min, for a week at most. Below 5 Ω, 2.5 mV, the cell has shorted
 * and the test ends; the pulse that finds it is recorded.
 */
const shelf: Protocol = {
  record: { time_s: 600, voltage_V: 0.005, burst_s: 0 },
  safety: LITHIUM_SAFETY,
  method: [
    { step: "tag", tag: "again" },
    rest(598),
    {
      step: "pulse",
      current_mA: 0.5,
      until: [
        { time_s: 1, voltage_below_V: 0.0025, goto: "end" },
        { time_s: 1 },
        { voltage_above_V: 0.8 },
      ],
    },
    {
      step: "pulse",
      current_mA: -0.5,
      until: [{ time_s: 1 }, { voltage_below_V: -0.8 }],
    },
    { step: "loop", loop_to: "again", cycle_count: 1008 },
  ],
}

/** Rest for 36 h with a pulse of 10 s each way every half an hour. */
const settling: Protocol = {
  record: { time_s: 600, voltage_V: 0.005, burst_s: 0 },
  safety: LITHIUM_SAFETY,
  method: [
    pulse(0.5),
    pulse(-0.5),
    { step: "tag", tag: "again" },
    rest(1780),
    pulse(0.5),
    pulse(-0.5),
    { step: "loop", loop_to: "again", cycle_count: 72 },
  ],
}

/** Cycles from the first hour on, with a pulse after each. */
const unrested: Protocol = {
  record: SPARSE,
  safety: LITHIUM_SAFETY,
  method: [
    rest(60),
    { step: "tag", tag: "cycle" },
    halfCycle(1, hourly(0.5)),
    halfCycle(-1, hourly(0.5)),
    rest(60),
    pulse(0.5),
    rest(60),
    { step: "loop", loop_to: "cycle", cycle_count: 15 },
  ],
}

/** After 18 h of rest an hour each way at rising currents, with a pulse after each. */
const stepped: Protocol = {
  record: SPARSE,
  safety: LITHIUM_SAFETY,
  stop: { hard_short: true },
  method: [
    rest(18 * 3600),
    ...STEPS_mA_per_cm2.flatMap((density): MethodStep[] => [
      { step: "tag", tag: `${density}` },
      halfCycle(1, hourly(density)),
      halfCycle(-1, hourly(density)),
      rest(60),
      pulse(0.5),
      rest(60),
      { step: "loop", loop_to: `${density}`, cycle_count: 1 },
    ]),
  ],
}

const cycled = (density: number, cycles: number) =>
  symmetric({ ...hourly(density), cycles, stop: { hard_short: true }, rest_s: 60 })

function run(key: string, simulated: string, stack: string, protocol: Protocol): Run {
  return {
    key: `Duan2023/${key}`,
    simulatedCell: `Duan2023 ${simulated}`,
    cell: lithium(stack),
    protocol,
  }
}

export const lithiumRuns: readonly Run[] = [
  run("shelf", "Li/SL/Li, rest", "Li|SL|Li, 80 mg SL with 50 wt% LAC", shelf),
  run("settling", "Li/SL/LPSC/SL/Li, 0.5 mA/cm2", LAYERED, settling),
  run("without rest", "Li/SL/LPSC/SL/Li, 0.5 mA/cm2", LAYERED, unrested),
  run("stepped", "Li/SL/LPSC/SL/Li, 0.5 mA/cm2", LAYERED, stepped),
  // Where nothing shorts, the test would go on for four times the printed time.
  run("LPSC", "Li/LPSC/Li, 0.5 mA/cm2", BARE, cycled(0.5, 40)),
  run("layered, 0.5 mA", "Li/SL/LPSC/SL/Li, 0.5 mA/cm2", LAYERED, cycled(0.5, 750)),
  // A cycle more than the 500 h, which are a bound.
  run("layered, 3 mA", "Li/SL/LPSC/SL/Li, 3 mA/cm2", LAYERED, cycled(3, 251)),
]
