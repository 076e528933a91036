import { halfCycles } from "../analysis/halfCycles"
import { faultText } from "../follow/faultText"
import type { CycleResult } from "../report/cycles/column"
import { type CycleReport, cycleReport } from "../report/cycles/cycleReport"
import { reportsText } from "../report/cycles/text"
import { endText, remarks } from "../report/remarks"
import { enumName } from "../service"
import type { PlannedTest } from "../start"
import type { StoredTest } from "../store/storedTest"
import { columnsOf } from "./columns"
import type { CycleValues } from "./cycleValues"
import type { SimulatorResult } from "./result"

/** Reads and analyses a test from the store. */
export function resultOf(test: StoredTest, { warnings }: PlannedTest): SimulatorResult {
  const { id, channel, cell } = test
  const reader = test.reader()
  const batches = [...reader]
  const { about } = reader
  const records = { about, [Symbol.iterator]: () => batches[Symbol.iterator]() }
  const report = cycleReport(records, cell, { overwritten: test.gaps() })
  return {
    id,
    channel,
    cell,
    warnings,
    log: Buffer.concat([...test.pages()]),
    records: columnsOf(batches),
    batches,
    halfCycles: halfCycles(batches),
    cycles: report.results.map((result) => cycleValues(result, report)),
    coulombicEfficiency: report.efficiency,
    faults: about.events.flatMap((event) => {
      if (event.kind !== "fault") return []
      const name = enumName("Fault", event.fault)
      return [{ name, time_s: event.time_s, ...faultText(name) }]
    }),
    end: about.end,
    gaps: about.gaps,
    events: about.events,
    remarks: [...remarks(about, report.count, report.overwritten), endText(about)],
    text: reportsText([{ name: `${id}  ${cell.name}`, report }]),
  }
}

/** The row of one cycle. */
function cycleValues(result: CycleResult, { columns, by }: CycleReport): CycleValues {
  return {
    cycle: result.cycle,
    isComplete: result.row.complete,
    ...Object.fromEntries(columns.map(({ key, value }) => [key, value(result, by)])),
  }
}
