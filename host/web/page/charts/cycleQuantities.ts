import type { Cycles } from "../../api"
import { type Unit, VOLT, MILLIVOLT } from "./units"

type Column = Cycles["columns"][number]

/** A number of each cycle, as a chart shows it. */
export interface Quantity {
  key: string
  /** In words. */
  title: string
  definition: string
  unit: Unit
  /** Its place in the values of a row. */
  column: number
}

/** Quantities that belong in one chart, because they share a unit and are compared. */
export interface QuantityGroup {
  kind: "charge" | "efficiency" | "overpotential" | "voltage"
  title: string
  /** What the axis is called. */
  axis: string
  quantities: Quantity[]
}

const KINDS: readonly { kind: QuantityGroup["kind"]; title: string; axis: string; keys: RegExp }[] =
  [
    {
      kind: "charge",
      title: "Capacity",
      axis: "Capacity",
      keys: /^(plated|stripped|charge|discharge)_/,
    },
    {
      kind: "efficiency",
      title: "Coulombic efficiency",
      axis: "Coulombic efficiency",
      keys: /^coulombicEfficiency$/,
    },
    {
      kind: "overpotential",
      title: "Overpotential and hysteresis",
      axis: "Voltage",
      keys: /^(hysteresis_V|\w+Overpotential_V)$/,
    },
    { kind: "voltage", title: "Mean voltage", axis: "Mean voltage", keys: /Mean_V$/ },
  ]

/** What charts a table of cycles gives. Charges that are normalised differently come apart. */
export function quantityGroups(columns: readonly Column[]): QuantityGroup[] {
  const quantities = columns.map(quantityOf)
  return KINDS.flatMap(({ kind, title, axis, keys }) => {
    const own = quantities.filter(({ key }) => keys.test(key))
    const units = [...new Set(own.map(({ unit }) => unit.text))]
    return units.map((unit) => ({
      kind,
      title: titleOf(kind, title, own),
      axis,
      quantities: own.filter((each) => each.unit.text === unit),
    }))
  })
}

export function quantityOf({ key, title, definition, head }: Column, column: number): Quantity {
  return { key, title, definition, unit: unitOf(key, head), column }
}

function titleOf(kind: QuantityGroup["kind"], title: string, quantities: Quantity[]): string {
  if (kind !== "overpotential" || quantities.some(({ key }) => key === "hysteresis_V")) return title
  return "Overpotential"
}

/** Keys name the SI unit of the values; heads the one to be read. */
function unitOf(key: string, head: Column["head"]): Unit {
  if (key.endsWith("_mAh_per_cm2")) return { text: "mAh\u00a0cm⁻²", perSi: 1, places: 5 }
  if (key.endsWith("_mAh_per_g")) return { text: "mAh\u00a0g⁻¹", perSi: 1, places: 3 }
  if (key.endsWith("_Ah")) return { text: "mAh", perSi: 1e3, places: 5 }
  if (key.endsWith("_Wh")) return { text: "mWh", perSi: 1e3, places: 5 }
  if (key.endsWith("_V")) return head[2] === "mV" ? MILLIVOLT : VOLT
  if (key.endsWith("_s")) return { text: "h", perSi: 1 / 3600, places: 3 }
  return { text: "%", perSi: 100, places: 3 }
}
