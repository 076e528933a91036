import { cpus } from "node:os"
import { type Command, Option } from "commander"
import { TesterError } from "../errors"
import { runInChild } from "../papers/child"
import { readDone } from "../papers/done"
import { folderOf } from "../papers/folder"
import type { Paper, Run, RunResult } from "../papers/paper"
import { papers } from "../papers/papers"
import { estimate_s, fingerprint } from "../papers/planRun"
import { doAll } from "../papers/pool"
import { listText } from "../papers/report/list"
import { writeReport } from "../papers/report/write"
import { runTest } from "../papers/runTest"
import { runsOf, selectRows } from "../papers/select"
import { storedResult } from "../papers/storedResult"
import { duration } from "../report/words"
import { ENGINES, type EngineName } from "../transport/simulated"
import { withInterrupt } from "./common/interrupt"
import { addData, type DataOptions, positiveNumber, wholeNumber } from "./common/options"
import { printJsonLine, printText, tell } from "./common/print"
import { showProgress } from "./common/progress"

interface PapersOptions extends DataOptions {
  engine: EngineName
  jobs: number
  only: string[]
  maxHours: number
  out: string
  list?: true
  run?: string
  json?: true
}

export function addPapers(program: Command): void {
  const command = program
    .command("papers")
    .description(
      "run the tests of five lithium-metal papers on simulated cells: paper against tester",
    )
    .argument("[key...]", "papers, such as Ma2024; all of them unless given")
    .addOption(
      new Option("--engine <name>", "runs the firmware compiled for Node, or in DeviceScript's VM")
        .choices(ENGINES)
        .default("native"),
    )
    .option(
      "-j, --jobs <n>",
      "how many runs at once",
      (text) => wholeNumber(text, 1, 256),
      cpus().length,
    )
    .option("--only <ids>", "tests by their ids, such as P0-T01,P0-T07", idList, [])
    .option(
      "--max-hours <hours>",
      "leaves out runs of more cell time than that, and says so",
      positiveNumber,
      Number.POSITIVE_INFINITY,
    )
    .option("-o, --out <folder>", "where papers.html and papers.md go", ".")
    .option("--list", "tell which papers, tests and runs there are")
    .addOption(new Option("--run <key>", "do this one run").hideHelp())
    .addOption(new Option("--json", "progress as lines of JSON").hideHelp())
  addData(command)
    .addHelpText(
      "after",
      "\nThe engine 'native' is the default here, because the papers are years of cell time; the VM leaves the same" +
        "\nbytes and takes ten times as long. Runs that are done are kept in the data folder and not run again," +
        "\nunless protocol, cell or firmware have changed. Ctrl-C stops, writes what there is, and the same command goes on." +
        "\n\nExamples:\n  coincell papers --list\n  coincell papers Ma2024 --max-hours 300\n  coincell papers --only P0-T01",
    )
    .action((keys: string[], options: PapersOptions) => run(keys, options))
}

function idList(text: string): string[] {
  return text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "")
}

async function run(keys: string[], options: PapersOptions): Promise<void> {
  if (options.run !== undefined) return runOne(options.run, options)
  const chosen = selectRows(papers, keys, options.only)
  if (options.list) return printText(listText(chosen))
  await runAll(chosen, options)
}

/** One run in this process, for `runInChild`. */
async function runOne(key: string, { engine, data }: PapersOptions): Promise<void> {
  const one = runsOf(papers).find((run) => run.key === key)
  if (one === undefined)
    throw new TesterError(`No run ${key}: 'coincell papers --list' shows them.`)
  const onProgress = (progress: unknown) => printJsonLine({ progress })
  printJsonLine({ done: await runTest(one, { engine, folder: folderOf(data, key), onProgress }) })
}

async function runAll(chosen: readonly Paper[], options: PapersOptions): Promise<void> {
  const { data, maxHours, out } = options
  const absent = new Map<string, string>()
  const tasks = []
  for (const one of runsOf(chosen)) {
    const expected_s = estimate_s(one)
    if (isDone(one, data)) continue
    if (expected_s > maxHours * 3600)
      absent.set(one.key, `${duration(expected_s)} are more than --max-hours ${maxHours}`)
    else tasks.push({ key: one.key, expected_s })
  }
  const { failures, isStopped } = await doTasks(tasks, options)
  if (isStopped) tell("Stopped. What is finished is kept: the same command goes on.")
  for (const [key, { message }] of failures) absent.set(key, message)
  const results = new Map<string, RunResult>()
  for (const one of runsOf(chosen)) {
    const result = storedResult(one, folderOf(data, one.key))
    if (result !== undefined) results.set(one.key, result)
    else if (!absent.has(one.key)) absent.set(one.key, `${one.key} was stopped before its end`)
  }
  const written = await writeReport(chosen, { results, absent }, out)
  printText(`${written.counts}\n${written.files.join("\n")}`)
  throwFailures(failures)
}

async function doTasks(
  tasks: readonly { key: string; expected_s: number }[],
  { engine, data, jobs }: PapersOptions,
): Promise<{ failures: Map<string, Error>; isStopped: boolean }> {
  if (tasks.length === 0) return { failures: new Map(), isStopped: false }
  const total_s = tasks.reduce((sum, { expected_s }) => sum + expected_s, 0)
  tell(
    `${tasks.length} runs, ${duration(total_s)} of cell time, ${jobs} at once, engine ${engine}.`,
  )
  const bar = showProgress("papers")
  try {
    return await withInterrupt(async (signal) => {
      const failures = await doAll(tasks, {
        jobs,
        signal,
        start: async ({ key }, onProgress) => {
          await runInChild(key, { engine, data, signal, onProgress })
          // Without a bar, hours would pass in silence.
          if (!process.stderr.isTTY && !signal.aborted) tell(`${key} is done.`)
        },
        onProgress: ({ done, count, share, running }) =>
          bar.update(share, `${done}/${count} ${running.map(({ key }) => key).join(", ")}`),
      })
      return { failures, isStopped: signal.aborted }
    })
  } finally {
    bar.stop()
  }
}

function isDone(one: Run, data: string): boolean {
  return readDone(folderOf(data, one.key))?.fingerprint === fingerprint(one)
}

/** What a person can mend is told together; a mistake of ours with its trace. */
function throwFailures(failures: ReadonlyMap<string, Error>): void {
  const all = [...failures.values()]
  const bug = all.find((error) => !(error instanceof TesterError))
  if (bug !== undefined) throw bug
  if (all.length > 0)
    throw new TesterError(
      [...failures].map(([key, { message }]) => `${key}: ${message}`).join("\n"),
    )
}
