import type { CycleColumn, CycleResult } from "./column"
import { digits, inHours, inPercent, milliDigits } from "./column"

type Way = "plating" | "stripping"

const NOUNS = {
  plated: "Plated charge",
  stripped: "Stripped charge",
  charge: "Charge capacity",
  discharge: "Discharge capacity",
} as const

/**
 * A charge, and what it is per area and per mass.
 * @param name as the head of a table has it
 * @param definition what is summed up
 */
export function chargeColumns(
  way: Way,
  name: keyof typeof NOUNS,
  definition: string,
): CycleColumn[] {
  const noun = NOUNS[name]
  const charge_mAh = ({ row }: CycleResult) => row[way]?.charge_mAh
  return [
    {
      key: `${name}_Ah`,
      title: noun,
      head: [name, "", "mAh"],
      value: (result) => scaled(charge_mAh(result), 1e-3),
      text: milliDigits,
      definition,
    },
    {
      key: `${name}_mAh_per_cm2`,
      title: `${noun} per area`,
      head: ["", "mAh", "cm⁻²"],
      isJoined: true,
      value: (result, { area_cm2 }) => scaled(charge_mAh(result), 1 / (area_cm2 ?? Number.NaN)),
      text: digits,
      definition: "Charge ÷ area of the working electrode.",
      needs: "area_cm2",
    },
    {
      key: `${name}_mAh_per_g`,
      title: `${noun} per mass`,
      head: ["", "mAh", "g⁻¹"],
      isJoined: true,
      value: (result, { active_mass_mg }) =>
        scaled(charge_mAh(result), 1000 / (active_mass_mg ?? Number.NaN)),
      text: digits,
      definition: "Charge ÷ mass of active material.",
      needs: "active_mass_mg",
    },
  ]
}

export function efficiencyColumn(definition: string): CycleColumn {
  return {
    key: "coulombicEfficiency",
    title: "Coulombic efficiency",
    head: ["CE", "", "%"],
    value: ({ efficiency }) => efficiency?.efficiency,
    text: (ratio) => `${inPercent(ratio)}${ratio > 1 ? "!" : ""}`,
    definition,
  }
}

export const TIME_COLUMN: CycleColumn = {
  key: "underCurrent_s",
  title: "Time",
  head: ["time", "", "h"],
  value: ({ row }) => row.duration_s,
  text: inHours,
  definition: "Time under current, both directions; rests not counted.",
}

export function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}
