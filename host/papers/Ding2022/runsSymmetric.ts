import type { MethodStep, Protocol } from "../../protocol/schema"
import { halfCycle, LITHIUM_SAFETY, symmetric } from "../common/symmetric"
import type { Run } from "../paper"
import { COMPOSITE, FOIL, HCN, lithium, MO2N, WN } from "./cells"

const rest = (until_time_s: number): MethodStep => ({ step: "open_circuit_voltage", until_time_s })

/** Twice the overpotential of cycle 10, or a plateau that breaks down: this paper names no criterion. */
const END_OF_LIFE: Protocol["stop"] = { overpotential_growth: 2, plateau_drop: 0.3 }

/** Currents in mA cm⁻², capacities in mAh cm⁻²; 0.5 V is far above what these cells show. */
const areal = (current_density_mA_per_cm2: number, areal_capacity_mAh_per_cm2: number) => ({
  current_density_mA_per_cm2,
  areal_capacity_mAh_per_cm2,
  cutoff_V: 0.5,
})

function run(
  key: string,
  electrode: string,
  protocol: Protocol,
  simulated = `${electrode}, 1 mA/cm2`,
): Run {
  return {
    key: `Ding2022/${key}`,
    simulatedCell: `Ding2022 ${simulated}`,
    cell: lithium(electrode),
    protocol,
  }
}

/** 1 mA cm⁻² and 1 mAh cm⁻² until the overpotential has doubled, a short, or so many cycles. */
const upTo = (cycles: number) => symmetric({ ...areal(1, 1), cycles, stop: END_OF_LIFE })

/**
 * The first cycle, its first two minutes recorded in full, and after the plating a pulse in the same direction:
 * there the surface is plated already, and no nucleation is in it.
 */
const firstCycle: Protocol = {
  record: { time_s: 10, voltage_V: 0.0005, burst_s: 120 },
  safety: LITHIUM_SAFETY,
  method: [
    rest(3600),
    halfCycle(1, areal(1, 1)),
    rest(600),
    {
      step: "pulse",
      current_density_mA_per_cm2: 0.5,
      until_time_s: 10,
      until_voltage_V: 0.5,
    },
    rest(60),
    halfCycle(-1, areal(1, 1)),
    rest(60),
  ],
}

const plating = (areal_capacity_mAh_per_cm2: number): Protocol => ({
  record: { time_s: 60, voltage_V: 0.002, burst_s: 0 },
  safety: LITHIUM_SAFETY,
  method: [rest(600), halfCycle(1, areal(1, areal_capacity_mAh_per_cm2)), rest(60)],
})

const scan = (to_V: number): MethodStep => ({
  step: "voltage_scan",
  start_voltage_V: -to_V,
  end_voltage_V: to_V,
  scan_rate_mV_per_s: 0.1,
})

/** 0.2 V each way, then a narrow sweep about 0 V, at 0.1 mV/s: window and rate are assumed. */
const scans: Protocol = {
  record: { time_s: 5, voltage_V: 0.0005, burst_s: 0 },
  safety: LITHIUM_SAFETY,
  method: [rest(3600), scan(0.2), rest(600), scan(0.02), rest(60)],
}

/** The five hosts of the first cycle, as keys of runs. */
export const HOSTS = [COMPOSITE, WN, MO2N, HCN, FOIL]
export const firstCycleOf = (host: string) => `Ding2022/first cycle, ${host}`

export const symmetricRuns: readonly Run[] = [
  // A cycle more than the 1400 h, which are a bound.
  run("composite, 1 mA", COMPOSITE, upTo(701)),
  run("WN, 1 mA", WN, upTo(400)),
  run("Mo2N, 1 mA", MO2N, upTo(450)),
  run("HCN, 1 mA", HCN, upTo(300)),
  run("Li foil, 1 mA", FOIL, upTo(300)),
  run("composite 1:2, 1 mA", "composite 1:2", upTo(701)),
  run("composite 1:4, 1 mA", "composite 1:4", upTo(701)),
  run("post-mortem", COMPOSITE, symmetric({ ...areal(1, 1), cycles: 100 })),
  run(
    "composite, 2 mA",
    COMPOSITE,
    symmetric({ ...areal(2, 2), cycles: 900, stop: END_OF_LIFE }),
    `${COMPOSITE}, 2 mA/cm2`,
  ),
  run("plating 1 mAh", COMPOSITE, plating(1)),
  run("plating 3 mAh", COMPOSITE, plating(3)),
  ...HOSTS.map((host) => run(`first cycle, ${host}`, host, firstCycle)),
  run("Tafel, composite", COMPOSITE, scans, "composite, Tafel"),
  run("Tafel, Li", FOIL, scans, "Li foil, Tafel"),
]
