import type { Paper, Run } from "../../host/papers/paper"
import { platingAndStripping } from "../../host/protocol/platingAndStripping"

const run = (key: string, simulatedCell: string, cycles: number): Run => ({
  key: `Tiny/${key}`,
  simulatedCell,
  cell: { name: `<${key}>`, type: "Li||Li", area_cm2: 1.539 },
  protocol: platingAndStripping({
    current_density_mA_per_cm2: 20,
    areal_capacity_mAh_per_cm2: 1,
    cycles,
  }),
})

export const long = run("long", "Ma2024 K-Li@AlN, 20 mA/cm2", 12)
export const short = run("short", "Ma2024 bare Li, 20 mA/cm2", 3)

/** A paper of two runs, a few minutes each, that says of them what is known and what is not. */
export const tinyPaper: Paper = {
  key: "Tiny",
  citation: "Nobody & <Co>, J. Tests 2026",
  doi: "10.0000/tiny",
  runs: [long, short],
  rows: [
    {
      id: "P9-T01",
      class: "A",
      technique: "galvanostatic <symmetric> | plating",
      conditions: "20 mA cm⁻², 1 mAh cm⁻²",
      runs: [long.key],
      printed: [
        {
          quantity: "overpotential η",
          value: 30,
          qualifier: "≈",
          unit: "mV",
          at: "cycle 5",
          source: "Fig. 3 & 4",
          bar: "overpotential",
          measure: (results) => {
            const row = results
              .get(long.key)
              ?.cycles()
              .find(({ cycle }) => cycle === 5)
            return row?.hysteresis_V === undefined ? undefined : 500 * row.hysteresis_V
          },
        },
        {
          quantity: "life",
          value: 1,
          qualifier: ">",
          unit: "h",
          source: "Section 2",
          bar: "life",
          measure: (results) => (results.get(long.key)?.about.end?.time_s ?? Number.NaN) / 3600,
        },
      ],
      notes: ["It says 'hysteresis' <b>and</b> means η."],
      plot: "voltage",
    },
    {
      id: "P9-T02",
      class: "C",
      technique: "impedance",
      conditions: "100 kHz to 100 mHz",
      runs: [short.key],
      printed: [
        {
          quantity: "resistance",
          value: undefined,
          qualifier: "=",
          unit: "Ω cm²",
          source: "Fig. 5",
          bar: "none",
          measure: () => 1.25,
        },
      ],
      substitute: "R_DC of a pulse",
      notes: [],
      plot: "hysteresis",
    },
    {
      id: "P9-T03",
      class: "E",
      technique: "four-probe conductivity",
      conditions: "pellet",
      runs: [],
      printed: [],
      substitute: "none: no measurement of a cell",
      notes: [],
    },
  ],
}
