import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { addReport } from "../../host/commands/report"
import { runCommand } from "./runCommand"
import { smallStore } from "./smallStore"

const SEED = 62

describe(`a page about a test in the store, seed ${SEED}`, async () => {
  const store = await smallStore(SEED, {
    type: "Li||Li",
    diameter_mm: 14,
    electrolyte: "1 M LiPF6 <script>alert(1)</script>",
  })
  afterAll(() => store.remove())
  const report = (...words: string[]) =>
    runCommand(addReport, "report", store.id, ...words, "--data", store.folder)

  test("stands alone, and what files say stays text", async () => {
    const out = join(store.folder, "new", "page.html")
    expect(await report("--out", out)).toContain(out)
    const page = readFileSync(out, "utf8")
    expect(page).toMatch(/^<!doctype html>.*<\/html>\n$/s)
    expect(page).not.toMatch(/<script|<link|<img|<b>|src=|url\((?!#)|https?:\/\/(?!www\.w3\.org)/)
    expect(page).toContain("1 M LiPF6 &lt;script&gt;")
    expect(page).toContain("<h1>K-Li &lt;b&gt;&amp;&quot;1&quot;&lt;/b&gt;</h1>")
    expect(page.match(/<svg/g)).toHaveLength(1)
  })

  test("tells of the cell, the protocol, the cycles, gaps, instrument and definitions", async () => {
    const out = join(store.folder, "page.html")
    await report("--out", out)
    const text = readFileSync(out, "utf8").replace(/<svg.*<\/svg>/s, "")
    for (const part of [
      "<dt>Area</dt><dd>1.5394 cm²</dd>",
      "until 60 s",
      "short.json, as it was given",
      "Paused at 1 min ",
      "The protocol ended after 4 min of test time; that is no failure of the cell.",
      "<dt>Calibrated</dt><dd>no: nominal values</dd>",
      "<dt>Firmware</dt><dd>0.1.0 for sim</dd>",
      ", simulated</dd>",
      "Overpotential η, plating",
    ])
      expect(text).toContain(part)
    expect(text.match(/<tr>/g)).toHaveLength(3 + 2)
  })

  test("the figure alone, and where things are as JSON", async () => {
    const svg = join(store.folder, "figure.svg")
    expect(JSON.parse(await report("--svg", svg, "--json"))).toEqual({
      id: store.id,
      svg_file: svg,
    })
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg/)
    expect(existsSync(join(store.folder, `${store.id}.html`))).toBe(false)
  })
})
