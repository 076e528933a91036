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
    expect(page).not.toMatch(/<script|<link|<img|<b>|src=|@import|url\((?!#)/)
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org|doi\.org)/)
    expect(page).toContain("1 M LiPF6 &lt;script&gt;")
    expect(page).toContain("<h1>K-Li &lt;b&gt;&amp;&quot;1&quot;&lt;/b&gt;</h1>")
    expect(page.match(/<svg/g)).toHaveLength(3)
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test("tells of the cell, the protocol, the cycles, gaps, instrument and definitions", async () => {
    const out = join(store.folder, "page.html")
    await report("--out", out)
    const text = readFileSync(out, "utf8").replace(/<svg.*?<\/svg>/gs, "")
    for (const part of [
      "<dt>Area</dt><dd>1.5394 cm²</dd>",
      "until 60 s",
      "short.json, as it was given",
      '<strong class="kind pause">pause</strong>: paused by &#39;pause&#39;.',
      "The test begins, without a calibration.",
      "The protocol ended after 4 min of test time; that is no failure of the cell.",
      "<dt>Calibrated</dt><dd>no: nominal values</dd>",
      "<dt>Firmware</dt><dd>0.1.0 for sim, build ",
      ", simulated</dd>",
      "Overpotential η, plating",
    ])
      expect(text).toContain(part)
    expect(text.match(/<tr><td>\d<td>/g)).toHaveLength(2)
  })

  test("the figures alone, and where things are as JSON", async () => {
    const svg = join(store.folder, "figures")
    const files = ["voltage", "nucleation", "cycles"].map((name) =>
      join(svg, `${store.id}-${name}.svg`),
    )
    expect(JSON.parse(await report("--svg", svg, "--json"))).toEqual({
      id: store.id,
      svg_files: files,
    })
    for (const file of files) expect(readFileSync(file, "utf8")).toMatch(/^<svg/)
    expect(existsSync(join(store.folder, `${store.id}.html`))).toBe(false)
  })
})
