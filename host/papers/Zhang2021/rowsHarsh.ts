import { lifeHours } from "../common/life"
import { wholeCycles } from "../common/results"
import type { Row } from "../paper"
import { hoursUntilRise, keys, of, stepOverpotential_mV } from "./measures"
import {
  ASSUMED_CAPACITY,
  CRITERION,
  ETA,
  etaAt,
  lifeAbove,
  lived,
  meanEta,
  NO_EXPERIMENTAL,
} from "./printed"
import { CONDITIONED_cycles, STAIRCASE } from "./runsSymmetric"

const symmetric = {
  class: "A",
  technique: "galvanostatic symmetric plating/stripping",
  plot: "voltage",
} as const

const risesAfter = (id: string, name: string, electrode: string, hours: number): Row => ({
  ...symmetric,
  id,
  technique: `galvanostatic symmetric, harsh (${electrode})`,
  conditions: "10 mA cm⁻², 10 mAh cm⁻²",
  runs: keys(name),
  printed: [
    {
      quantity: "overpotential rises after",
      value: hours,
      qualifier: "=",
      unit: "h",
      source: "Section 2, Fig. S20",
      bar: "life",
      measure: of(name, hoursUntilRise),
      note: "Read as the hours before the first cycle whose η is over twice that of cycle 10.",
    },
  ],
  notes: [CRITERION, "Its overpotential until then is not printed, and assumed."],
  plot: "hysteresis",
})

const deep = (id: string, capacity: number, cycles: number, source: string): Row => ({
  ...symmetric,
  id,
  technique: `galvanostatic symmetric, deep ${capacity} mAh cm⁻²`,
  conditions: `1 mA cm⁻², ${capacity} mAh cm⁻², 900 h`,
  runs: keys(`alloy-1-deep-${capacity}`),
  printed: [lifeAbove(`alloy-1-deep-${capacity}`, 900, source)],
  notes: [CRITERION, `900 h are ${cycles} cycles and 900 mAh cm⁻², both directions counted.`],
})

const faster: Row[] = [
  {
    ...symmetric,
    id: "P4-T09",
    technique: "galvanostatic symmetric (bare Li, control)",
    conditions: "2 mA cm⁻², 30 cycles",
    runs: keys("bare-Li-2"),
    printed: [
      etaAt("bare-Li-2", 30, {
        quantity: "overpotential η",
        value: 60,
        qualifier: "=",
        at: "cycle 30",
        source: "Section 2",
      }),
    ],
    notes: [ETA, ASSUMED_CAPACITY],
    plot: "hysteresis",
  },
  {
    ...symmetric,
    id: "P4-T10",
    conditions: "2 mA cm⁻², 800 h",
    runs: keys("alloy-2"),
    printed: [lifeAbove("alloy-2", 800, "Section 2, Fig. 3C, D, S19")],
    notes: [CRITERION, ASSUMED_CAPACITY],
  },
  {
    ...symmetric,
    id: "P4-T11",
    conditions: "3 mA cm⁻²",
    runs: keys("alloy-3"),
    printed: [
      {
        quantity: "life without a failure",
        value: undefined,
        qualifier: "≥",
        unit: "h",
        source: "Section 2, Fig. S19",
        bar: "none",
        measure: of("alloy-3", (result) => lifeHours(result)),
        note: "Printed as stable, without a number; 300 cycles are run.",
      },
    ],
    notes: [CRITERION, ASSUMED_CAPACITY],
  },
]

const harsh: Row[] = [
  {
    ...symmetric,
    id: "P4-T12",
    technique: "galvanostatic symmetric plating/stripping, harsh",
    conditions: "10 mA cm⁻², 10 mAh cm⁻², 500 h",
    runs: keys("alloy-10"),
    printed: [
      lifeAbove("alloy-10", 500, "Section 2, Fig. S20"),
      {
        ...meanEta("alloy-10", 45, "mean of all cycles", "Section 2, Fig. S20"),
        quantity: "voltage hysteresis, as η",
      },
    ],
    notes: [
      ETA,
      CRITERION,
      "The abstract's 10 mAh cm⁻² for over 900 h are those of 1 mA cm⁻² (P4-T16), 45 cycles; at 10 mA cm⁻² it is 500 h.",
      "The staircase's law would give 72 mV at 10 mA cm⁻²: this cell has parameters of its own.",
    ],
  },
  risesAfter("P4-T13", "bare-Li-10", "bare Li, control", 40),
  risesAfter("P4-T14", "alloy-230-10", "made at 230 °C", 220),
  deep("P4-T15", 5, 90, "Section 2, Fig. 3E, F"),
  deep("P4-T16", 10, 45, "Section 2, Fig. S23"),
]

const carbonate: Row = {
  ...symmetric,
  id: "P4-T17",
  technique: "galvanostatic symmetric, carbonate electrolyte",
  conditions: "1 mA cm⁻² for 1000 h, 2 mA cm⁻² for 500 h",
  runs: keys("carbonate-1", "carbonate-2"),
  printed: [
    lived("carbonate-1", 1000, "1 mA cm⁻²", "Section 2, Fig. S27"),
    meanEta("carbonate-1", 50, "1 mA cm⁻², mean of all cycles", "Fig. S27"),
    lived("carbonate-2", 500, "2 mA cm⁻²", "Fig. S28"),
    meanEta("carbonate-2", 100, "2 mA cm⁻², mean of all cycles", "Fig. S28"),
  ],
  notes: [CRITERION, ASSUMED_CAPACITY, "50 and 100 mV are 50 Ω cm² at both currents: ohmic."],
}

/** Printed at each of the staircase's currents, mV. */
const STAIRCASE_mV = [8, 12, 20, 40, 7]
const staircase: Row = {
  id: "P4-T18",
  class: "A",
  technique: "symmetric rate test",
  conditions: "0.5, 1, 2, 5 and again 0.5 mA cm⁻²",
  runs: keys("alloy-rates"),
  printed: STAIRCASE_mV.map((value, index) => ({
    quantity: "voltage hysteresis, as η",
    value,
    qualifier: "=",
    unit: "mV",
    at: `${index === STAIRCASE.length - 1 ? "back to " : ""}${STAIRCASE[index]} mA cm⁻², mean of its cycles`,
    source: "Section 2, Fig. 3G",
    bar: "overpotential",
    measure: of("alloy-rates", stepOverpotential_mV(index)),
  })),
  notes: [
    ETA,
    "Neither the areal capacity nor the number of cycles is printed: 1 mAh cm⁻² and five at each are assumed.",
    NO_EXPERIMENTAL,
  ],
  plot: "rate",
}

const CONDITIONED_AT = ["Section 2, Fig. 5C", "Section 2, Fig. 2L", "Section 2, Fig. S22"]
const conditioned: Row = {
  id: "P4-T32",
  class: "A",
  technique: "galvanostatic symmetric conditioning (for SEM, XPS, EDS)",
  conditions: "1 mA cm⁻², 1 mAh cm⁻²; 20, 150, 300 cycles",
  runs: CONDITIONED_cycles.flatMap((cycles) => keys(`alloy-${cycles}-cycles`)),
  printed: CONDITIONED_cycles.map((cycles, index) => ({
    quantity: "cycles",
    value: cycles,
    qualifier: "=",
    unit: "cycles",
    source: CONDITIONED_AT[index],
    bar: "life",
    measure: of(`alloy-${cycles}-cycles`, wholeCycles),
  })),
  notes: ["What the microscope and the spectrometer showed after them is no tester's."],
  plot: "voltage",
}

export const harshRows: readonly Row[] = [...faster, ...harsh, carbonate, staircase, conditioned]
