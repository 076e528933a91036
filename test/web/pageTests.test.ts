import { describe, expect, test } from "vitest"
import type { TestLine } from "../../host/web/api"
import { choices, filtered, NO_FILTER } from "../../host/web/page/views/testFilter"

function line(id: string, more: Partial<TestLine>): TestLine {
  return {
    id,
    cell: "bare Li",
    board: "00",
    boardName: "KX42",
    channel: 0,
    isSimulated: false,
    state: "running",
    ...more,
  }
}

const TESTS = [
  line("KX42-0-7", { cell: "K-Li@AlN 07", project: "AlN", operator: "R. Ito" }),
  line("KX42-1-2", { state: "finished", project: "Controls", operator: "M. Sand" }),
  line("QA11-0-1", { boardName: "QA11", cellType: "full", operator: "R. Ito" }),
]

describe("the list of tests", () => {
  const ids = (filter: Partial<typeof NO_FILTER>) =>
    filtered(TESTS, { ...NO_FILTER, ...filter }).map(({ id }) => id)

  test("is all of them unless narrowed down", () => expect(ids({})).toHaveLength(3))

  test.each([
    ["words in any order and case", { text: "ito aln" }, ["KX42-0-7"]],
    ["a board", { text: "qa11" }, ["QA11-0-1"]],
    ["a kind of cell", { text: "full" }, ["QA11-0-1"]],
    ["a state", { state: "finished" }, ["KX42-1-2"]],
    ["an operator and a project", { operator: "R. Ito", project: "AlN" }, ["KX42-0-7"]],
    ["nothing", { text: "no such" }, []],
  ])("narrowed down by %s", (_, filter, found) => expect(ids(filter)).toEqual(found))

  test("offers what there is to choose from, once and in order", () => {
    expect(choices(TESTS, "operator")).toEqual(["M. Sand", "R. Ito"])
    expect(choices(TESTS, "project")).toEqual(["AlN", "Controls"])
  })
})
