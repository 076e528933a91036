import type { Command } from "commander"
import { examine } from "../doctor/examine"
import { findingsText } from "../doctor/text"
import { EXIT } from "./common/exit"
import {
  addData,
  addJson,
  addWhere,
  type DataOptions,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { printJson, printText } from "./common/print"

export function addDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .description(
      "find what is wrong with this PC, its ports, the boards or the data, and say how to mend it",
    )
  addJson(addData(addWhere(command)))
    .addHelpText(
      "after",
      "\nIt disturbs no test. Exit code 1 when there is a problem; warnings give 0.",
    )
    .action(run)
}

async function run(options: WhereOptions & DataOptions & JsonOptions): Promise<void> {
  const findings = await examine(options)
  if (options.json) printJson({ findings })
  else printText(findingsText(findings))
  if (findings.some(({ level }) => level === "problem")) process.exitCode = EXIT.error
}
