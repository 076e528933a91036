import { dirname } from "node:path"
import type { Command } from "commander"
import { platingSign } from "../cell"
import { cycleReport } from "../report/cycles/cycleReport"
import { reportHtml } from "../report/html/report"
import { makeFolder, writeFile } from "../store/files"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"

interface ReportOptions extends DataOptions, JsonOptions {
  out?: string
  svg?: string
}

export function addReport(program: Command): void {
  const command = program
    .command("report")
    .description(
      "write one test as a page to keep, print or send: figure, cycles, cell, protocol, instrument",
    )
    .argument("<test>", "id of a test, or the name of its cell, as 'list' shows them")
    .option("-o, --out <file>", "the HTML file; the test's id with .html unless given")
    .option("--svg <file>", "the figure alone; without --out no page is written")
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nThe page holds all that it shows and loads nothing. A test may still be running." +
        "\n\nExample:\n  coincell report KX42-0-7 --out bare-lithium.html",
    )
    .action(run)
}

async function run(name: string, options: ReportOptions): Promise<void> {
  const test = Store.open(options.data).test(name)
  // Vega takes half a second to load, which other commands need not wait for.
  const { plotCells } = await import("../report/plot")
  const plot = await plotCells([
    { name: test.cell.name, records: () => test.reader(), platingSign: platingSign(test.cell) },
  ])
  const { svg } = options
  const out = options.out ?? (svg === undefined ? `${test.id}.html` : undefined)
  if (svg !== undefined) write(svg, plot)
  if (out !== undefined) write(out, reportOf(test, plot))
  if (options.json) printJson({ id: test.id, html_file: out, svg_file: svg })
  else for (const file of [out, svg]) if (file !== undefined) printText(`${test.id}: ${file}`)
}

/** A stored test as a page. @param plot its figure, SVG */
export function reportOf(test: StoredTest, plot: string): string {
  const { id, cell, about, protocol } = test
  const report = cycleReport(test.reader(), cell, { overwritten: test.gaps() })
  return reportHtml({ id, cell, file: about, protocol, report, plot })
}

function write(file: string, content: string): void {
  makeFolder(dirname(file))
  writeFile(file, content)
}
