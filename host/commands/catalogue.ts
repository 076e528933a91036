import { type Command, InvalidArgumentError, Option } from "commander"
import { TesterError } from "../errors"
import { type Row, TABLES, type Table } from "../catalogue/catalogue"
import { COLUMNS } from "../catalogue/columns"
import { openCatalogue } from "../catalogue/open"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"
import { textTable } from "./common/textTable"

interface CatalogueOptions extends DataOptions, JsonOptions {
  catalog?: string
  where: Record<string, string>
}

export function addCatalogue(program: Command): void {
  const command = program
    .command("catalogue")
    .alias("catalog")
    .description("list what agents have noted of a lab: boards, tests, cells, and who ordered what")
    .argument("<table>", Object.keys(TABLES).join(", "))
    .option(
      "--catalog <address>",
      "postgres://USER:PASSWORD@HOST/DATABASE, or a file; without it catalogue.jsonl in the data folder",
    )
    .addOption(
      new Option("--where <column=value>", "those alone, such as project=anodes")
        .argParser(where)
        .default({}),
    )
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nExamples:\n  coincell catalogue tests --where project=anodes --where state=running" +
        "\n  coincell catalogue boards --catalog postgres://lab@db/lab",
    )
    .action(list)
}

async function list(name: string, options: CatalogueOptions): Promise<void> {
  if (!(name in TABLES))
    throw new TesterError(`There is no table ${name}: there are ${Object.keys(TABLES).join(", ")}.`)
  const table = name as Table
  const columns = ["lab", ...Object.keys(COLUMNS[table])]
  const unknown = Object.keys(options.where).find((column) => !columns.includes(column))
  if (unknown !== undefined)
    throw new TesterError(`${table} have no ${unknown}: they have ${columns.join(", ")}.`)
  const catalogue = openCatalogue(options.catalog, options.data)
  try {
    const isMeant = (row: Row) =>
      Object.entries(options.where).every(([column, value]) => String(row[column]) === value)
    const rows = (await catalogue.rows(table)).filter(isMeant)
    if (options.json) printJson(rows)
    else if (rows.length === 0) printText(`No ${table} in ${catalogue.name}.`)
    else printText(tableOf(columns, rows))
  } finally {
    await catalogue.close()
  }
}

/** Columns of which nothing is known are left out. */
function tableOf(columns: string[], rows: Row[]): string {
  const known = columns.filter((column) => rows.some((row) => (row[column] ?? null) !== null))
  return textTable(
    known,
    rows.map((row) => known.map((column) => row[column])),
  )
}

function where(text: string, before: Record<string, string>): Record<string, string> {
  const [, column, value] = /^(\w+)=(.*)$/.exec(text) ?? []
  if (column === undefined) throw new InvalidArgumentError("Write it as column=value.")
  return { ...before, [column]: value }
}
