import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { RunResult } from "../../host/papers/paper"
import { FIGURES } from "../../host/papers/report/figures/figure"
import { linesOf } from "../../host/papers/report/lines"
import { writeReport } from "../../host/papers/report/write"
import { runTest } from "../../host/papers/runTest"
import { storedResult } from "../../host/papers/storedResult"
import { tinyPaper } from "./tinyPaper"

const folder = mkdtempSync(join(tmpdir(), "coincell-papers-"))
const results = new Map<string, RunResult>()

beforeAll(async () => {
  for (const run of tinyPaper.runs) {
    const place = join(folder, run.key)
    await runTest(run, { engine: "native", folder: place })
    const result = storedResult(run, place)
    if (result !== undefined) results.set(run.key, result)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [symmetric, impedance, conductivity] = tinyPaper.rows
const none = new Map<string, string>()

describe("lines of the table", () => {
  test("have the tester's number, its verdict, and what cells are fitted to", () => {
    const [overpotential, life] = linesOf(tinyPaper, symmetric, { results, absent: none })
    expect(overpotential.measured).toBeGreaterThan(28.5)
    expect(overpotential.measured).toBeLessThan(31.5)
    expect(overpotential.verdict).toBe("meets")
    expect(overpotential.notes.join()).toContain("fitted to 30 mV, no end in 6000 h")
    expect(overpotential.notes.join()).toContain("assumed 14 mm disc")
    expect(overpotential.notes).toContain(symmetric.notes[0])
    expect(life).toMatchObject({ verdict: "meets", notes: [] })
  })

  test("of what is done instead are no agreement, whatever was measured", () => {
    const [line] = linesOf(tinyPaper, impedance, { results, absent: none })
    expect(line).toMatchObject({ verdict: "substitute", measured: 1.25 })
    expect(line.notes[0]).toBe("Instead: R_DC of a pulse")
    const [without] = linesOf(tinyPaper, conductivity, { results, absent: none })
    expect(without).toMatchObject({ verdict: "substitute", printed: undefined })
  })

  test("of runs that were not done say why, and have no number", () => {
    const absent = new Map([[symmetric.runs[0], "6000 h are more than --max-hours 100"]])
    const lines = linesOf(tinyPaper, symmetric, { results: new Map(), absent })
    expect(lines.map(({ verdict }) => verdict)).toEqual(["not run", "not run"])
    expect(lines[0].measured).toBeUndefined()
    expect(lines[0].notes.join()).toContain("Tiny/long: 6000 h are more than --max-hours 100")
    const [instead] = linesOf(tinyPaper, impedance, { results: new Map(), absent })
    expect(instead.verdict).toBe("not run")
    expect(instead.notes.join()).toContain("Tiny/short: not run yet")
  })

  test("where the records do not tell are misses, and say so", () => {
    const row = {
      ...symmetric,
      printed: [{ ...symmetric.printed[0], measure: () => undefined }],
    }
    const [line] = linesOf(tinyPaper, row, { results, absent: none })
    expect(line.verdict).toBe("misses")
    expect(line.notes[0]).toBe("the records do not tell")
  })
})

describe("the files", () => {
  test("hold all rows, how many there are of each verdict, and what agreement means", async () => {
    const written = await writeReport([tinyPaper], { results, absent: none }, folder)
    expect(written.counts).toBe(
      "meets: 2 · misses: 0 · substitute: 2 · no number printed: 0 · not run: 0",
    )
    const [page, text] = written.files.map((file) => readFileSync(file, "utf8"))
    for (const file of [page, text]) {
      expect(file).toContain(written.counts)
      expect(file).toContain("recovers a known value, not that the paper is right")
      for (const { id } of tinyPaper.rows) expect(file).toContain(id)
    }
    expect(page.match(/<svg/g)).toHaveLength(2)
    expect(page).not.toMatch(/<script|src=|@import/)
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test("show what papers print as text, whatever it is", async () => {
    const { files } = await writeReport([tinyPaper], { results, absent: none }, folder)
    const [page, text] = files.map((file) => readFileSync(file, "utf8"))
    for (const file of [page, text]) {
      expect(file).not.toMatch(/<symmetric>|<Co>|<b>/)
      expect(file).toContain("&lt;symmetric&gt;")
      expect(file).toContain("Nobody &amp; &lt;Co&gt;")
      expect(file).toContain("Fig. 3 &amp; 4")
    }
    expect(page).not.toContain("<long>")
    const rows = text.split("\n").filter((line) => /^\| P9/.test(line))
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(10)
    expect(rows[0]).toContain("&lt;symmetric&gt; \\| plating")
    expect(rows[0]).toMatch(/\| ≈ 30 mV \(Fig\. 3 &amp; 4\) \| (29|30)\.\d+ mV \| [+−]/)
  })
})

test.each(Object.entries(FIGURES))("a figure of kind %s draws all runs", async (_kind, figure) => {
  const svg = await figure([...results.values()])
  expect(svg).toMatch(/^<svg.*<\/svg>$/s)
  expect(svg).not.toContain("NaN")
  expect(svg).not.toContain("<long>")
  expect(svg.length).toBeLessThan(300_000)
})
