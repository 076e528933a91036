import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import * as Lithium from "../parameters/Zhang2021"
import * as Full from "../parameters/Zhang2021FullCell"
import { type CatalogueEntry, type CellOrigin, cathode, foil, symmetric } from "./entry"

const paper = "li3mg7"
const AREA = "14 mm disc; resistance"
const LFP = "12 mm disc; resistance; 2.5 to 4.0 V"
const SULFUR = "12 mm disc; resistance; 1.7 to 2.8 V; 1 mg/cm2"

export const zhang2021: Record<string, CatalogueEntry> = {
  "Zhang2021 Li3Mg7@Li, 0.5 mA/cm2": lithium(Lithium.alloy_05, "C1", ["T07"], {
    fitted: "8 mV, no end in 2200 h (Section 2, Fig. 3A, B)",
    assumed: "",
  }),
  "Zhang2021 Li3Mg7@Li, 1 mA/cm2": lithium(
    Lithium.alloy_1,
    "C1",
    ["T01", "T03", "T10", "T11", "T15", "T16", "T19", "T30", "T31", "T32"],
    {
      fitted:
        "12 mV at first (Section 2, Fig. 3G), < 11 mV at 1300 h (Fig. S14), no nucleation (Fig. S11)",
      assumed: "; the same law at 2, 3, 5 and 10 mA/cm2; 1 mAh/cm2 at 2 and 3",
    },
  ),
  "Zhang2021 Li3Mg7@Li, rates": lithium(Lithium.alloyRate, "C1", ["T18"], {
    fitted: "8, 12, 20, 40, 7 mV at 0.5, 1, 2, 5, 0.5 mA/cm2 (Section 2, Fig. 3G)",
    assumed: "; five cycles of 1 mAh/cm2 at each",
  }),
  "Zhang2021 Li3Mg7@Li, 10 mA/cm2": lithium(Lithium.alloy_10, "C1", ["T12"], {
    fitted: "45 mV, no end in 500 h (Section 2, Fig. S20)",
    assumed: "",
  }),
  "Zhang2021 bare Li, 1 mA/cm2": lithium(Lithium.lithium_1, "C2", ["T01", "T02", "T19"], {
    fitted: "tip 27, plateau 20 mV (Section 2, Fig. S11), 100 mV at 400 h (Fig. S14)",
    assumed: "; width of the spike",
  }),
  "Zhang2021 bare Li, 0.5 mA/cm2": lithium(Lithium.lithium_05, "C2", ["T08"], {
    fitted: "rises after 60 cycles (Section 2)",
    assumed: "; exchange current as at 1 mA/cm2",
  }),
  "Zhang2021 bare Li, 2 mA/cm2": lithium(Lithium.lithium_2, "C2", ["T09"], {
    fitted: "60 mV at cycle 30 (Section 2)",
    assumed: "; 1 mAh/cm2; exchange current as at 1 mA/cm2",
  }),
  "Zhang2021 bare Li, 10 mA/cm2": lithium(Lithium.lithium_10, "C2", ["T13"], {
    fitted: "rises after 40 h (Section 2, Fig. S20)",
    assumed: "; 117 mV at first",
  }),
  "Zhang2021 Li3Mg7@Li 170 degC, 1 mA/cm2": lithium(Lithium.alloy170_1, "C3", ["T01", "T04"], {
    fitted: "55 mV at 600 h (Section 2), no nucleation (Fig. S11)",
    assumed: "; 13 mV at first",
  }),
  "Zhang2021 Li3Mg7@Li 230 degC, 1 mA/cm2": lithium(Lithium.alloy230_1, "C4", ["T01", "T05"], {
    fitted: "55 mV at 800 h (Section 2), no nucleation (Fig. S11)",
    assumed: "; 13 mV at first",
  }),
  "Zhang2021 Li3Mg7@Li 230 degC, 10 mA/cm2": lithium(Lithium.alloy230_10, "C4", ["T14"], {
    fitted: "rises after 220 h (Section 2, Fig. S20)",
    assumed: "; 82 mV at first",
  }),
  "Zhang2021 LiH@Li, 1 mA/cm2": lithium(Lithium.hydride_1, "C5", ["T06"], {
    fitted: "no end in 400 h (Section 2, Fig. S15)",
    assumed: "; 16 mV",
  }),
  "Zhang2021 Li3Mg7@Li, carbonate": lithium(Lithium.alloyCarbonate, "C6", ["T17"], {
    fitted: "50 and 100 mV at 1 and 2 mA/cm2, no end in 1000 and 500 h (Section 2, Fig. S27, S28)",
    assumed: "; 1 mAh/cm2",
  }),
  "Zhang2021 Li3Mg7@Li, Tafel": lithium(Lithium.alloy_tafel, "C1", ["T20"], {
    fitted: "exchange current 3.71 mA/cm2 (Section 2, Fig. S32)",
    assumed: "; sweep",
  }),
  "Zhang2021 LiH@Li, Tafel": lithium(Lithium.hydride_tafel, "C5", ["T20"], {
    fitted: "exchange current 2.13 mA/cm2 (Section 2, Fig. S32)",
    assumed: "; sweep",
  }),
  "Zhang2021 bare Li, Tafel": lithium(Lithium.lithium_tafel, "C2", ["T20"], {
    fitted: "exchange current 0.41 mA/cm2 (Section 2, Fig. S32)",
    assumed: "; sweep",
  }),
  "Zhang2021 200 um Li3Mg7@Li foil, strip": foil(
    Lithium.alloyFoil,
    {
      paper,
      cell: "C13",
      tests: ["T21"],
      fitted: "3408 mAh/g (Section 2, Fig. S36)",
      assumed: `${AREA}; 38.2 mAh/cm2; current and cutoff`,
    },
    Lithium.ALLOY_FOIL_mg_per_cm2,
  ),
  "Zhang2021 LFP, Li3Mg7@Li, rates": cathode(Full.lfpRate, {
    paper,
    cell: "C7",
    tests: ["T22"],
    fitted: "160, 146, 135, 101, 142 mAh/g at 0.2, 0.5, 1, 3, 0.5C (Section 2, Fig. 6A)",
    assumed: `${LFP}; 10 mg/cm2; five cycles at each`,
  }),
  "Zhang2021 LFP, Li3Mg7@Li, 1C": cathode(Full.lfp_1C, {
    paper,
    cell: "C7",
    tests: ["T23"],
    fitted: "104 mAh/g and 78.5 % at cycle 700 (Section 2, Fig. 6C)",
    assumed: `${LFP}; 10 mg/cm2`,
  }),
  "Zhang2021 LFP, bare Li, 1C": cathode(Full.lfpLithium_1C, {
    paper,
    cell: "C8",
    tests: ["T24"],
    fitted: "57.9 % at cycle 270 (Section 2, Fig. S38)",
    assumed: `${LFP}; 10 mg/cm2; 130 mAh/g`,
  }),
  "Zhang2021 LFP 30 mg/cm2, Li3Mg7@Li, 0.5C": cathode(Full.lfpLean, {
    paper,
    cell: "C9",
    tests: ["T25"],
    fitted: "0.05 % a cycle, no end in 100 cycles (Section 2, Fig. S40)",
    assumed: `${LFP}; 146 mAh/g`,
  }),
  "Zhang2021 LFP 30 mg/cm2, bare Li, 0.5C": cathode(Full.lfpLeanLithium, {
    paper,
    cell: "C10",
    tests: ["T26"],
    fitted: "rapid decay after 47 cycles (Section 2, Fig. S40)",
    assumed: `${LFP}; 146 mAh/g; both slopes`,
  }),
  "Zhang2021 S, Li3Mg7@Li, rates": sulfur(Full.sulfurRate, "C11", ["T27"], {
    fitted: "1036, 810, 700, 485 mAh/g at 0.5, 1, 2, 4C (Section 2, Fig. S41)",
    assumed: "; no fade",
  }),
  "Zhang2021 S, Li3Mg7@Li, 2C": sulfur(Full.sulfur_2C, "C11", ["T28"], {
    fitted: "640 mAh/g and 79.7 % at cycle 500 (Section 2, Fig. 6D)",
    assumed: "",
  }),
  "Zhang2021 S, bare Li, 2C": sulfur(Full.sulfurLithium_2C, "C12", ["T29"], {
    fitted: "28.2 % at cycle 500 (Section 2)",
    assumed: "; 700 mAh/g",
  }),
}

function lithium(
  parameters: LithiumSymmetricParameters,
  cell: CellOrigin["cell"],
  tests: CellOrigin["tests"],
  { fitted, assumed }: { fitted: string; assumed: string },
): CatalogueEntry {
  return symmetric(parameters, { paper, cell, tests, fitted, assumed: AREA + assumed })
}

function sulfur(
  parameters: typeof Full.sulfurRate,
  cell: CellOrigin["cell"],
  tests: CellOrigin["tests"],
  { fitted, assumed }: { fitted: string; assumed: string },
): CatalogueEntry {
  const origin = { paper, cell, tests, fitted, assumed: SULFUR + assumed } as const
  return cathode(parameters, origin, { initially: "charged" })
}
