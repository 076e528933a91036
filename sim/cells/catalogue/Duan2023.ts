import { Blocking } from "../blocking"
import { FaultyCell } from "../faultyCell"
import { FullCell } from "../fullCell"
import * as Parameters from "../parameters/Duan2023"
import { Resistor } from "../resistor"
import { SolidState, type SolidStateParameters } from "../solidState"
import { type CatalogueEntry, type CellOrigin, cathode } from "./entry"

const paper = "3d-li-assb"
const AREA_cm2 = Parameters.AREA_cm2
const NO_VOLTAGE = "resistance: no overpotential is printed"
const CATHODE = "resistance; 140 mA/g"

export const duan2023: Record<string, CatalogueEntry> = {
  "Duan2023 Li/LPSC/Li, 0.5 mA/cm2": lithium(
    () =>
      new FaultyCell(new SolidState(Parameters.lpsc), [
        {
          atThroughput_C: Parameters.LPSC_SHORT_mAh_per_cm2 * 3.6 * AREA_cm2,
          kind: "replaced",
          cell: new Resistor(Parameters.LPSC_SHORT_ohm),
        },
      ]),
    {
      paper,
      cell: "C2",
      tests: ["T07"],
      fitted: "short after 20 h (Section 2, Fig. 3G)",
      assumed: `${NO_VOLTAGE}; 2 ohm of the short`,
    },
  ),
  "Duan2023 Li/SL/LPSC/SL/Li, 0.5 mA/cm2": layered(Parameters.layered, {
    paper,
    cell: "C3",
    tests: ["T04", "T05", "T06", "T08"],
    fitted: "stable after 18 h of rest or 8 cycles, no end in 1500 h (Section 2, Fig. 3)",
    assumed: `${NO_VOLTAGE}; what relaxes in 0.1 to 10 s`,
  }),
  "Duan2023 Li/SL/LPSC/SL/Li, 3 mA/cm2": layered(Parameters.layered_3, {
    paper,
    cell: "C3",
    tests: ["T09"],
    fitted: "no end in 500 h (Section 2, Fig. 3I)",
    assumed: NO_VOLTAGE,
  }),
  "Duan2023 Li/SL/Li, rest": lithium(
    () =>
      new FaultyCell(new SolidState(Parameters.reactingLayer), [
        {
          at_s: Parameters.REACTING_SHORT_s,
          kind: "replaced",
          cell: new Resistor(Parameters.REACTING_SHORT_ohm),
        },
      ]),
    {
      paper,
      cell: "C1",
      tests: ["T03"],
      fitted: "short after 48 h of rest (Section 2, Fig. 2C)",
      assumed: "441 ohm of the pellet falling with 12 h; 1 ohm of the short",
    },
  ),
  "Duan2023 LCO, first cycle": cathode(Parameters.lcoFirst, {
    paper,
    cell: "C4",
    tests: ["T10", "T14"],
    fitted: "137.5 mAh/g, initial efficiency 96 %, plateau at 3.9 V (Section 2, Fig. 4A)",
    assumed: `${CATHODE}; 0.1C`,
  }),
  "Duan2023 LCO, 0.3C": cathode(Parameters.lco_03C, {
    paper,
    cell: "C4",
    tests: ["T11"],
    fitted: "71 % at cycle 100 (Section 2, Fig. 4B)",
    assumed: `${CATHODE}; 137.5 mAh/g at first, as in the first cycle`,
  }),
  "Duan2023 LCO, 1C": cathode(Parameters.lco_1C, {
    paper,
    cell: "C4",
    tests: ["T12"],
    fitted: "115 mAh/g, no end in 700 cycles (Section 2, Fig. 4C)",
    assumed: `${CATHODE}; 80 % at cycle 700: no retention is printed`,
  }),
  "Duan2023 LCO without SL": {
    ...cathode(Parameters.lcoWithoutLayer, {
      paper,
      cell: "C5",
      tests: ["T13"],
      fitted: "shorts while it charges (Fig. S11)",
      assumed: `${CATHODE}; in cycle 10, by 5 kohm`,
    }),
    make: () => {
      const cell = new FullCell(Parameters.lcoWithoutLayer, "discharged")
      return new FaultyCell(cell, [
        {
          atThroughput_C: Parameters.LCO_LEAK_AFTER_mAh * 3.6,
          kind: "leaking",
          cell,
          resistance_ohm: Parameters.LCO_LEAK_ohm,
        },
      ])
    },
  },
}

for (const layer of Parameters.OTHER_LAYERS)
  duan2023[`Duan2023 LCO, ${layer} in the SL`] = cathode(Parameters.lcoOtherLayer, {
    paper,
    cell: "C6",
    tests: ["T15"],
    fitted: "initial efficiency > 92 % (Section 2, Fig. 4D, E, S12)",
    assumed: `${CATHODE}; 0.1C; 93 %`,
  })

for (const pellet of ["LAC", "LPSC", "SL"] as const)
  for (const temperature_C of [-25, 0, 25, 45, 65])
    duan2023[`Duan2023 ${pellet} pellet, ${temperature_C} degC`] = {
      paper,
      cell: "C7",
      tests: ["T01", "T02"],
      fitted: "conductivity at 25 degC and activation energy (Section 2, Fig. 2B)",
      assumed: "90 % density; 1 mF of the electrodes; temperatures between -25 and 65 degC",
      make: () =>
        new Blocking(Parameters.pelletResistance_ohm(pellet, temperature_C), Parameters.BLOCKING_F),
      type: "blocking",
      area_cm2: AREA_cm2,
    }

function lithium(make: CatalogueEntry["make"], origin: CellOrigin): CatalogueEntry {
  return { ...origin, make, type: "Li||Li", area_cm2: AREA_cm2 }
}

function layered(parameters: SolidStateParameters, origin: CellOrigin): CatalogueEntry {
  return lithium(() => new SolidState(parameters), origin)
}
