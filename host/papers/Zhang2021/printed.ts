import { lifeHours } from "../common/life"
import { meanOverpotential_mV, overpotential_mV, wholeCycles } from "../common/results"
import type { Printed } from "../paper"
import { of } from "./measures"

/** Notes of several rows. */
export const NO_EXPERIMENTAL =
  "The main text has no experimental section: area, electrolyte and cutoffs are assumed."
export const ETA =
  "The paper uses “overpotential” and “voltage hysteresis” for the same numbers; taken as η, half of the gap."
export const CRITERION =
  "Life ends with the first cycle whose η is over twice that of cycle 10, as the board’s stop condition and the host’s analysis both have it, or with a short, by the board; the paper gives no criterion."
export const ASSUMED_CAPACITY = "The areal capacity is not printed; 1 mAh cm⁻² is assumed."

/** A life that is printed as a bound: its run goes on for one cycle more. */
export function lifeAbove(name: string, hours: number, source: string): Printed {
  return {
    quantity: "life",
    value: hours,
    qualifier: ">",
    unit: "h",
    source,
    bar: "life",
    measure: of(name, (result) => lifeHours(result)),
    note: "Run for a cycle more; a cell that has not failed by then lives longer.",
  }
}

/** η of one cycle. */
export function etaAt(
  name: string,
  cycle: number,
  printed: Pick<Printed, "quantity" | "value" | "qualifier" | "at" | "source">,
): Printed {
  return {
    ...printed,
    unit: "mV",
    bar: "overpotential",
    measure: of(name, (result) => overpotential_mV(result, cycle)),
  }
}

/** η over all whole cycles. */
export const meanEta = (name: string, value: number, at: string, source: string): Printed => ({
  quantity: "overpotential η",
  value,
  qualifier: "=",
  unit: "mV",
  at,
  source,
  bar: "overpotential",
  measure: of(name, (result) => meanOverpotential_mV(result, 1, wholeCycles(result))),
})

/** A life that is printed as run for so long. */
export const lived = (name: string, value: number, at: string, source: string): Printed => ({
  quantity: "life",
  value,
  qualifier: "=",
  unit: "h",
  at,
  source,
  bar: "life",
  measure: of(name, (result) => lifeHours(result)),
  note: "The protocol ends there.",
})
