import { type Command, InvalidArgumentError, Option } from "commander"
import { TesterError } from "../errors"
import { type Catalogue, type Row, TABLES, type Table } from "../catalogue/catalogue"
import { COLUMNS } from "../catalogue/columns"
import { openCatalogue } from "../catalogue/open"
import { OPERATOR_COLUMNS, operators } from "../catalogue/operators"
import { textColumns } from "../report/catalogueColumns"
import { catalogOption } from "./common/catalog"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"
import { textTable } from "./common/textTable"

interface CatalogueOptions extends DataOptions, JsonOptions {
  catalog?: string
  where: Record<string, string>
}

/** What is told of operators is worked out from the others. */
const NAMES = [...Object.keys(TABLES), "operators"]

export function addCatalogue(program: Command): void {
  const command = program
    .command("catalogue")
    .alias("catalog")
    .description("list a lab's boards, tests, cells, operators, and who did what and why")
    .argument("<table>", NAMES.join(", "))
    .addOption(catalogOption())
    .addOption(
      new Option(
        "--where <column=value>",
        "those alone, such as project=anodes; --json tells all columns",
      )
        .argParser(where)
        .default({}, "all"),
    )
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nActions are noted by all commands and pages that start, pause, resume, stop or calibrate. Boards, tests and" +
        "\ncells are noted by 'coincell agent', and by 'coincell serve' with a --catalog." +
        "\n\nExamples:\n  coincell catalogue actions --where action=stop" +
        "\n  coincell catalogue tests --where project=anodes --where state=running" +
        "\n  coincell catalogue boards --catalog postgres://lab@db/lab",
    )
    .action(list)
}

async function list(table: string, options: CatalogueOptions): Promise<void> {
  if (!NAMES.includes(table))
    throw new TesterError(`There is no table ${table}: there are ${NAMES.join(", ")}.`)
  const columns =
    table in TABLES ? ["lab", ...Object.keys(COLUMNS[table as Table])] : OPERATOR_COLUMNS
  const unknown = Object.keys(options.where).find(
    (column) => !columns.some((one) => one === column),
  )
  if (unknown !== undefined)
    throw new TesterError(`${table} have no ${unknown}: they have ${columns.join(", ")}.`)
  const catalogue = openCatalogue(options.catalog || undefined, options.data)
  try {
    const isMeant = (row: Row) =>
      Object.entries(options.where).every(([column, value]) => String(row[column]) === value)
    const rows = (await rowsOf(catalogue, table)).filter(isMeant)
    if (options.json) printJson(rows)
    else if (rows.length === 0) printText(`No ${table} in ${catalogue.name}.`)
    else printText(tableOf(table, columns, rows))
  } finally {
    await catalogue.close()
  }
}

function rowsOf(catalogue: Catalogue, table: string): Promise<Row[]> {
  return table in TABLES ? catalogue.rows(table as Table) : operators(catalogue)
}

/** Columns of which nothing is known are left out. */
function tableOf(table: string, names: readonly string[], rows: Row[]): string {
  const columns =
    textColumns(table, Date.now() / 1000) ??
    names.map((name) => [name, (row: Row) => row[name]] as const)
  const known = columns.filter(([, text]) => rows.some((row) => (text(row) ?? null) !== null))
  return textTable(
    known.map(([head]) => head),
    rows.map((row) => known.map(([, text]) => text(row))),
  )
}

function where(text: string, before: Record<string, string>): Record<string, string> {
  const [, column, value] = /^(\w+)=(.*)$/.exec(text) ?? []
  if (column === undefined) throw new InvalidArgumentError("Write it as column=value.")
  return { ...before, [column]: value }
}
