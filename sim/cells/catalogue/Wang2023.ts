import { LithiumCopper } from "../lithiumCopper"
import * as Lithium from "../parameters/Wang2023"
import * as Full from "../parameters/Wang2023FullCell"
import { type CatalogueEntry, type CellOrigin, cathode, foil, symmetric } from "./entry"

const paper = "li-ag-solid-solution"
const AREA = "14 mm disc"
const CATHODE = "12 mm disc; resistance"

const efficiency = (fitted: string): CellOrigin => ({
  paper,
  cell: "C12",
  tests: ["T08"],
  fitted: `average efficiency ${fitted} % (Section 2.2, Fig. S7)`,
  assumed: `${AREA}; protocol; counter electrode`,
})

export const wang2023: Record<string, CatalogueEntry> = {
  "Wang2023 Li-Ag, 1 mA/cm2": symmetric(Lithium.lithiumSilver_1, {
    paper,
    cell: "C1",
    tests: ["T01", "T05", "T06", "T09", "T11", "T13"],
    fitted: "25 mV through 200 cycles, no end in 240 (Section 2.2, Fig. 3a, b)",
    assumed: `${AREA}; resistance; nucleation of 8 mV`,
  }),
  "Wang2023 Li-Mg, 1 mA/cm2": symmetric(Lithium.lithiumMagnesium_1, {
    paper,
    cell: "C2",
    tests: ["T02"],
    fitted: "no end in 240 cycles (Section 2.2, Fig. 3a)",
    assumed: `${AREA}; all voltages, as Li-Ag`,
  }),
  "Wang2023 Li, 1 mA/cm2": symmetric(Lithium.lithium_1, {
    paper,
    cell: "C3",
    tests: ["T03", "T04", "T06", "T09", "T13"],
    fitted: "25, 50, 100 mV in cycles 1, 100, 120 (Section 2.2, Fig. 3b)",
    assumed: `${AREA}; resistance; nucleation of 51 mV`,
  }),
  "Wang2023 Li-Ag, 3 mA/cm2": symmetric(Lithium.lithiumSilver_3, {
    paper,
    cell: "C1",
    tests: ["T11", "T12"],
    fitted: "",
    assumed: `${AREA}; exchange current as at 1 mA/cm2; no end`,
  }),
  "Wang2023 Li-Ag, nucleation": symmetric(Lithium.lithiumSilverNucleation, {
    paper,
    cell: "C8",
    tests: ["T10", "T19"],
    fitted: "86, 73, 54, 56 mV after stripping 0, 3, 5, 7 mAh/cm2 (Section 2.3, Fig. 4h, i)",
    assumed: `${AREA}; tip less plateau; counter electrode; width of the spike`,
  }),
  "Wang2023 Ag foil, nucleation": foil(Lithium.silverSubstrate, {
    paper,
    cell: "C9",
    tests: ["T20"],
    fitted: "47 mV (Section 2.3, Fig. S18)",
    assumed: `${AREA}; tip less plateau; 0.26 mAh/cm2 alloy before; width of the spike`,
  }),
  "Wang2023 Li-Ag, CV": symmetric(Lithium.lithiumSilver_cv, {
    paper,
    cell: "C1",
    tests: ["T07"],
    fitted: "more current than Li (Fig. S6)",
    assumed: `${AREA}; kinetics of the cycled cell`,
  }),
  "Wang2023 Li, CV": symmetric(Lithium.lithium_cv, {
    paper,
    cell: "C3",
    tests: ["T07"],
    fitted: "less current than Li-Ag (Fig. S6)",
    assumed: `${AREA}; half the exchange current of Li-Ag`,
  }),
  "Wang2023 50 um Li-Ag foil": foil(
    Lithium.silverFoil,
    {
      ...efficiency("98.5"),
      tests: ["T08", "T21"],
      fitted: "3400 mAh/g (Section 1, Fig. S3); average efficiency 98.5 % (Fig. S7)",
    },
    Lithium.SILVER_FOIL_mg_per_cm2,
  ),
  "Wang2023 50 um Li foil": foil(Lithium.lithiumFoil, efficiency("96.2")),
  "Wang2023 Li-Ag foil, 30 wt%": foil(
    Lithium.silver30Foil,
    {
      paper,
      cell: "C12",
      tests: ["T21"],
      fitted: "2700 mAh/g, an estimate of the paper (Section 2.3)",
      assumed: `${AREA}; 4 mg/cm2`,
    },
    Lithium.SILVER_30_FOIL_mg_per_cm2,
  ),
  "Wang2023 Li-Cu 98.5 %, Cu at +": foil(Lithium.copper_985, efficiency("98.5")),
  "Wang2023 Li-Cu 98.5 %, Li at +": {
    ...foil(Lithium.copper_985, efficiency("98.5")),
    make: () => new LithiumCopper(Lithium.copper_985, "lithium"),
  },
  "Wang2023 Li-Cu 96.2 %, Cu at +": foil(Lithium.copper_962, efficiency("96.2")),
  "Wang2023 NCM622, Li-Ag": cathode(Full.ncm622Silver, {
    paper,
    cell: "C4",
    tests: ["T14", "T16"],
    fitted: "160 mAh/g, 95 % at cycle 100 (Section 2.3, Fig. 4a)",
    assumed: `${CATHODE}; 178 mAh/g at 0.1C`,
  }),
  "Wang2023 NCM622, Li": cathode(Full.ncm622Lithium, {
    paper,
    cell: "C5",
    tests: ["T15", "T16"],
    fitted: "170 mAh/g, knee at cycle 60, 80 % at cycle 70 (Section 2.3, Fig. 4a)",
    assumed: `${CATHODE}; 180 mAh/g in three cycles at 0.1C, not counted; usable excess of lithium; fade before the knee; bump of 51 mV`,
  }),
  "Wang2023 SPAN, Li-Ag": cathode(
    Full.spanSilver,
    {
      paper,
      cell: "C6",
      tests: ["T17"],
      fitted: "3.3 mAh/cm2, 98 % at cycle 80 (Section 2.3, Fig. 4g)",
      assumed: `${CATHODE}; 680 mAh/g at 0.1C; hysteresis`,
    },
    { initially: "charged" },
  ),
  "Wang2023 SPAN, Li": cathode(
    Full.spanLithium,
    {
      paper,
      cell: "C7",
      tests: ["T18"],
      fitted: "fails earlier than with Li-Ag (Section 2.3)",
      assumed: `${CATHODE}; 680 mAh/g at 0.1C; hysteresis; efficiency of lithium 96.2 %`,
    },
    { initially: "charged" },
  ),
  "Wang2023 NCM622 pouch stack, 0.2C": cathode(Full.ncm622Pouch, {
    paper,
    cell: "C10",
    tests: ["T22", "T23"],
    fitted:
      "184.3 and 211.4 mAh/g, 3.77 and 3.81 V to 4.3 and 4.55 V, 95.5 % and +10 mV at cycle 50 (Section 2.3, Fig. 5)",
    assumed: "12 mm disc of the pouch's stack; 2.8 mAh/cm2; 10 mV between charge and discharge",
  }),
  "Wang2023 NCM811 pouch stack": cathode(Full.ncm811Pouch, {
    paper,
    cell: "C11",
    tests: ["T24"],
    fitted: "",
    assumed: "12 mm disc of the pouch's stack; 205 mAh/g at 0.1C; resistance",
  }),
}
