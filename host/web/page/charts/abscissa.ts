import type { TestPage } from "../../api"
import type { Axis } from "./plotContent"
import { timeAxis } from "./timeAxis"
import type { Unit } from "./units"
import { valueAxis } from "./valueAxis"

/** Against what the voltage of a cycle is drawn. */
export interface Abscissa {
  key: "time" | "charge" | "area" | "mass"
  text: string
  axis: Axis
  unit: Unit
  /** What a charge of 1 Ah is on it; undefined for time. */
  perAh?: number
}

type Facts = Pick<TestPage, "area_cm2" | "active_mass_mg" | "platingSign">

/** All that a cell's facts allow. Charges count upwards while lithium is plated, or the cell is charged. */
export function abscissae({ area_cm2, active_mass_mg, platingSign }: Facts): Abscissa[] {
  const what = platingSign === undefined ? "Charge in the cycle" : "Net charge plated"
  const sign = platingSign ?? 1
  const charge = (key: Abscissa["key"], text: string, per: number): Abscissa => {
    const unit = { text, perSi: 1, places: 5 }
    return { key, text: `charge / ${text}`, axis: valueAxis(what, unit), unit, perAh: sign * per }
  }
  return [
    {
      key: "time",
      text: "time",
      axis: sinceBeginning,
      unit: { text: "h", perSi: 1 / 3600, places: 4 },
    },
    charge("charge", "mAh", 1e3),
    ...(area_cm2 === undefined ? [] : [charge("area", "mAh\u00a0cm⁻²", 1e3 / area_cm2)]),
    ...(active_mass_mg === undefined ? [] : [charge("mass", "mAh\u00a0g⁻¹", 1e6 / active_mass_mg)]),
  ]
}

const sinceBeginning: Axis = (range, most) => {
  const { title = "", ...ticks } = timeAxis(range, most)
  return { ...ticks, title: title.replace("Test time", "Time since the current began") }
}
