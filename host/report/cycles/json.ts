import { enumName } from "../../service"
import { endText, remarks } from "../remarks"
import type { CycleReport } from "./cycleReport"

/** A test's report for programs: every cycle, every definition, nothing left out. */
export function reportJson(report: CycleReport): Record<string, unknown> {
  const { type, columns, missing, by, results, about, count } = report
  const { events: _, end, ...rest } = about
  return {
    type,
    platingSign: report.platingSign,
    ...by,
    definitions: Object.fromEntries(columns.map(({ key, definition }) => [key, definition])),
    missing,
    cycles: results.map((result) => ({
      cycle: result.cycle,
      isComplete: result.row.complete,
      isAbove100: result.efficiency?.isAbove100,
      ...Object.fromEntries(columns.map(({ key, value }) => [key, value(result, by)])),
    })),
    coulombicEfficiency: report.efficiency,
    retentionReference: report.reference,
    records: count.all,
    uncalibratedRecords: count.uncalibrated,
    ...rest,
    end: end && { ...end, fault: end.fault === 0 ? undefined : enumName("Fault", end.fault) },
    remarks: [...remarks(about, count, report.overwritten), endText(about)],
  }
}
