import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import { ncm811, ncm811PlainLithium } from "../parameters/Ding2022"
import * as Full from "../parameters/Ding2022FullCell"
import * as Lithium from "../parameters/Ding2022Symmetric"
import { Thevenin, type TheveninParameters } from "../thevenin"
import { type CatalogueEntry, type CellOrigin, cathode, symmetric } from "./entry"

const paper = "wn-mo2n-hcn"
const AREA = "14 mm disc; resistance"
const CATHODE = "12 mm disc; ohmic resistance; 2.8 to 4.3 V; 200 mA/g"

export const ding2022: Record<string, CatalogueEntry> = {
  "Ding2022 WN/Mo2N@HCN/Li, 1 mA/cm2": symmetric(Lithium.composite_1, {
    paper,
    cell: "C1",
    tests: ["T01", "T05", "T06", "T08", "T10"],
    fitted: "16 mV, no end in 1400 h (Results, Fig. 2A)",
    assumed: `${AREA}; nucleation`,
  }),
  "Ding2022 WN/Mo2N@HCN/Li, 2 mA/cm2": symmetric(Lithium.composite_2, {
    paper,
    cell: "C1",
    tests: ["T09"],
    fitted: "no end in 900 cycles (Results, Fig. 2F)",
    assumed: `${AREA}; exchange current as at 1 mA/cm2`,
  }),
  "Ding2022 WN@HCN/Li, 1 mA/cm2": control(Lithium.nitrideW_1, "C2", ["T02", "T05", "T06"], {
    fitted: "enlarges after 600 h (Results)",
    assumed: "overpotential of 25 mV",
  }),
  "Ding2022 Mo2N@HCN/Li, 1 mA/cm2": control(Lithium.nitrideMo_1, "C3", ["T03", "T05", "T06"], {
    fitted: "enlarges after 700 h (Results)",
    assumed: "overpotential of 16 mV",
  }),
  "Ding2022 HCN/Li, 1 mA/cm2": control(Lithium.carbon_1, "C4", ["T04", "T05", "T06"], {
    fitted: "",
    assumed: "overpotential of 35 mV, doubled at cycle 120",
  }),
  "Ding2022 Li foil, 1 mA/cm2": control(Lithium.lithium_1, "C5", ["T04", "T05", "T06"], {
    fitted: "",
    assumed: "overpotential of 40 mV, doubled at cycle 100",
  }),
  "Ding2022 composite 1:2, 1 mA/cm2": control(Lithium.compositeLean_1, "C6", ["T07"], {
    fitted: "worse than 1:3 (Suppl. Fig. 7)",
    assumed: "overpotential of 20 mV, doubled at cycle 450",
  }),
  "Ding2022 composite 1:4, 1 mA/cm2": control(Lithium.compositeRich_1, "C6", ["T07"], {
    fitted: "worse than 1:3 (Suppl. Fig. 7)",
    assumed: "overpotential of 22 mV, doubled at cycle 400",
  }),
  "Ding2022 composite, Tafel": control(Lithium.composite_tafel, "C7", ["T16"], {
    fitted: "exchange current 1.181 mA/cm2 (Results, Fig. 5F)",
    assumed: "a symmetric cell",
  }),
  "Ding2022 Li foil, Tafel": control(Lithium.lithium_tafel, "C8", ["T16"], {
    fitted: "exchange current 0.293 mA/cm2 (Results, Fig. 5F)",
    assumed: "a symmetric cell",
  }),
  "Ding2022 NCM811, composite, 1C": cathode(Full.composite_400, {
    paper,
    cell: "C7",
    tests: ["T11", "T15", "T20"],
    fitted:
      "182.4 mAh/g, 61.5 % at cycle 400, efficiency 99.1 % (Results, Fig. 5A); 41.21 ohm (Fig. 5E)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2`,
  }),
  "Ding2022 NCM811, Li, 1C": cathode(Full.lithium_400, {
    paper,
    cell: "C8",
    tests: ["T12", "T15", "T20"],
    fitted: "162.9 mAh/g, 39.5 % and efficiency 91.7 % at cycle 400 (Results); 222.7 ohm (Fig. 5E)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2; 99 % at first`,
  }),
  "Ding2022 NCM811, WN@HCN/Li, 1C": cathode(Full.nitrideW_400, {
    paper,
    cell: "C9",
    tests: ["T13"],
    fitted: "51.2 % at cycle 400 (Suppl. Fig. 9)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2; 175 mAh/g`,
  }),
  "Ding2022 NCM811, HCN/Li, 1C": cathode(Full.carbon_400, {
    paper,
    cell: "C9",
    tests: ["T13"],
    fitted: "40.9 % at cycle 400 (Suppl. Fig. 9)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2; 170 mAh/g`,
  }),
  "Ding2022 NCM811, Mo2N@HCN/Li, 1C": cathode(Full.nitrideMo_400, {
    paper,
    cell: "C9",
    tests: ["T13"],
    fitted: "rapid decay after 300 cycles (Results)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2; 178 mAh/g; both slopes`,
  }),
  "Ding2022 NCM811, composite, rates": cathode(Full.compositeRate, {
    paper,
    cell: "C7",
    tests: ["T14"],
    fitted:
      "203.2, 194.7, 186.9, 177.2, 158.5, 138.5 mAh/g at 0.2, 0.5, 1, 2, 5, 10C (Results, Fig. 5B)",
    assumed: `${CATHODE}; 2.5 mg/cm2; no fade`,
  }),
  "Ding2022 NCM811, composite, 8.6 mg/cm2": cathode(Full.compositeLoaded, {
    paper,
    cell: "C10",
    tests: ["T17"],
    fitted: "88.2 % at cycle 150 (Results, Fig. 5G)",
    assumed: `${CATHODE}; 0.5C; 185 mAh/g`,
  }),
  "Ding2022 NCM811, composite, 2 uL/mg": cathode(Full.compositeLean, {
    paper,
    cell: "C11",
    tests: ["T18"],
    fitted: "77.1 % at cycle 150 (Results, Fig. 5H)",
    assumed: `${CATHODE}; 1C; 2.5 mg/cm2; 182.4 mAh/g`,
  }),
  "Ding2022 NCM811": plain(ncm811, "C7", "41.21 ohm (Results, Fig. 5E), 203.2 mAh/g (Fig. 5B)"),
  "Ding2022 NCM811, plain Li": plain(
    ncm811PlainLithium,
    "C8",
    "222.7 ohm (Results, Fig. 5E), efficiency 91.7 % (Results)",
  ),
}

for (const temperature_C of [10, 25, 40, 55]) {
  const warm = (cell: "C7" | "C8", energy: string): CellOrigin => ({
    paper,
    cell,
    tests: ["T19"],
    fitted: `${energy} kJ/mol (Results, Fig. 4I)`,
    assumed: `${CATHODE}; temperatures; that the whole charge transfer follows it`,
  })
  ding2022[`Ding2022 NCM811, composite, ${temperature_C} degC`] = cathode(
    Full.compositeAt(temperature_C),
    warm("C7", "52.95"),
  )
  ding2022[`Ding2022 NCM811, Li, ${temperature_C} degC`] = cathode(
    Full.lithiumAt(temperature_C),
    warm("C8", "60.38"),
  )
}

function control(
  parameters: LithiumSymmetricParameters,
  cell: CellOrigin["cell"],
  tests: CellOrigin["tests"],
  { fitted, assumed }: { fitted: string; assumed: string },
): CatalogueEntry {
  return symmetric(parameters, { paper, cell, tests, fitted, assumed: `${AREA}; ${assumed}` })
}

function plain(
  parameters: TheveninParameters,
  cell: CellOrigin["cell"],
  fitted: string,
): CatalogueEntry {
  return {
    paper,
    cell,
    tests: [],
    fitted,
    assumed: `${CATHODE}; 8.6 mg/cm2; neither rate nor fade`,
    make: () => new Thevenin(parameters, 0),
    type: "full",
    area_cm2: 1.131,
    capacity_mAh: parameters.capacity_Ah * 1e3,
    window_V: [2.8, 4.3],
  }
}
