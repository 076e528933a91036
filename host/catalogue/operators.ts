import type { Catalogue, Row } from "./catalogue"

/** What there is to know of an operator. */
export const OPERATOR_COLUMNS = [
  "lab",
  "operator",
  "tests",
  "not_over",
  "cells",
  "projects",
  "last_action",
] as const

const OVER = new Set(["finished", "stopped"])

/**
 * Who works in a lab, by the tests and cells that name them and by what they did; rows by lab and name. Accounts of
 * computers are not people, and are left out.
 * @throws CatalogueError
 */
export async function operators(catalogue: Catalogue): Promise<Row[]> {
  const [tests, cells, actions] = await Promise.all([
    catalogue.rows("tests"),
    catalogue.rows("cells"),
    catalogue.rows("actions"),
  ])
  const by = (rows: readonly Row[], column: string) => {
    const groups = new Map<string, Row[]>()
    for (const row of rows) {
      const key = JSON.stringify([row.lab, row[column]])
      if (typeof row[column] === "string") groups.set(key, [...(groups.get(key) ?? []), row])
    }
    return groups
  }
  const testsBy = by(tests, "operator")
  const cellsBy = by(cells, "operator")
  const stated = actions.filter(({ by_source }) => by_source === "stated")
  const actionsBy = by(stated, "by")
  const keys = new Set([...testsBy.keys(), ...cellsBy.keys(), ...actionsBy.keys()])
  return [...keys].sort().map((key) => {
    const [lab, operator] = JSON.parse(key)
    const own = testsBy.get(key) ?? []
    const projects = [...own, ...(cellsBy.get(key) ?? [])].flatMap(({ project }) => project ?? [])
    return {
      lab,
      operator,
      tests: own.length,
      not_over: own.filter(({ state }) => !OVER.has(`${state}`)).length,
      cells: cellsBy.get(key)?.length ?? 0,
      projects: [...new Set(projects)].sort(),
      last_action: actionsBy.get(key)?.at(-1)?.time ?? null,
    }
  })
}
