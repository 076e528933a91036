import type { Protocol } from "../../protocol/schema"
import {
  cycleSteps,
  LITHIUM_SAFETY,
  type SymmetricCycles,
  type SymmetricOptions,
  symmetric,
} from "../common/symmetric"
import type { Run } from "../paper"
import { symmetricCell } from "./cells"

/** The cells that several tests take: in the simulator's catalogue, and as a lab calls their electrodes. */
type Electrodes = readonly [simulatedCell: string, electrodes: string]
export const ALLOY: Electrodes = ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", "Li3Mg7@Li"]
export const BARE: Electrodes = ["Zhang2021 bare Li, 1 mA/cm2", "bare Li"]
export const ALLOY_170: Electrodes = [
  "Zhang2021 Li3Mg7@Li 170 degC, 1 mA/cm2",
  "Li3Mg7@Li, 170 degC",
]
export const ALLOY_230: Electrodes = [
  "Zhang2021 Li3Mg7@Li 230 degC, 1 mA/cm2",
  "Li3Mg7@Li, 230 degC",
]

/** How a life ends: twice the overpotential of cycle 10, or a short. The board judges it. */
const stop: Protocol["stop"] = { overpotential_growth: 2, plateau_drop: 0.3, hard_short: true }
/** Half-cycles of minutes instead of hours. */
const CLOSE: Protocol["record"] = { time_s: 20, voltage_V: 0.002, burst_s: 0 }

/** mA cm⁻² and mAh cm⁻². */
const at = (
  current_density_mA_per_cm2: number,
  areal_capacity_mAh_per_cm2: number,
  cycles: number,
): SymmetricCycles => ({
  current_density_mA_per_cm2,
  areal_capacity_mAh_per_cm2,
  cycles,
  cutoff_V: 0.5,
})

function cycling(
  name: string,
  [simulatedCell, electrodes]: Electrodes,
  options: SymmetricOptions,
  electrolyte?: string,
): Run {
  return {
    key: `Zhang2021/${name}`,
    simulatedCell,
    cell: symmetricCell(electrodes, electrolyte),
    protocol: symmetric({ rest_s: 600, ...options }),
  }
}

// A life that is printed as "> x h" is run for a cycle more than x h.
const mild = [
  cycling("bare-Li-1", BARE, at(1, 1, 200)),
  cycling("alloy-1", ALLOY, { ...at(1, 1, 650), stop }),
  cycling("alloy-170-1", ALLOY_170, at(1, 1, 300)),
  cycling("alloy-230-1", ALLOY_230, at(1, 1, 400)),
  cycling("LiH-1", ["Zhang2021 LiH@Li, 1 mA/cm2", "LiH@Li"], { ...at(1, 1, 201), stop }),
  cycling("alloy-0.5", ["Zhang2021 Li3Mg7@Li, 0.5 mA/cm2", "Li3Mg7@Li"], {
    ...at(0.5, 1, 551),
    stop,
  }),
  cycling("bare-Li-0.5", ["Zhang2021 bare Li, 0.5 mA/cm2", "bare Li"], { ...at(0.5, 1, 70), stop }),
]

const faster = [
  cycling("bare-Li-2", ["Zhang2021 bare Li, 2 mA/cm2", "bare Li"], at(2, 1, 30)),
  cycling("alloy-2", ALLOY, { ...at(2, 1, 801), stop }),
  cycling("alloy-3", ALLOY, { ...at(3, 1, 300), stop, record: CLOSE }),
  cycling("alloy-10", ["Zhang2021 Li3Mg7@Li, 10 mA/cm2", "Li3Mg7@Li"], {
    ...at(10, 10, 251),
    stop,
  }),
  cycling("bare-Li-10", ["Zhang2021 bare Li, 10 mA/cm2", "bare Li"], { ...at(10, 10, 30), stop }),
  cycling("alloy-230-10", ["Zhang2021 Li3Mg7@Li 230 degC, 10 mA/cm2", "Li3Mg7@Li, 230 degC"], {
    ...at(10, 10, 125),
    stop,
  }),
]

const deep = [
  cycling("alloy-1-deep-5", ALLOY, { ...at(1, 5, 91), stop }),
  cycling("alloy-1-deep-10", ALLOY, { ...at(1, 10, 46), stop }),
]

const CARBONATE: Electrodes = ["Zhang2021 Li3Mg7@Li, carbonate", "Li3Mg7@Li"]
const inCarbonate = ([1, 2] as const).map((current_mA_per_cm2) =>
  cycling(
    `carbonate-${current_mA_per_cm2}`,
    CARBONATE,
    { ...at(current_mA_per_cm2, 1, 500), stop },
    "carbonate-based, not given further",
  ),
)

/** The staircase, mA cm⁻². */
export const STAIRCASE = [0.5, 1, 2, 5, 0.5]
/** At each of its currents; the paper does not tell. */
export const CYCLES_PER_CURRENT = 5
const staircase: Run = {
  key: "Zhang2021/alloy-rates",
  simulatedCell: "Zhang2021 Li3Mg7@Li, rates",
  cell: symmetricCell("Li3Mg7@Li"),
  protocol: {
    record: CLOSE,
    safety: LITHIUM_SAFETY,
    method: [
      { step: "open_circuit_voltage", until_time_s: 600 },
      ...STAIRCASE.flatMap((current_mA_per_cm2, index) =>
        cycleSteps(`step ${index + 1}`, at(current_mA_per_cm2, 1, CYCLES_PER_CURRENT)),
      ),
    ],
  },
}

/** Before a look at the electrodes; each number of cycles is a cell of its own. */
export const CONDITIONED_cycles = [20, 150, 300]
const conditioned = CONDITIONED_cycles.map((cycles) =>
  cycling(`alloy-${cycles}-cycles`, ALLOY, at(1, 1, cycles)),
)

export const symmetricRuns: readonly Run[] = [
  ...mild,
  ...faster,
  ...deep,
  ...inCarbonate,
  staircase,
  ...conditioned,
]
