import { dirname, join } from "node:path"
import type { Command } from "commander"
import { makeFolder, writeFile } from "../store/files"
import { Store } from "../store/store"
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
      "write one test as a page to keep, print or send: figures, cycles, faults and gaps, cell, protocol, calibration",
    )
    .argument("<test>", "id of a test, or the name of its cell, as 'list' shows them")
    .option("-o, --out <file>", "the HTML file; the test's id with .html unless given")
    .option(
      "--svg <folder>",
      "its figures alone, an SVG file each; without --out no page is written",
    )
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nThe page holds all that it shows and loads nothing. A test may still be running." +
        "\n\nExamples:\n  coincell report KX42-0-7 --out bare-lithium.html" +
        "\n  coincell report KX42-0-7 --svg figures",
    )
    .action(run)
}

async function run(name: string, options: ReportOptions): Promise<void> {
  const test = Store.open(options.data).test(name)
  const { id } = test
  // Vega takes half a second to load, which other commands need not wait for.
  const { testReport } = await import("../report/testReport")
  const { html, figures } = await testReport(test)
  const { svg } = options
  const out = options.out ?? (svg === undefined ? `${id}.html` : undefined)
  if (out !== undefined) write(out, html)
  const drawn = svg === undefined ? [] : figures.map((one) => join(svg, `${id}-${one.name}.svg`))
  drawn.forEach((file, i) => {
    write(file, figures[i].svg)
  })
  if (options.json) printJson({ id, html_file: out, svg_files: drawn })
  else for (const file of [out, ...drawn]) if (file !== undefined) printText(`${id}: ${file}`)
}

function write(file: string, content: string): void {
  makeFolder(dirname(file))
  writeFile(file, content)
}
