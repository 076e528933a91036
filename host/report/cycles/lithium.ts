import { chargeColumns, efficiencyColumn, TIME_COLUMN } from "./charges"
import { type CycleColumn, type CycleResult, inMillivolt } from "./column"

type Way = "plating" | "stripping"

const SHORT = { plating: "plate", stripping: "strip" }

const NUCLEATION =
  "|V_tip| − |V_plateau|: tip, first maximum of |V| after the reversal; plateau, median " +
  "of |V| over 40–80 % of the charge. Pei et al. 2017, 10.1021/acs.nanolett.6b04755."

const charges = [
  ...chargeColumns("plating", "plated", "Σ of all charge in the cycle by the current that plates."),
  ...chargeColumns("stripping", "stripped", "Σ of all charge in the cycle the other way."),
  // A mass of lithium is no datum that its charge is divided by.
].filter(({ needs }) => needs !== "active_mass_mg")

/** Li‖Li: two like electrodes, so that the overpotential is what is told of each half-cycle. */
export const SYMMETRIC_COLUMNS: readonly CycleColumn[] = [
  ...charges,
  ...overpotentials(),
  {
    key: "hysteresis_V",
    title: "Voltage hysteresis 2η",
    head: ["2η", "", "mV"],
    isJoined: true,
    value: ({ row }) => row.hysteresis_V,
    text: inMillivolt,
    definition:
      "V̄₊ − V̄₋: mean voltage of plating minus that of stripping, each over its middle half.",
  },
  nucleation("plating"),
  { ...nucleation("stripping"), isJoined: true, head: ["", "strip", "mV"] },
  tip(),
  end("plating"),
  { ...end("stripping"), isJoined: true, head: ["", "strip", "mV"] },
  TIME_COLUMN,
]

/** Li‖Cu: what of the plated lithium comes back. */
export const COPPER_COLUMNS: readonly CycleColumn[] = [
  ...charges,
  efficiencyColumn(
    "Stripped ÷ plated charge of the cycle; means something only where stripping ends at a cutoff voltage. " +
      "Adams et al. 2018, 10.1002/aenm.201702097.",
  ),
  ...overpotentials(),
  nucleation("plating"),
  tip(),
  end("stripping"),
  TIME_COLUMN,
]

function overpotentials(): CycleColumn[] {
  return (["plating", "stripping"] as const).map((way) => ({
    key: `${way}Overpotential_V`,
    title: `Overpotential η, ${way}`,
    head: [way === "plating" ? "η" : "", SHORT[way], "mV"],
    isJoined: way === "stripping",
    value: ({ row }: CycleResult) => row[way]?.overpotential_V,
    text: inMillivolt,
    definition:
      "Mean of |V| over the middle half of the half-cycle at constant current, weighted by time. " +
      "Wood et al. 2016, 10.1021/acscentsci.6b00260.",
  }))
}

function nucleation(way: Way): CycleColumn {
  return {
    key: `${way}NucleationOverpotential_V`,
    title: `Nucleation overpotential, ${way}`,
    head: ["nucl.", SHORT[way], "mV"],
    value: ({ row }) => row[way]?.nucleation?.overpotential_V,
    text: inMillivolt,
    definition: NUCLEATION,
  }
}

function tip(): CycleColumn {
  return {
    key: "platingTip_V",
    title: "Tip, plating",
    head: ["tip", "plate", "mV"],
    value: ({ row }) => row.plating?.nucleation?.tip_V,
    text: inMillivolt,
    definition: "|V| at the tip of the nucleation spike.",
  }
}

function end(way: Way): CycleColumn {
  return {
    key: `${way}End_V`,
    title: `End voltage, ${way}`,
    head: ["end", SHORT[way], "mV"],
    value: ({ row }) => row[way]?.end_V,
    text: inMillivolt,
    definition: "Voltage of the half-cycle's last record.",
  }
}
