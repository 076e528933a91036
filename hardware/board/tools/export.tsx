/**
 * Makes `hardware/exports` from the boards: `bun board/tools/export.tsx`, with KiCad 9 at hand for the pour, its
 * check and the fab's files. Some minutes: the router runs once a board.
 */
import { execFileSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { strToU8, zipSync } from "fflate"
import { BASE, Base, KEEPOUTS } from "../base/base"
import { CARD, Card } from "../card/card"
import { baseLayout, cardLayout, type Layout } from "../layout"
import { bomCsv, bomOf, cost_USD, positionsCsv } from "./bom"
import { costPage } from "./cost"
import { PROJECT, type Rectangle, withSingleVias, withZone } from "./kicad"
import { type Json, type NetlistPart, netlistOf } from "./netlist"
import { render } from "./render"
import { sourcesHash } from "./sources"

const hardware = join(dirname(fileURLToPath(import.meta.url)), "../..")
const bun = join(hardware, "node_modules/.bin/bun")
const tsci = join(hardware, "node_modules/tscircuit/cli.mjs")
const scratch = mkdtempSync(join(tmpdir(), "coincell-boards-"))
/** They replace the old ones when all are made. */
const exports = join(scratch, "exports")

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: scratch, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
const kicad = (...args: string[]) => run("kicad-cli", "pcb", ...args)

interface Board {
  name: string
  // biome-ignore lint/suspicious/noExplicitAny: tscircuit's own type for a router is narrower than what it takes.
  make: (autorouter: any) => React.ReactElement
  layout: Layout
  size: { width: number; height: number }
  keepouts: Rectangle[]
}
const boards: Board[] = [
  {
    name: "card",
    make: (autorouter) => <Card autorouter={autorouter} />,
    layout: cardLayout,
    size: CARD,
    keepouts: [],
  },
  {
    name: "base",
    make: (autorouter) => <Base autorouter={autorouter} />,
    layout: baseLayout,
    size: BASE,
    keepouts: KEEPOUTS,
  },
]

// Taken first: what changes while this runs is not in the exports.
const sources = sourcesHash()
const netlists: Record<string, NetlistPart[]> = {}
const checks: Record<string, { tscircuit: number; kicadErrors: number; kicadWarnings: number }> = {}
for (const board of boards) {
  console.log(board.name)
  const folder = join(exports, board.name)
  mkdirSync(folder, { recursive: true })
  const json = await render(board.make, board.layout, console.log)
  const netlist = netlistOf(json)
  netlists[board.name] = netlist
  const bom = bomCsv(bomOf({ [board.name]: netlist }))
  const faults = json.filter((e) => e.type.endsWith("_error")).map((e) => `${e.type}: ${e.message}`)
  drawings(board, json, folder)
  const kicadFaults = fabrication(board, folder)
  checks[board.name] = { tscircuit: faults.length, ...kicadFaults }
  writeFileSync(
    join(folder, "tscircuit-check.txt"),
    `${faults.length} errors\n${faults.join("\n")}`,
  )
  writeFileSync(join(folder, "netlist.json"), `${JSON.stringify(netlist, null, 2)}\n`)
  writeFileSync(join(folder, "bom.csv"), bom)
  writeFileSync(join(folder, "positions.csv"), positionsCsv(netlist, board.size))
}
const lines = bomOf({ base: netlists.base, card: netlists.card })
writeFileSync(
  join(exports, "made.json"),
  `${JSON.stringify({ sources, kicad: run("kicad-cli", "version").trim(), checks, cost_USD: Number(cost_USD(lines).toFixed(2)) }, null, 2)}\n`,
)
const place = join(hardware, "exports")
rmSync(place, { recursive: true, force: true })
cpSync(exports, place, { recursive: true })
writeFileSync(join(hardware, "bom.csv"), bomCsv(lines))
writeFileSync(join(hardware, "COST.md"), costPage(lines))
rmSync(scratch, { recursive: true })
process.exit(0)

/** Schematic and a first KiCad file, by tscircuit. */
function drawings({ name }: Board, json: Json[], folder: string): void {
  const circuit = join(scratch, `${name}.circuit.json`)
  writeFileSync(circuit, JSON.stringify(json))
  const draw = (format: string, to: string) =>
    run(bun, tsci, "export", circuit, "-f", format, "-o", to, "--disable-parts-engine")
  draw("schematic-svg", join(folder, "schematic.svg"))
  draw("schematic-pdf", join(folder, "schematic.pdf"))
  draw("kicad_pcb", join(scratch, `${name}.kicad_pcb`))
}

/** The pour, KiCad's check, pictures, and what the fab wants. */
function fabrication({ name, size, layout, keepouts }: Board, folder: string) {
  const file = join(folder, `${name}.kicad_pcb`)
  const drawn = readFileSync(join(scratch, `${name}.kicad_pcb`), "utf8")
  const vias = withSingleVias(drawn, layout.rules.viaDiameter, 0.3)
  writeFileSync(
    file,
    withZone(vias, { net: layout.pour, ...size, inset: layout.rules.edge, keepouts }),
  )
  writeFileSync(join(folder, `${name}.kicad_pro`), `${JSON.stringify(PROJECT, null, 2)}\n`)
  run("/usr/bin/python3", join(hardware, "board/tools/fill.py"), file)
  const report = join(scratch, "drc.json")
  kicad("drc", "--severity-all", "--format", "json", "-o", report, file)
  const { violations, unconnected_items } = JSON.parse(readFileSync(report, "utf8"))
  const found: Json[] = [...violations, ...unconnected_items]
  writeFileSync(
    join(folder, "kicad-check.txt"),
    [
      `${found.length} violations, ${unconnected_items.length} unconnected`,
      ...found.map(
        (v) =>
          `${v.severity} ${v.type}: ${v.description}: ${v.items.map((i: Json) => i.description).join(" / ")}`,
      ),
      "",
    ].join("\n"),
  )
  for (const [side, layers] of [
    ["top", "F.Cu,F.SilkS,Edge.Cuts"],
    ["bottom", "B.Cu,Edge.Cuts"],
  ]) {
    const plot = [
      "--mode-single",
      "--page-size-mode",
      "2",
      "--exclude-drawing-sheet",
      "--layers",
      layers,
    ]
    kicad("export", "svg", ...plot, "-o", join(folder, `${side}.svg`), file)
    kicad(
      "render",
      "--side",
      side,
      "--quality",
      "basic",
      "--width",
      "1400",
      "--height",
      "1100",
      "-o",
      join(folder, `${side}.png`),
      file,
    )
  }
  const fab = join(scratch, `${name}-fab`)
  mkdirSync(fab)
  const layers = "F.Cu,B.Cu,F.Mask,B.Mask,F.Paste,F.SilkS,B.SilkS,Edge.Cuts"
  kicad("export", "gerbers", "--layers", layers, "--subtract-soldermask", "-o", fab, file)
  kicad(
    "export",
    "drill",
    "--format",
    "excellon",
    "--excellon-units",
    "mm",
    "--excellon-separate-th",
    "-o",
    `${fab}/`,
    file,
  )
  const files = Object.fromEntries(
    readdirSync(fab).map((entry) => [entry, strToU8(readFileSync(join(fab, entry), "utf8"))]),
  )
  writeFileSync(
    join(folder, "gerbers.zip"),
    zipSync(files, { level: 9, mtime: new Date(2000, 0, 1) }),
  )
  rmSync(file.replace("_pcb", "_prl"), { force: true })
  const errors = found.filter((v) => v.severity === "error").length
  return { kicadErrors: errors, kicadWarnings: found.length - errors }
}
