import type { Cell } from "../../../cell"
import { cell as textOf } from "../../../report/cycles/column"
import { type CycleReport, cycleReport } from "../../../report/cycles/cycleReport"
import { notesOf } from "../../../report/cycles/text"
import type { StoredTest } from "../../../store/storedTest"
import type { Cycles } from "../../api"
import { watched } from "../watched"

/** The table of cycles as the cell's type wants it. @param onBatch called now and then; may throw */
export function cycleTable(test: StoredTest, cell: Cell, onBatch: () => void): Cycles {
  const report = cycleReport(watched(test.reader(), onBatch), cell, { overwritten: test.gaps() })
  const { columns, results, by } = report
  return { ...filled(columns, results, by), notes: notesOf(report) }
}

/** The columns of a report, and what they show of each cycle. */
export function filled(
  columns: CycleReport["columns"],
  results: CycleReport["results"],
  by: CycleReport["by"],
): Pick<Cycles, "columns" | "rows"> {
  return {
    columns: columns.map(({ key, title, head: [quantity, way, unit], definition }) => ({
      key,
      title,
      head: [quantity, way, unit],
      definition,
    })),
    rows: results.map((result) => ({
      cycle: result.cycle,
      isComplete: result.row.complete,
      values: columns.map(({ value }) => value(result, by) ?? null),
      texts: columns.map((column) => textOf(column, result, by)),
    })),
  }
}
