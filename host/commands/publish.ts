import type { Command } from "commander"
import { openBucket } from "../lake/open"
import { checkLab } from "../lake/places"
import { publishStore } from "../lake/publish"
import { Store } from "../store/store"
import { EXIT } from "./common/exit"
import { withInterrupt } from "./common/interrupt"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText, tell } from "./common/print"

interface PublishOptions extends DataOptions, JsonOptions {
  lake: string
  lab: string
}

export function addPublish(program: Command): void {
  const command = program
    .command("publish")
    .description("bring what is stored of finished days and tests into a dataset that hosts share")
    .requiredOption("--lake <address>", "the dataset: a folder, or s3://BUCKET/PREFIX")
    .requiredOption("--lab <name>", "what this lab is called in it")
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nA day of a test is written once it is over, as a Parquet file; what is there stays as it is, so this may be" +
        "\nrun as often as you like, and killed. Several hosts may publish into one dataset. A bucket's keys and place" +
        "\nare taken from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL." +
        "\n\nExamples:\n  coincell publish --lake /mnt/lab/lake --lab anode-group" +
        "\n  coincell query --lake /mnt/lab/lake 'SELECT test, max(cycle) FROM cycles GROUP BY test'",
    )
    .action((options: PublishOptions) => withInterrupt((signal) => publish(options, signal)))
}

async function publish(options: PublishOptions, signal: AbortSignal): Promise<void> {
  const { lake, json } = options
  const bucket = openBucket(lake)
  const tests: { test: string; days: number; records: number }[] = []
  await publishStore(checkLab(options.lab), Store.open(options.data), bucket, {
    signal,
    onPublished: (test, published) => {
      tests.push({ test, ...published })
      if (!json) printText(`${test}: ${published.records} records of ${days(published.days)}`)
    },
    onProblem: (test, error) => {
      tell(`${test} is not published: ${error.message}`)
      process.exitCode = EXIT.error
    },
  })
  if (json) printJson({ lake: bucket.name, tests })
  else if (tests.length === 0) printText(`Nothing new for ${bucket.name}.`)
}

function days(count: number): string {
  return count === 1 ? "one day" : `${count} days`
}
