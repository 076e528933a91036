import type { Printed } from "../paper"

/** A number of which the paper shows no more than a curve or an order. */
export function unprinted(
  quantity: string,
  unit: string,
  source: string,
  measure: Printed["measure"],
  more: Partial<Printed> = {},
): Printed {
  return {
    quantity,
    value: undefined,
    qualifier: "=",
    unit,
    source,
    bar: "none",
    measure,
    ...more,
  }
}
