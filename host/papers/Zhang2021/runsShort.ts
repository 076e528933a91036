import { pulseSteps } from "../common/pulses"
import { stripStep } from "../common/strip"
import { cycleSteps, halfCycle, LITHIUM_SAFETY } from "../common/symmetric"
import type { Run } from "../paper"
import { foilCell, symmetricCell } from "./cells"
import { ALLOY, ALLOY_170, ALLOY_230, BARE } from "./runsSymmetric"

const REST = { step: "open_circuit_voltage", until_time_s: 600 } as const
const SHORT_REST = { step: "open_circuit_voltage", until_time_s: 60 } as const

/** One plating on a fresh surface, its first minute in full. */
function plating(
  name: string,
  [simulatedCell, electrodes]: readonly [string, string],
  current_density_mA_per_cm2: number,
  areal_capacity_mAh_per_cm2: number,
): Run {
  const block = { current_density_mA_per_cm2, areal_capacity_mAh_per_cm2, cutoff_V: 0.5 }
  return {
    key: `Zhang2021/${name}`,
    simulatedCell,
    cell: symmetricCell(electrodes),
    protocol: {
      record: { time_s: 5, voltage_V: 0.001, burst_s: 60 },
      safety: LITHIUM_SAFETY,
      method: [REST, halfCycle(1, block), SHORT_REST],
    },
  }
}

const nucleation = [
  plating("nucleation-bare-Li", BARE, 1, 1),
  plating("nucleation-alloy", ALLOY, 1, 1),
  plating("nucleation-alloy-170", ALLOY_170, 1, 1),
  plating("nucleation-alloy-230", ALLOY_230, 1, 1),
]

/** Each on a cell of its own. */
export const DEPOSITS_mAh_per_cm2 = [0.5, 1, 2, 5, 10]
const deposits = DEPOSITS_mAh_per_cm2.map((capacity) =>
  plating(`deposit-${capacity}`, ALLOY, 1, capacity),
)

/** For 30 and for 20 minutes, watched through a microscope. */
const watched = [plating("watched-5", ALLOY, 5, 2.5), plating("watched-10", ALLOY, 10, 10 / 3)]

/** Between the two looks at a resistance; the paper does not tell. */
export const CYCLES_BETWEEN = 100
const resistances = [BARE, ALLOY].map(
  ([simulatedCell, electrodes]): Run => ({
    key: `Zhang2021/resistance-${electrodes.replace(" ", "-")}`,
    simulatedCell,
    cell: symmetricCell(electrodes),
    protocol: {
      record: { time_s: 60, voltage_V: 0.002, burst_s: 0 },
      safety: LITHIUM_SAFETY,
      method: [
        ...pulseSteps(-1),
        ...cycleSteps("cycle", {
          current_density_mA_per_cm2: 1,
          areal_capacity_mAh_per_cm2: 1,
          cycles: CYCLES_BETWEEN,
          cutoff_V: 0.5,
        }),
        ...pulseSteps(-1),
      ],
    },
  }),
)

/** From −0.2 to 0.2 V: rate and window are assumed. */
const sweeps = ["Li3Mg7@Li", "LiH@Li", "bare Li"].map(
  (electrodes): Run => ({
    key: `Zhang2021/Tafel-${electrodes.replace(" ", "-")}`,
    simulatedCell: `Zhang2021 ${electrodes}, Tafel`,
    cell: symmetricCell(electrodes),
    protocol: {
      record: { time_s: 10, voltage_V: 0.001, burst_s: 0 },
      safety: LITHIUM_SAFETY,
      method: [
        REST,
        {
          step: "voltage_scan",
          start_voltage_V: -0.2,
          end_voltage_V: 0.2,
          scan_rate_mV_per_s: 0.1,
        },
        SHORT_REST,
      ],
    },
  }),
)

/** All that a foil gives, to 1.0 V; it is at the positive terminal, so positive current strips it. */
const strip: Run = {
  key: "Zhang2021/foil",
  simulatedCell: "Zhang2021 200 um Li3Mg7@Li foil, strip",
  cell: foilCell,
  protocol: {
    record: { time_s: 60, voltage_V: 0.005, burst_s: 0 },
    // A stripped foil leaps from below 1 V to where copper dissolves between two readings.
    safety: { max_voltage_V: 4, min_voltage_V: -1, max_current_mA: 45 },
    method: [REST, stripStep(1, 50), SHORT_REST],
  },
}

export const shortRuns: readonly Run[] = [
  ...nucleation,
  ...deposits,
  ...watched,
  ...resistances,
  ...sweeps,
  strip,
]
