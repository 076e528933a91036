import { scaled } from "../common/results"
import type { Printed, Row, RunResult } from "../paper"
import {
  keys,
  LITHIUM_mAh_per_g,
  of,
  plated_mAh_per_cm2,
  platingCurrent_mA_per_cm2,
} from "./measures"
import { NO_EXPERIMENTAL } from "./printed"
import { DEPOSITS_mAh_per_cm2 } from "./runsShort"

/** Of dense lithium, 0.534 g cm⁻³. */
const LITHIUM_um_cm2_per_mAh = 1e4 / (LITHIUM_mAh_per_g * 0.534)

const thickness_um = (result: RunResult) =>
  scaled(plated_mAh_per_cm2(result), LITHIUM_um_cm2_per_mAh)

const deposits: Row = {
  id: "P4-T30",
  class: "A",
  technique: "galvanostatic deposition series (for SEM)",
  conditions: "1 mA cm⁻²; 0.5, 1, 2, 5 and 10 mAh cm⁻²",
  runs: DEPOSITS_mAh_per_cm2.flatMap((capacity) => keys(`deposit-${capacity}`)),
  printed: [
    ...[0.5, 1, 2].map(
      (value): Printed => ({
        quantity: "deposited",
        value,
        qualifier: "=",
        unit: "mAh cm⁻²",
        at: "1 mA cm⁻²",
        source: "Fig. 2I–L",
        bar: "capacity",
        measure: of(`deposit-${value}`, plated_mAh_per_cm2),
      }),
    ),
    ...(
      [
        [5, 31, "Section 2, Fig. S24"],
        [10, 57, "Section 2"],
      ] as const
    ).map(
      ([capacity, value, source]): Printed => ({
        quantity: "thickness of the plated layer",
        value,
        qualifier: "=",
        unit: "µm",
        at: `${capacity} mAh cm⁻²`,
        source,
        bar: "none",
        measure: of(`deposit-${capacity}`, thickness_um),
        note: "Measured by SEM. The tester knows the charge only: given here is what dense lithium of it would take.",
      }),
    ),
  ],
  notes: [
    "31 and 57 µm are 1.28 and 1.17 times what dense lithium takes: the tester cannot tell a porosity.",
    "The caption of Fig. 2 has “1 mA h cm⁻²” twice.",
    NO_EXPERIMENTAL,
  ],
  plot: "voltage",
}

const watched: Row = {
  id: "P4-T31",
  class: "A",
  technique: "in situ optical deposition",
  conditions: "5 mA cm⁻² for 30 min, 10 mA cm⁻² for 20 min",
  runs: keys("watched-5", "watched-10"),
  printed: (
    [
      [5, "30 min", "Section 2, Fig. S29"],
      [10, "20 min", "Section 2, Fig. 5"],
    ] as const
  ).map(([value, at, source]) => ({
    quantity: "current density",
    value,
    qualifier: "=",
    unit: "mA cm⁻²",
    at,
    source,
    bar: "capacity",
    measure: of(`watched-${value}`, platingCurrent_mA_per_cm2),
    note: "Charge by time: what the tester drives.",
  })),
  notes: [
    "What the microscope saw is no tester's; 2.5 and 3.33 mAh cm⁻² are what these times plate.",
  ],
  plot: "voltage",
}

export const depositRows: readonly Row[] = [deposits, watched]
