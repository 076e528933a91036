import fc from "fast-check"
import { expect, test } from "vitest"
import { cycleReport } from "../../host/report/cycles/cycleReport"
import { html, trusted } from "../../host/report/html/escape"
import { type ReportInput, reportHtml } from "../../host/report/html/report"
import { recordsOf } from "../analysis/recordsOf"
import { record } from "../analysis/synthetic"
import { cycling, reader } from "./syntheticReader"

const SEED = 20_261_123
const HALF = { duration_s: 3600, times_s: [0, 3600], voltage_V: () => 3.5 }

function input(changes: Partial<ReportInput> = {}, returned = [0.9, 1.02]): ReportInput {
  const cell = { name: "cell", type: "full" as const, area_cm2: 2 }
  return {
    id: "KX42-1-7",
    cell,
    file: {
      format: 1,
      board: "9b367719ff0b51a7",
      board_name: "KX42",
      channel: 1,
      test: 7,
      log: 1,
      boot: 1,
      board_time_ms: 0,
      started: "2026-01-01T00:00:00.000Z",
    },
    protocol: undefined,
    report: cycleReport(reader(cycling(returned)), cell),
    figures: [],
    ...changes,
  }
}

test(`no text of a file becomes markup (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const inner = html`<p title="${text}">${text}</p>`.text.slice(10, -4)
      expect(inner.replace('">', "")).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
    }),
    { seed: SEED },
  )
})

test("lists are joined, what is absent is nothing, and what is HTML stays", () => {
  const items = ["a<", "b"].map((text) => html`<li>${text}</li>`)
  expect(html`<ul>${items}${undefined}</ul>${trusted("<svg/>")}${3}`.text).toBe(
    "<ul><li>a&lt;</li><li>b</li></ul><svg/>3",
  )
})

test("a test that another host started, on a board not yet described", () => {
  const page = reportHtml(input())
  expect(page).toContain("Not known here: another host started this test.")
  expect(page).not.toContain("<dt>Firmware</dt>")
  expect(page).not.toContain("undefined")
})

test("a protocol that this program cannot read stands as it was given", () => {
  const protocol = { fileName: "odd.yaml", text: "method: <nonsense>" }
  const page = reportHtml(input({ protocol }))
  expect(page).toContain("<details open>")
  expect(page).toContain("method: &lt;nonsense&gt;")
})

test("efficiency above 100 % is marked, and a fault stands out", () => {
  const end = { kind: "fault" as const, reason: "", fault: 13, time_s: 60 }
  const report = cycleReport(reader(cycling([0.9, 1.02]), { end }), { type: "full" })
  const page = reportHtml(input({ report }))
  expect(page).toContain('<td class="mark" title="above 100 %">102.000!<')
  expect(page).toContain('<p class="verdict fault">Stopped by a fault after 1 min of test time')
})

test("a long table is cut, all of it can be unfolded, and one without a cycle says so", () => {
  const page = reportHtml(input({}, Array(100).fill(0.9)))
  const [shown, all] = page.split('<details class="all">')
  expect(shown.match(/<tr><td>/g)?.length).toBeLessThan(45)
  expect(shown).toContain("Of 100 cycles, the first and the last ten and every 5th between.")
  expect(all.match(/<tr><td>\d+<td>/g)).toHaveLength(100)
  expect(reportHtml(input({}, []))).toContain("No cycle has driven a current yet.")
})

test("each number is defined, and DOIs lead to their papers", () => {
  const { report } = input()
  const page = reportHtml(input())
  const [, definitions] = page.split("<h2>Definitions</h2>")
  for (const { key } of report.columns) expect(definitions).toContain(key)
  const copper = { name: "cell", type: "Li||Cu" as const, positive_terminal: "counter" as const }
  const cells = cycleReport(reader(cycling([0.9])), copper)
  expect(reportHtml(input({ cell: copper, report: cells }))).toContain(
    '<a href="https://doi.org/10.1002/aenm.201702097">10.1002/aenm.201702097</a>.',
  )
})

test("a letter with 3000 cycles stays below a megabyte", () => {
  const returned = Array.from({ length: 3000 }, (_, i) => 0.9 + i / 1e5)
  const batches = returned.flatMap((share, i) =>
    recordsOf(
      record([
        { ...HALF, cycle: i + 1, current_A: 1e-3 },
        { ...HALF, cycle: i + 1, current_A: -share * 1e-3 },
      ]),
    ).map((batch, half) => ({ ...batch, stepCount: 2 * i + half + 1 })),
  )
  const cell = { name: "cell", type: "full" as const, area_cm2: 2, active_mass_mg: 10 }
  const page = reportHtml(input({ cell, report: cycleReport(reader(batches), cell) }))
  expect(page.match(/<tr><td>/g)?.length).toBeGreaterThan(3000)
  expect(page.length).toBeLessThan(700_000)
})
