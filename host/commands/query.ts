import { join } from "node:path"
import type { Command } from "commander"
import { mirror } from "../lake/mirror"
import { openBucket } from "../lake/open"
import { query } from "../lake/query"
import { prefixesOf } from "../lake/tables"
import { S3Bucket } from "../lake/s3Bucket"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText } from "./common/print"
import { textTable } from "./common/textTable"

interface QueryOptions extends DataOptions, JsonOptions {
  lake: string
}

export function addQuery(program: Command): void {
  const command = program
    .command("query")
    .description("ask a dataset in SQL, by DuckDB: the tables are records, cycles and tests")
    .argument("<sql>", "one query")
    .requiredOption("--lake <address>", "the dataset: a folder, or s3://BUCKET/PREFIX")
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nOf a bucket the data folder keeps a copy, of which only what is new is fetched, and only of tables that the" +
        "\nquery names." +
        "\n\nExamples:\n  coincell query --lake lake 'DESCRIBE cycles'" +
        "\n  coincell query --lake lake 'SELECT test, max(discharging_capacity_Ah) FROM cycles GROUP BY test'",
    )
    .action(run)
}

async function run(sql: string, { lake, data, json }: QueryOptions): Promise<void> {
  const { columns, rows } = await query(await folderOf(lake, data, sql), sql)
  if (json)
    printJson(rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))))
  else printText(textTable(columns, rows))
}

async function folderOf(lake: string, data: string, sql: string): Promise<string> {
  const bucket = openBucket(lake)
  if (!(bucket instanceof S3Bucket)) return bucket.name
  const folder = join(data, "lakes", encodeURIComponent(bucket.name))
  await mirror(bucket, folder, prefixesOf(sql))
  return folder
}
