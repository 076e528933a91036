import * as Lithium from "../parameters/Ma2024"
import * as Full from "../parameters/Ma2024FullCell"
import { Thevenin, type TheveninParameters } from "../thevenin"
import { type CatalogueEntry, type CellOrigin, cathode, foil, symmetric } from "./entry"

const paper = "k-li-aln"
const AREA = "14 mm disc"
const NO_VOLTAGE = `${AREA}; overpotential`

export const ma2024: Record<string, CatalogueEntry> = {
  "Ma2024 K-Li@AlN, 1 mA/cm2": symmetric(Lithium.kneadedLithiumAlN_1, {
    paper,
    cell: "C1",
    tests: ["T01", "T05", "T09", "T11"],
    fitted: "17 mV, no end in 1000 h (Section 2.2, Fig. 3a, b)",
    assumed: `${AREA}; resistance; nucleation`,
  }),
  "Ma2024 bare Li, 1 mA/cm2": symmetric(Lithium.bareLithium_1, {
    paper,
    cell: "C2",
    tests: ["T02", "T05", "T11"],
    fitted: "life < 850 h (Section 2.2, Fig. 3a)",
    assumed: `${NO_VOLTAGE} of 40 mV; when it grows; nucleation`,
  }),
  "Ma2024 K-Li, 1 mA/cm2": symmetric(Lithium.kneadedLithium_1, {
    paper,
    cell: "C3",
    tests: ["T03", "T05"],
    fitted: "life < 850 h (Section 2.2, Fig. 3a)",
    assumed: `${NO_VOLTAGE} of 35 mV; when it grows; nucleation`,
  }),
  "Ma2024 K-Li@Li3N, 1 mA/cm2": symmetric(Lithium.kneadedLithiumNitride_1, {
    paper,
    cell: "C4",
    tests: ["T04", "T05"],
    fitted: "life < 850 h (Section 2.2, Fig. 3a)",
    assumed: `${NO_VOLTAGE} of 30 mV; when it grows; nucleation`,
  }),
  "Ma2024 K-Li@AlN, 20 mA/cm2": symmetric(Lithium.kneadedLithiumAlN_20, {
    paper,
    cell: "C1",
    tests: ["T07", "T09"],
    fitted: "30 mV, no end in 6000 h (Section 2.2, Fig. 3d)",
    assumed: `${AREA}; resistance; nucleation`,
  }),
  "Ma2024 bare Li, 20 mA/cm2": symmetric(Lithium.bareLithium_20, {
    paper,
    cell: "C2",
    tests: ["T08"],
    fitted: "80 mV, end at 220 h (Section 2.2, Fig. 3d)",
    assumed: `${AREA}; resistance; how fast it fails; nucleation`,
  }),
  "Ma2024 K-Li@AlN, 10 mA/cm2": symmetric(Lithium.kneadedLithiumAlN_10, {
    paper,
    cell: "C1",
    tests: ["T06", "T10"],
    fitted: "",
    assumed: NO_VOLTAGE,
  }),
  "Ma2024 bare Li, 10 mA/cm2": symmetric(Lithium.bareLithium_10, {
    paper,
    cell: "C2",
    tests: ["T06", "T10"],
    fitted: "",
    assumed: NO_VOLTAGE,
  }),
  "Ma2024 K-Li@AlN, Tafel": symmetric(Lithium.kneadedLithiumAlN_tafel, {
    paper,
    cell: "C1",
    tests: ["T06"],
    fitted: "exchange current 9.12e-3 mA/cm2 (Section 2.2, Fig. 3c)",
    assumed: `${AREA}; resistance; the printed unit, probably A/cm2`,
  }),
  "Ma2024 bare Li, Tafel": symmetric(Lithium.bareLithium_tafel, {
    paper,
    cell: "C2",
    tests: ["T06"],
    fitted: "exchange current 9.6e-4 mA/cm2 (Section 2.2, Fig. 3c)",
    assumed: `${AREA}; resistance; the printed unit, probably A/cm2`,
  }),
  "Ma2024 35 um K-Li@AlN foil, strip": foil(Lithium.kneadedFoil, {
    paper,
    cell: "C9",
    tests: ["T14"],
    fitted: "4.46 mAh/cm2 to 1.0 V (Section 2.4, Fig. 6f)",
    assumed: `${AREA}; current; counter electrode of lithium`,
  }),
  "Ma2024 LFP, K-Li@AlN, 1C": cathode(
    Full.lfpKneaded_1C,
    {
      paper,
      cell: "C5",
      tests: ["T12"],
      fitted: "111 mAh/g and 87.6 % at cycle 500 (Section 2.4, Fig. 6a)",
      assumed: "12 mm disc; 170 mAh/g; resistance; that 111 mAh/g are the last",
    },
    { type: "half" },
  ),
  "Ma2024 LFP, bare Li, 1C": cathode(
    Full.lfpBare_1C,
    {
      paper,
      cell: "C6",
      tests: ["T12"],
      fitted: "95 mAh/g and 67.8 % at cycle 500 (Section 2.4, Fig. 6a)",
      assumed: "12 mm disc; 170 mAh/g; resistance; that 95 mAh/g are the last",
    },
    { type: "half" },
  ),
  "Ma2024 LFP, K-Li@AlN, rates": cathode(
    Full.lfpKneadedRate,
    {
      paper,
      cell: "C5",
      tests: ["T13"],
      fitted: "125, 100, 73 mAh/g at 1, 2, 3C (Section 2.4, Fig. S15)",
      assumed: "12 mm disc; 170 mAh/g; resistance; no fade",
    },
    { type: "half" },
  ),
  "Ma2024 LFP, 35 um K-Li@AlN, 0.5C": cathode(Full.lfpKneadedThin, {
    paper,
    cell: "C7",
    tests: ["T15"],
    fitted: "3.3 mAh/cm2, 84 % at cycle 320, efficiency > 99.5 % (Section 2.4, Fig. 6g)",
    assumed: "12 mm disc; 1C of 3.3 mA/cm2; resistance; 99.55 %",
  }),
  "Ma2024 LFP": plain(Full.lfp, {
    paper,
    cell: "C5",
    tests: [],
    fitted: "1.8 mAh/cm2 (Section 2.4)",
    assumed: "12 mm disc; resistance; neither rate nor fade",
  }),
  "Ma2024 LFP, 35 um Li": plain(Full.lfpThinLithium, {
    paper,
    cell: "C7",
    tests: [],
    fitted: "3.3 mAh/cm2, efficiency > 99.5 % (Section 2.4, Fig. 6g)",
    assumed: "12 mm disc; resistance; neither rate nor fade",
  }),
}

function plain(parameters: TheveninParameters, origin: CellOrigin): CatalogueEntry {
  return {
    ...origin,
    make: () => new Thevenin(parameters, 0),
    type: "full",
    area_cm2: 1.131,
    capacity_mAh: parameters.capacity_Ah * 1e3,
    window_V: [2.5, 3.8],
  }
}
