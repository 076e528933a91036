import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Command } from "commander"
import { BoardClient } from "../boardClient"
import { CALIBRATION_TEST, calibrate } from "../calibrate"
import { TesterError } from "../errors"
import { exportTest } from "../formats/export"
import { platingAndStripping } from "../protocol/platingAndStripping"
import { cycleReport } from "../report/cycles/cycleReport"
import { tableText } from "../report/cycles/text"
import { endText } from "../report/remarks"
import type { Session } from "../session"
import { planTest, startTests } from "../start"
import { download } from "../store/download"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { startSimulatedBoard } from "../transport/simulated"
import { wholeNumber } from "./common/options"
import { printText } from "./common/print"
import { showProgress } from "./common/progress"
import { exportedTest } from "./export"

/** The four cells of the demonstration: two anodes of one paper, mild and harsh. */
const CELLS = [
  { name: "bare Li, 1 mA cm⁻²", simulated: "Ma2024 bare Li, 1 mA/cm2", current: 1 },
  { name: "K-Li@AlN, 1 mA cm⁻²", simulated: "Ma2024 K-Li@AlN, 1 mA/cm2", current: 1 },
  { name: "bare Li, 20 mA cm⁻²", simulated: "Ma2024 bare Li, 20 mA/cm2", current: 20 },
  { name: "K-Li@AlN, 20 mA cm⁻²", simulated: "Ma2024 K-Li@AlN, 20 mA/cm2", current: 20 },
]
/** 14 mm discs. */
const AREA_cm2 = 1.539
const SEED = 1
/** Virtual time between two looks at the board. */
const LOOK_EVERY_ms = 600_000

export function addDemo(program: Command): void {
  program
    .command("demo")
    .description("cycle four simulated Li‖Li cells on a simulated board and print what it measured")
    .option("--cycles <n>", "cycles of each cell", (text) => wholeNumber(text, 1, 1000), 5)
    .option(
      "-d, --data <folder>",
      "where the tests, the exports and the figure go",
      "coincell-data/demo",
    )
    .action((options: { cycles: number; data: string }) => demo(options.cycles, options.data))
}

async function demo(cycles: number, folder: string): Promise<void> {
  const started_ms = performance.now()
  const store = Store.open(folder)
  const session = await calibratedBoard()
  const { link, board } = session
  const tests = await startTests(session, store, plans(cycles))
  await follow(session, tests, cycles)
  await download(session, store.board(board.id))
  const virtual_s = link.now_ms / 1000
  await session.close()
  const stored = tests.map(({ id }) => store.test(id))
  printText(table(stored))
  await writeFiles(stored, folder)
  printText(pointers(stored, folder))
  const wall_s = (performance.now() - started_ms) / 1000
  printText(
    `${(virtual_s / 3600).toFixed(1)} h of testing in ${wall_s.toFixed(0)} s: ` +
      `${(virtual_s / wall_s).toFixed(0)} times real time, calibration, export and plot included.`,
  )
}

async function calibratedBoard(): Promise<Session> {
  printText("A simulated four-channel board runs the tester's firmware in DeviceScript's own VM.")
  const cells = CELLS.map((cell) => cell.simulated)
  const { link, bench } = await startSimulatedBoard({ seed: SEED, cells })
  const board = await BoardClient.find(link)
  await board.setTime(link.unixTime_ms)
  const problem = await board.problem()
  if (problem !== "") throw new TesterError(`The board cannot test: ${problem}.`)
  printText("Two-point calibration against a bench meter and a 100 Ω standard …")
  const channels = CELLS.map((_, channel) => channel)
  const now_s = Math.floor(link.unixTime_ms / 1000)
  await calibrate(link, board, bench, channels, CALIBRATION_TEST, now_s)
  const firmware = await board.firmware()
  return { link, board, firmware, isSimulated: true, close: () => link.close() }
}

/** What a person would write into two files for each cell. */
function plans(cycles: number) {
  return CELLS.map(({ name, simulated, current }, channel) => {
    const protocol = platingAndStripping({
      current_density_mA_per_cm2: current,
      areal_capacity_mAh_per_cm2: current,
      cycles,
    })
    const cell = {
      name,
      type: "Li||Li",
      area_cm2: AREA_cm2,
      institution: "coincell",
      comment: `Simulated: ${simulated}.`,
    }
    return planTest(
      channel,
      { fileName: "plating-and-stripping.json", text: JSON.stringify(protocol, null, 2) },
      { fileName: "cell.yaml", text: `${JSON.stringify(cell, null, 2)}\n` },
    )
  })
}

/** Waits for all channels to end, showing how far they are. */
async function follow(
  { link, board }: Session,
  tests: readonly StoredTest[],
  cycles: number,
): Promise<void> {
  const progress = showProgress("cycling")
  const expected_s = cycles * 7200 + 60
  for (;;) {
    await link.sleep_ms(LOOK_EVERY_ms)
    const statuses = []
    for (const { channel } of tests) statuses.push(await board.status(channel))
    const time_s = Math.max(...statuses.map((status) => status.testTime_s))
    const voltages = statuses.map((one) => `${(1000 * one.voltage_V).toFixed(1)} mV`).join("  ")
    progress.update(
      time_s / expected_s,
      `| ${(time_s / 3600).toFixed(1)} h of cell time | ${voltages}`,
    )
    if (statuses.every((status) => status.state !== "Running" && status.state !== "Zeroing")) break
  }
  progress.stop()
}

/** The cycles of all cells, and how those ended that did not reach their protocol's end. */
function table(tests: readonly StoredTest[]): string {
  const reports = tests.map((test) => ({
    name: test.cell.name,
    report: cycleReport(test.reader(), test.cell),
  }))
  const early = reports.filter(({ report }) => report.about.end?.kind !== "finished")
  return [
    ...tableText(reports),
    ...early.map(({ name, report }) => `${name}: ${endText(report.about)}`),
    "",
  ].join("\n")
}

async function writeFiles(tests: readonly StoredTest[], folder: string): Promise<void> {
  for (const test of tests) await exportTest(exportedTest(test), "bdf", join(folder, "export"))
  const { plotCells } = await import("../report/plot")
  const cells = tests.map((test) => ({ name: test.cell.name, records: () => test.reader() }))
  writeFileSync(join(folder, "cycles.svg"), await plotCells(cells))
}

/** Where everything is, and which commands show more of it. */
function pointers(tests: readonly StoredTest[], folder: string): string {
  const { id } = tests[0]
  return [
    "",
    `Plot:     ${join(folder, "cycles.svg")}`,
    `Exports:  ${join(folder, "export", "*.bdf.csv")} (Battery Data Format 1.3)`,
    `Store:    ${folder} (the board's pages as they came, a folder for each test)`,
    `More:     npx coincell list --data ${folder}`,
    `          npx coincell analyse ${id} --data ${folder}`,
    `          npx coincell report ${id} --data ${folder}`,
  ].join("\n")
}
