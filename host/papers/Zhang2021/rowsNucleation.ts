import type { Printed, Row } from "../paper"
import { keys, of, plating_mV } from "./measures"
import { NO_EXPERIMENTAL } from "./printed"

/** No maximum stands out, so what is left is how far |V| ever is above η. */
const noNucleation = (name: string, electrode: string): Printed => ({
  quantity: `highest |V| less η, ${electrode}`,
  value: 0,
  qualifier: "=",
  unit: "mV",
  source: "Section 2",
  bar: "overpotential",
  measure: of(
    name,
    plating_mV(
      ({ highest_V, overpotential_V }) =>
        highest_V && overpotential_V && highest_V - overpotential_V,
    ),
  ),
  note: "Printed as a nucleation overpotential of 0; a tip would have to stand out by 0.2 mV to be one.",
})

export const nucleationRow: Row = {
  id: "P4-T01",
  class: "A",
  technique: "nucleation overpotential, galvanostatic plating",
  conditions: "1 mA cm⁻²; first plating, 1 mAh cm⁻² assumed",
  runs: keys(
    "nucleation-bare-Li",
    "nucleation-alloy",
    "nucleation-alloy-170",
    "nucleation-alloy-230",
  ),
  printed: [
    {
      quantity: "tip potential, bare Li",
      value: 27,
      qualifier: "=",
      unit: "mV",
      source: "Section 2, Fig. S11",
      bar: "overpotential",
      measure: of(
        "nucleation-bare-Li",
        plating_mV((plating) => plating.nucleation?.tip_V),
      ),
    },
    {
      quantity: "plateau, bare Li",
      value: 20,
      qualifier: "=",
      unit: "mV",
      source: "Section 2",
      bar: "overpotential",
      measure: of(
        "nucleation-bare-Li",
        plating_mV((plating) => plating.nucleation?.plateau_V),
      ),
    },
    {
      quantity: "nucleation overpotential, bare Li",
      value: 7,
      qualifier: "=",
      unit: "mV",
      source: "Section 2",
      bar: "overpotential",
      measure: of(
        "nucleation-bare-Li",
        plating_mV((plating) => plating.nucleation?.overpotential_V),
      ),
      note: "Tip less plateau, as the paper's own numbers have it: 27 − 20.",
    },
    noNucleation("nucleation-alloy", "Li₃Mg₇@Li"),
    noNucleation("nucleation-alloy-170", "Li₃Mg₇@Li, 170 °C"),
    noNucleation("nucleation-alloy-230", "Li₃Mg₇@Li, 230 °C"),
  ],
  notes: [
    "The width of the spike is printed nowhere; the simulated one decays over 0.01 mAh cm⁻², 36 s.",
    NO_EXPERIMENTAL,
  ],
  plot: "nucleation",
}
