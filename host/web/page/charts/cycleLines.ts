import type { Cycles } from "../../api"
import type { QuantityGroup } from "./cycleQuantities"
import type { Line } from "./lines"
import { look } from "./looks"
import type { Palette } from "./theme"

/** A group's quantities over the cycle: what is not known is left out, and a cycle that has not ended is hollow. */
export function cycleLines(
  { quantities }: QuantityGroup,
  rows: Cycles["rows"],
  { series }: Pick<Palette, "series">,
): Line[] {
  const xs = rows.map(({ cycle }) => cycle)
  return quantities.map(({ title, column }, n) => ({
    name: title,
    xs,
    ys: rows.map(({ values }) => values[column]),
    colour: series[n % series.length],
    ...look(n),
    isHollow: (index) => !rows[index].isComplete,
  }))
}
