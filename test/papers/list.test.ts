import { sep } from "node:path"
import { describe, expect, test } from "vitest"
import { readCell } from "../../host/cell"
import { folderOf } from "../../host/papers/folder"
import { papers } from "../../host/papers/papers"
import { planRun } from "../../host/papers/planRun"
import { runsOfRow, selectRows, runsOf } from "../../host/papers/select"
import { simulatedCell } from "../../host/transport/simulated"

/** Classes of the papers' electrical tests, T01 and so on: A, B must be run as printed, of the others a substitute. */
const CLASSES = {
  P0: "AAAAABAACAAAAAAEE",
  P1: "AAAAAABACAAAAAAAAAAAADDD",
  P2: "AAAACAAAAAAAAACBAACC",
  P3: "CCCCCAAAAAAAACA",
  P4: "AAAAAAAAAAAAAAAAAACBAAAAAAAAAAAA",
}

const rows = papers.flatMap((paper) => paper.rows.map((row) => ({ paper, row })))
const runs = papers.flatMap((paper) => paper.runs.map((run) => ({ paper, run })))

test("every test of every paper stands in the list once, with its class", () => {
  const wanted = Object.entries(CLASSES).flatMap(([paper, classes]) =>
    [...classes].map((one, i) => `${paper}-T${String(i + 1).padStart(2, "0")} ${one}`),
  )
  expect(rows.map(({ row }) => `${row.id} ${row.class}`)).toEqual(wanted)
  const count = (letters: string) => rows.filter(({ row }) => letters.includes(row.class)).length
  expect([count("A"), count("B"), count("C"), count("D"), count("E")]).toEqual([86, 4, 13, 3, 2])
})

describe.each(rows)("$row.id", ({ paper, row }) => {
  test("reads runs of its paper; A and B are run as printed, the others say what is done instead", () => {
    expect(runsOfRow(paper, row)).toHaveLength(row.runs.length)
    const isAsPrinted = row.class === "A" || row.class === "B"
    expect(row.substitute === undefined).toBe(isAsPrinted)
    if (isAsPrinted) {
      expect(row.runs.length).toBeGreaterThan(0)
      expect(row.plot).toBeDefined()
    }
    expect(row.printed.length).toBeGreaterThan(0)
    for (const { value, source, quantity } of row.printed) {
      expect(quantity).not.toBe("")
      expect(source).not.toBe("")
      if (value !== undefined) expect(Number.isFinite(value)).toBe(true)
    }
  })
})

describe.each(runs)("$run.key", ({ paper, run }) => {
  test("can be started on its cell, of which the lab and the simulator say the same", () => {
    expect(run.key.startsWith(`${paper.key}/`)).toBe(true)
    const { plan } = planRun(run, 0)
    expect(plan.compiled.bytes.length).toBeGreaterThan(0)
    expect(plan.duration.most_s).toBeLessThan(Number.POSITIVE_INFINITY)
    const entry = simulatedCell(run.simulatedCell)
    const cell = readCell(JSON.stringify(run.cell), "cell.yaml")
    expect(run.simulatedCell.startsWith(`${paper.key} `)).toBe(true)
    expect(deviation(cell.area_cm2, entry.area_cm2)).toBeLessThan(1e-6)
    if (entry.activeMass_mg !== undefined)
      expect(deviation(cell.active_mass_mg, entry.activeMass_mg)).toBeLessThan(5e-4)
    if (entry.capacity_mAh !== undefined)
      expect(deviation(cell.capacity_mAh, entry.capacity_mAh)).toBeLessThan(5e-4)
    expect(isOfLithium(cell.type)).toBe(isOfLithium(entry.type))
  })
})

/** A foil that is stripped into lithium may be called either; so may a pellet between blocking electrodes. */
function isOfLithium(type: string | undefined): boolean {
  return type !== "half" && type !== "full"
}

function deviation(one: number | undefined, other: number | undefined): number {
  return Math.abs((one ?? Number.NaN) / (other ?? Number.NaN) - 1)
}

test("runs have keys of their own, and every one is read by a row", () => {
  expect(new Set(runs.map(({ run }) => run.key)).size).toBe(runs.length)
  expect(runsOf(papers)).toHaveLength(runs.length)
  const folders = runs.map(({ run }) => folderOf("data", run.key).toLowerCase())
  expect(new Set(folders).size).toBe(runs.length)
  expect(folders.every((folder) => folder.split(sep).length === 4)).toBe(true)
})

test("papers and tests are chosen by their names, and what there is not is said", () => {
  const [first] = selectRows(papers, [], ["P0-T01"])
  expect(first.rows.map(({ id }) => id)).toEqual(["P0-T01"])
  expect(runsOf([first]).map(({ key }) => key)).toEqual(first.rows[0].runs)
  expect(selectRows(papers, ["Ma2024"], []).map(({ key }) => key)).toEqual(["Ma2024"])
  expect(() => selectRows(papers, ["Ma2023"], [])).toThrow("There are: Ma2024, Wang2023")
  expect(() => selectRows(papers, ["Wang2023"], ["P0-T01"])).toThrow("No test P0-T01 in Wang2023")
})
