import type { Cycles } from "../../api"
import { type Quantity, type QuantityGroup, quantityGroups } from "./cycleQuantities"

/** A quantity that can be compared between tests. */
export interface Comparison {
  key: string
  title: string
  axis: string
  unit: Quantity["unit"]
  /** Its column in the table of each test; undefined where a test has no such number. */
  columns: (number | undefined)[]
  /** What keeps tests from being compared. */
  notes: string[]
}

/** What a comparison must know of a test. */
export interface Compared {
  name: string
  columns: Cycles["columns"]
}

/** The quantities of one kind that tests have; those first that most of them have, and of these the normalised. */
export function comparisons(kind: QuantityGroup["kind"], tests: readonly Compared[]): Comparison[] {
  const groups = tests.map(({ columns }) =>
    quantityGroups(columns).filter((group) => group.kind === kind),
  )
  const quantities = groups.map((each) => each.flatMap((group) => group.quantities))
  const axis = groups.flat()[0]?.axis ?? ""
  const keys = [...new Set(quantities.flat().map(({ key }) => key))]
  return keys
    .map((key) => {
      const own = quantities.map((each) => each.find((quantity) => quantity.key === key))
      const [first] = own.filter((each) => each !== undefined)
      const { title, unit } = first
      const columns = own.map((each) => each?.column)
      return { key, title, axis, unit, columns, notes: notesOf(key, own, tests) }
    })
    .sort((a, b) => count(b) - count(a) || rank(a.key) - rank(b.key))
}

function count({ columns }: Comparison): number {
  return columns.filter((column) => column !== undefined).length
}

/** What is looked at first: hysteresis, what comes back, and what is normalised. */
const FIRST = [/^hysteresis/, /^(stripped|discharge)_mAh_per/, /_mAh_per/, /^(stripped|discharge)_/]

function rank(key: string): number {
  const place = FIRST.findIndex((each) => each.test(key))
  return place < 0 ? FIRST.length : place
}

function notesOf(
  key: string,
  quantities: readonly (Quantity | undefined)[],
  tests: readonly Compared[],
): string[] {
  const missing = new Map<string, string[]>()
  tests.forEach(({ name, columns }, i) => {
    if (quantities[i] !== undefined) return
    const why = reason(key, columns)
    missing.set(why, [...(missing.get(why) ?? []), name])
  })
  const definitions = new Map<string, string[]>()
  quantities.forEach((quantity, i) => {
    if (quantity === undefined) return
    const names = definitions.get(quantity.definition) ?? []
    definitions.set(quantity.definition, [...names, tests[i].name])
  })
  return [
    ...[...missing].map(([why, names]) => `Not shown: ${names.join(", ")}: ${why}.`),
    ...(definitions.size > 1
      ? [
          "These are not the same number: " +
            [...definitions].map(([text, names]) => `${names.join(", ")}: ${text}`).join(" "),
        ]
      : []),
  ]
}

/** Why a test has no such column. */
function reason(key: string, columns: Cycles["columns"]): string {
  const [charge, per] = key.split("_mAh_per_")
  const hasCharge = per !== undefined && columns.some((column) => column.key === `${charge}_Ah`)
  if (!hasCharge) return "cells of this type have no such number"
  return per === "cm2" ? "its area is not known" : "its active mass is not known"
}
