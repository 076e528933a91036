import type { Command } from "commander"
import { type Cell, readCell } from "../cell"
import { TesterError } from "../errors"
import { type Check, checkProtocol } from "../protocol/check"
import { checkJson } from "../protocol/check/json"
import { checkText } from "../protocol/check/text"
import {
  aboutExample,
  cellPathOfExample,
  exampleCellNames,
  exampleNames,
  resolveCellPath,
  resolveProtocolPath,
} from "../protocol/examples"
import { cellJsonSchema, protocolJsonSchema } from "../protocol/jsonSchema"
import { toUnicycler } from "../protocol/unicyclerExport"
import { EXIT } from "./common/exit"
import { addJson, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"
import { readText } from "./common/readText"

interface CheckOptions extends JsonOptions {
  cell?: string
  export?: string
  schema?: string | true
  examples?: true
}

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .argument("[protocol]", "a protocol's file, YAML or JSON, or example:NAME")
    .description("check a protocol for a cell: what it does, how long it takes, what is wrong")
    .option("--cell <file>", "the cell's file, or example:NAME; an example knows its own")
    .option("--export <format>", "print the protocol in another format: unicycler")
    .option("--schema [what]", "print the JSON Schema of a protocol's file, or of a cell's")
    .option("--examples", "list the ready protocols")
  addJson(command)
    .addHelpText(
      "after",
      "\nNo board is needed. Exit code 1: there is something wrong, all of which is listed." +
        "\n\nExamples:\n  coincell check plating.yaml --cell A1.yaml" +
        "\n  coincell check example:symmetric-mild" +
        "\n  coincell check --schema > protocol.schema.json" +
        "\n    and in a protocol's first line: # yaml-language-server: $schema=protocol.schema.json",
    )
    .action((protocol: string | undefined, options: CheckOptions) => {
      if (options.schema !== undefined) printSchema(command, options.schema)
      else if (options.examples) printExamples(options)
      else if (protocol === undefined)
        command.error("error: give a protocol, or --examples, or --schema")
      else check(command, protocol, options)
    })
}

function printSchema(command: Command, what: string | true): void {
  if (what === "cell") printJson(cellJsonSchema())
  else if (what === true || what === "protocol") printJson(protocolJsonSchema())
  else command.error(`error: there is no schema of '${what}': give protocol or cell`)
}

function printExamples({ json }: JsonOptions): void {
  const examples = exampleNames().map((name) => ({ name, ...aboutExample(name) }))
  const width = Math.max(...examples.map(({ name }) => name.length))
  if (json) printJson({ examples, cells: exampleCellNames() })
  else for (const { name, title } of examples) printText(`example:${name.padEnd(width)}  ${title}`)
}

function check(command: Command, protocol: string, options: CheckOptions): void {
  if (options.export !== undefined && options.export !== "unicycler")
    command.error(`error: '${options.export}' is no format of protocols: give unicycler`)
  const text = readText(resolveProtocolPath(protocol))
  const cell = cellOf(protocol, options)
  const found = checkProtocol(text, protocol, cell)
  if (options.export !== undefined) printUnicycler(found, protocol, cell)
  else if (options.json) printJson(checkJson(found, protocol, cell))
  else printText(checkText(found, protocol, cell))
  if (found.plan === undefined) process.exitCode = EXIT.error
}

/** Without a file nothing is known of a cell, which is wrong only where a protocol needs it. */
function cellOf(protocol: string, { cell }: CheckOptions): Cell {
  if (cell !== undefined) return readCell(readText(resolveCellPath(cell)), cell)
  const own = cellPathOfExample(protocol)
  return own === undefined ? { name: "any cell" } : readCell(readText(own), own)
}

function printUnicycler(found: Check, protocol: string, cell: Cell): void {
  if (found.plan === undefined) throw new TesterError(checkText(found, protocol, cell))
  printJson(toUnicycler(found.plan.protocol, cell))
}
