import { describe, expect, it } from "vitest"
import type { Ngspice } from "../../../hardware/spice/ngspice"
import { recordedSection } from "../../../hardware/spice/results"
import { holds, type Row, type Study } from "../../../hardware/spice/study"

/** Another build of ngspice may end on the next digit. */
const LAST_DIGITS = 1.01

/** Runs a study: each of its bars must be met, and its table in RESULTS.md be what came out. */
export function checkStudy(study: Study, spice: () => Ngspice): void {
  describe(study.title, () => {
    it("meets every bar, as RESULTS.md says", async () => {
      const rows = await study.run(spice())
      expect(rows.filter((row) => !holds(row))).toEqual([])
      const recorded = recordedRows(study.title)
      expect(recorded.map((row) => row.what)).toEqual(rows.map((row) => row.what))
      rows.forEach((row, i) => {
        expect(Math.abs(row.value - recorded[i].value), row.what).toBeLessThan(roundingOf(row))
      })
    })
  })
}

function roundingOf(row: Row): number {
  return (0.5 + LAST_DIGITS) * 10 ** -row.digits
}

export function recordedRows(title: string): { what: string; value: number }[] {
  return [...(recordedSection(title) ?? "").matchAll(/^\| ([^|\s].*?) \| (\S+) .*?\|/gm)]
    .filter(([, what]) => what !== "---")
    .map(([, what, value]) => ({ what, value: Number(value.replace("−", "-")) }))
}
