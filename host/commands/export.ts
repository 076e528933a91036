import { existsSync } from "node:fs"
import { join } from "node:path"
import { type Command, Option } from "commander"
import { TesterError } from "../errors"
import { type Exported, exportTest, FORMATS, type Format } from "../formats/export"
import type { ExportedTest } from "../formats/exportedTest"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { withInterrupt } from "./common/interrupt"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText, tell } from "./common/print"
import { showProgress } from "./common/progress"

interface ExportOptions extends DataOptions, JsonOptions {
  format: Format
  out: string
}

export function addExport(program: Command): void {
  const command = program
    .command("export")
    .description("write stored tests into files for other programs; a test may still be running")
    .argument("<tests...>", "their ids, as coincell list shows them, or all")
    .addOption(
      new Option("-f, --format <format>", formatsText())
        .choices(Object.keys(FORMATS))
        .default("bdf"),
    )
    .option("-o, --out <folder>", "where the files go", "coincell-export")
  addJson(addData(command)).action((names: string[], options: ExportOptions) =>
    withInterrupt((signal) => exportTests(names, options, signal)),
  )
}

async function exportTests(
  names: string[],
  { data, format, out, json }: ExportOptions,
  signal: AbortSignal,
): Promise<void> {
  const store = Store.open(data)
  const tests = testsNamed(store, names)
  if (names.includes("all"))
    for (const { problem } of store.brokenTests()) tell(`Not exported: ${problem.message}`)
  const done: Exported[] = []
  try {
    for (const test of tests) done.push(await exportOne(test, format, out, signal))
  } catch (error) {
    if (!signal.aborted) throw error
    tell(`Ended after ${done.length} of ${tests.length} tests; no file is left half written.`)
  }
  if (json) printJson(done.map(jsonOf))
  else for (const one of done) printText(sentenceOf(one))
}

async function exportOne(
  test: StoredTest,
  format: Format,
  out: string,
  signal: AbortSignal,
): Promise<Exported> {
  const end_s = test.summary().last?.time_s ?? 0
  const progress = showProgress(test.id)
  try {
    return await exportTest(exportedTest(test), format, out, {
      signal,
      onRecords: (records, time_s) =>
        progress.update(end_s > 0 ? time_s / end_s : 0, `${records} records`),
    })
  } finally {
    progress.stop()
  }
}

/** @throws TesterError when a name is no test's */
function testsNamed(store: Store, names: string[]): StoredTest[] {
  if (!names.includes("all")) return [...new Set(names)].map((name) => store.test(name))
  const tests = store.tests()
  if (tests.length > 0) return tests
  throw new TesterError(
    `No test is stored in ${store.folder}: 'coincell download' fetches what the boards have, and --data names ` +
      "another folder.",
  )
}

/** A stored test as the formats take it. */
export function exportedTest(test: StoredTest): ExportedTest {
  const reader = test.reader()
  const cellFile = join(test.folder, "cell.yaml")
  return {
    id: test.id,
    board: test.board,
    boardName: test.boardName,
    channel: test.channel,
    test: test.test,
    started: test.about.started,
    firmware: test.about.firmware,
    calibrationStandard: test.about.calibration_standard,
    overwritten: test.gaps(),
    isSimulated: test.about.simulated ?? false,
    protocol: test.protocol?.fileName,
    cell: existsSync(cellFile) ? test.cell : undefined,
    cellFile,
    records: reader,
    about: () => reader.about,
  }
}

function formatsText(): string {
  const list = Object.entries(FORMATS).map(([format, text]) => `${format}: ${text}`)
  return list.join("; ")
}

function jsonOf({ metadataFile, about, ...exported }: Exported) {
  return {
    ...exported,
    metadata_file: metadataFile,
    is_running: about.end === undefined,
    gaps: about.gaps,
    lost_pages: about.lostPages,
    duplicate_pages: about.duplicatePages,
  }
}

function sentenceOf({ test, file, records, about }: Exported): string {
  const notes = [
    about.end === undefined ? "not ended" : "",
    about.gaps.length > 0 ? `${about.gaps.length} gaps` : "",
    about.lostPages > 0 ? `${about.lostPages} log pages lost` : "",
  ].filter((note) => note !== "")
  const more = notes.length > 0 ? ` (${notes.join(", ")})` : ""
  return `${test}: ${records} records in ${file}${more}`
}
