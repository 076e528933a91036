import { hysteresis_mV, meanOverpotential_mV } from "../common/results"
import type { Row } from "../paper"
import { cyclesUntilRise, keys, of } from "./measures"
import { CRITERION, ETA, etaAt, lifeAbove } from "./printed"

const symmetric = {
  class: "A",
  technique: "galvanostatic symmetric plating/stripping",
  plot: "voltage",
} as const

export const mildRows: readonly Row[] = [
  {
    ...symmetric,
    id: "P4-T02",
    technique: "galvanostatic symmetric (bare Li, control)",
    conditions: "1 mA cm⁻², 1 mAh cm⁻², 400 h",
    runs: keys("bare-Li-1"),
    printed: [
      etaAt("bare-Li-1", 200, {
        quantity: "overvoltage η",
        value: 100,
        qualifier: "=",
        at: "400 h, cycle 200",
        source: "Section 2, Fig. S14",
      }),
    ],
    notes: [
      ETA,
      "Its exchange current of 0.41 mA cm⁻² (P4-T20) would mean 106 mV at 1 mA cm⁻², as the aged cell shows here, not the fresh one's 20 mV.",
    ],
    plot: "hysteresis",
  },
  {
    ...symmetric,
    id: "P4-T03",
    conditions: "1 mA cm⁻², 1 mAh cm⁻², 1300 h",
    runs: keys("alloy-1"),
    printed: [
      etaAt("alloy-1", 650, {
        quantity: "voltage hysteresis, as η",
        value: 11,
        qualifier: "<",
        at: "1300 h, cycle 650",
        source: "Section 2, Fig. S14",
      }),
      {
        quantity: "the same as 2η",
        value: undefined,
        qualifier: "=",
        unit: "mV",
        at: "1300 h, cycle 650",
        source: "Section 2, Fig. S14",
        bar: "none",
        measure: of("alloy-1", (result) => hysteresis_mV(result, 650)),
      },
    ],
    notes: [
      ETA,
      "12 mV in the staircase at 1 mA cm⁻² and below 11 mV here agree if the surface conditions itself, by 1.5 Ω cm² in the simulated cell.",
    ],
    plot: "hysteresis",
  },
  ...(
    [
      ["P4-T04", "alloy-170-1", "170 °C", 600, 300],
      ["P4-T05", "alloy-230-1", "230 °C", 800, 400],
    ] as const
  ).map(
    ([id, name, made, hours, cycle]): Row => ({
      ...symmetric,
      id,
      technique: `galvanostatic symmetric (made at ${made})`,
      conditions: `1 mA cm⁻², 1 mAh cm⁻², ${hours} h`,
      runs: keys(name),
      printed: [
        etaAt(name, cycle, {
          quantity: "overpotential η",
          value: 55,
          qualifier: "=",
          at: `${hours} h, cycle ${cycle}`,
          source: "Section 2",
        }),
      ],
      notes: [ETA, "Where it began is not printed; 13 mV are assumed."],
      plot: "hysteresis",
    }),
  ),
  {
    ...symmetric,
    id: "P4-T06",
    technique: "galvanostatic symmetric (LiH@Li)",
    conditions: "1 mA cm⁻², 1 mAh cm⁻², 400 h",
    runs: keys("LiH-1"),
    printed: [lifeAbove("LiH-1", 400, "Section 2, Fig. S15")],
    notes: [CRITERION],
  },
  {
    ...symmetric,
    id: "P4-T07",
    conditions: "0.5 mA cm⁻², 1 mAh cm⁻², 2200 h",
    runs: keys("alloy-0.5"),
    printed: [
      lifeAbove("alloy-0.5", 2200, "Section 2, Fig. 3A, B"),
      {
        quantity: "overpotential η",
        value: 8,
        qualifier: "≈",
        unit: "mV",
        at: "mean of cycles 1 … 550",
        source: "Section 2",
        bar: "overpotential",
        measure: of("alloy-0.5", (result) => meanOverpotential_mV(result, 1, 550)),
      },
    ],
    notes: [ETA, CRITERION],
  },
  {
    ...symmetric,
    id: "P4-T08",
    technique: "galvanostatic symmetric (bare Li, control)",
    conditions: "0.5 mA cm⁻², 1 mAh cm⁻²",
    runs: keys("bare-Li-0.5"),
    printed: [
      {
        quantity: "overpotential rises after",
        value: 60,
        qualifier: "=",
        unit: "cycles",
        source: "Section 2",
        bar: "life",
        measure: of("bare-Li-0.5", cyclesUntilRise),
        note: "Read as the cycles before the first whose η is over twice that of cycle 10.",
      },
    ],
    notes: [CRITERION],
    plot: "hysteresis",
  },
]
