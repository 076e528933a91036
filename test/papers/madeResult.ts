import { cycleTable } from "../../host/analysis/cycles"
import { readCell } from "../../host/cell"
import type { Paper, RunResult } from "../../host/papers/paper"
import type { Sample } from "../../host/sample"
import { recordsOf } from "../analysis/recordsOf"

/** What a row of a paper measures from records that are made up, by the keys of its runs. */
export function measuredOf(
  paper: Paper,
  id: string,
  samples: Record<string, Sample[]>,
): (number | undefined)[] {
  const row = paper.rows.find((one) => one.id === id)
  if (row === undefined) throw new Error(`no row ${id}`)
  const results = new Map(row.runs.map((key) => [key, madeResult(paper, key, samples[key] ?? [])]))
  return row.printed.map(({ measure }) => measure(results))
}

function madeResult(paper: Paper, key: string, samples: Sample[]): RunResult {
  const run = paper.runs.find((one) => one.key === key)
  if (run === undefined) throw new Error(`no run ${key}`)
  const cell = readCell(JSON.stringify(run.cell), key)
  const records = recordsOf(samples)
  const cycles = cycleTable(records, { area_cm2: cell.area_cm2 })
  return {
    run,
    cell,
    get about(): RunResult["about"] {
      throw new Error("made up records have no log")
    },
    records: () => records,
    cycles: () => cycles,
  }
}
