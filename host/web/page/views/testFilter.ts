import type { TestLine } from "../../api"

/** What of a list of tests is wanted; an empty text wants all. */
export interface TestFilter {
  /** Words that cell, id, board, project or operator have, in any order. */
  text: string
  state: string
  project: string
  operator: string
}

export const NO_FILTER: TestFilter = { text: "", state: "", project: "", operator: "" }

export function filtered(tests: readonly TestLine[], filter: TestFilter): TestLine[] {
  const words = filter.text.toLowerCase().split(/\s+/)
  return tests.filter((test) => {
    const { id, cell, cellType = "", boardName, project = "", operator = "" } = test
    const all = [id, cell, cellType, boardName, project, operator].join("\n").toLowerCase()
    return (
      words.every((word) => all.includes(word)) &&
      (filter.state === "" || test.state === filter.state) &&
      (filter.project === "" || project === filter.project) &&
      (filter.operator === "" || operator === filter.operator)
    )
  })
}

/** What there is to choose from, in order. */
export function choices(
  tests: readonly TestLine[],
  key: "state" | "project" | "operator",
): string[] {
  const all = tests.flatMap((test) => test[key] ?? [])
  return [...new Set(all)].sort((a, b) => a.localeCompare(b))
}
