import type { StoredTest } from "../store/storedTest"
import { cycleReport } from "./cycles/cycleReport"
import type { Figure } from "./figures/drawn"
import { figuresOf } from "./figures/figures"
import { reportHtml } from "./html/report"
import { incidents } from "./incidents"

/** A stored test as a page that stands alone, and its figures one by one; it may still be running. */
export async function testReport(test: StoredTest): Promise<{ html: string; figures: Figure[] }> {
  const { id, cell, about: file, protocol } = test
  const report = cycleReport(test.reader(), cell, { overwritten: test.gaps() })
  const marks = incidents(report.about).map(({ time_s }, i) => ({
    x: time_s / 3600,
    text: `${i + 1}`,
  }))
  const figures = await figuresOf(test.reader(), cell, report, marks)
  return { html: reportHtml({ id, cell, file, protocol, report, figures }), figures }
}
