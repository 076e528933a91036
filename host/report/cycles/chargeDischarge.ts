import { chargeColumns, efficiencyColumn, TIME_COLUMN } from "./charges"
import { type CycleColumn, type CycleResult, inPercent, inVolt, milliDigits } from "./column"

type Way = "plating" | "stripping"

const NAME = { plating: "charge", stripping: "discharge" }
const SHORT = { plating: "chg", stripping: "dchg" }

const charges = [
  ...chargeColumns(
    "plating",
    "charge",
    "Σ of all charge by positive current in the cycle, measured.",
  ),
  ...chargeColumns("stripping", "discharge", "Σ of all charge by negative current, magnitude."),
]

/** Half and full cells: capacities, efficiency, energies. */
export const FULL_COLUMNS: readonly CycleColumn[] = [
  ...charges,
  efficiencyColumn("Discharge ÷ charge of the same cycle, whichever came first."),
  {
    key: "retention",
    title: "Capacity retention",
    head: ["ret.", "", "%"],
    value: ({ retention }) => retention,
    text: inPercent,
    definition: "Discharge capacity ÷ that of the cycle that is named.",
  },
  ...meanVoltages(),
  ...energies(),
  TIME_COLUMN,
]

/** A cell whose type nobody gave: what passed, and no efficiency, which would be one of two. */
export const PLAIN_COLUMNS: readonly CycleColumn[] = [
  ...charges,
  ...meanVoltages(),
  ...energies(),
  TIME_COLUMN,
]

function meanVoltages(): CycleColumn[] {
  return (["plating", "stripping"] as const).map((way) => ({
    key: `${NAME[way]}Mean_V`,
    title: `Mean voltage, ${NAME[way]}`,
    head: [way === "plating" ? "mean V" : "", SHORT[way], "V"],
    isJoined: way === "stripping",
    value: ({ row }: CycleResult) => row[way]?.mean_V,
    text: inVolt,
    definition: "Energy ÷ charge in this direction.",
  }))
}

function energies(): CycleColumn[] {
  return (["plating", "stripping"] as const satisfies Way[]).map((way) => ({
    key: `${NAME[way]}Energy_Wh`,
    title: `Energy, ${NAME[way]}`,
    head: [way === "plating" ? "energy" : "", SHORT[way], "mWh"],
    isJoined: way === "stripping",
    value: ({ row }: CycleResult) => row[way]?.energy_Wh,
    text: milliDigits,
    definition:
      "Integral of measured voltage × current in this direction, magnitude of the current.",
  }))
}
