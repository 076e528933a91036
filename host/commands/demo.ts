import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { SingleBar } from "cli-progress"
import type { Command } from "commander"
import { cycleTable } from "../analysis/cycles"
import { BoardClient } from "../boardClient"
import { calibrate } from "../calibrate"
import { TesterError } from "../errors"
import { exportBdf } from "../formats/bdfFiles"
import { decodeTests, readWholeLog } from "../log/read"
import type { LoggedTest } from "../log/samples"
import { circuit } from "../manifest"
import { compileProtocol } from "../protocol/compile"
import { platingAndStripping } from "../protocol/platingAndStripping"
import { formatCycleTable } from "../report/table"
import * as service from "../service"
import type { Link } from "../transport/link"
import { startSimulatedBoard } from "../transport/simulated"

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
const CALIBRATION_TEST = 1
const CYCLING_TEST = 2
/** Virtual time between two looks at the board. */
const LOOK_EVERY_ms = 600_000

export function addDemo(program: Command): void {
  program
    .command("demo")
    .description("cycle four simulated Li‖Li cells on a simulated board and print what it measured")
    .option("--cycles <n>", "cycles of each cell", "5")
    .option("--out <folder>", "where the log, the exports and the plot go", "coincell-data/demo")
    .action(async (options: { cycles: string; out: string }) => {
      const cycles = Number(options.cycles)
      if (!Number.isInteger(cycles) || cycles < 1)
        throw new TesterError(`--cycles ${options.cycles}: give a whole number, 1 or more.`)
      await demo(cycles, options.out)
    })
}

async function demo(cycles: number, out: string): Promise<void> {
  const started_ms = performance.now()
  const { link, bench } = await startSimulatedBoard({
    seed: SEED,
    cells: CELLS.map((cell) => cell.simulated),
  })
  const board = await BoardClient.find(link)
  await board.setTime(link.unixTime_ms)
  const problem = await board.problem()
  if (problem !== "") throw new TesterError(`The board cannot test: ${problem}.`)
  console.log("A simulated four-channel board runs the tester's firmware in DeviceScript's own VM.")
  const channels = CELLS.map((_, channel) => channel)
  console.log("Two-point calibration against a bench meter and a 100 Ω standard …")
  const now_s = Math.floor(link.unixTime_ms / 1000)
  await calibrate(link, board, bench, channels, CALIBRATION_TEST, now_s)
  for (const [channel, cell] of CELLS.entries()) {
    const protocol = platingAndStripping({
      current_density_mA_per_cm2: cell.current,
      areal_capacity_mAh_per_cm2: cell.current,
      cycles,
    })
    const compiled = compileProtocol(protocol, { name: cell.name, area_cm2: AREA_cm2 }, circuit)
    await board.start(channel, CYCLING_TEST, compiled.bytes)
  }
  const start_unix_s = Math.round(link.unixTime_ms / 1000)
  await follow(link, board, channels, cycles)
  const log = await readWholeLog(link, board)
  const tests = decodeTests(log).filter((test) => test.test === CYCLING_TEST)
  const virtual_s = link.now_ms / 1000
  await link.close()
  await present(tests, log, start_unix_s, out)
  const wall_s = (performance.now() - started_ms) / 1000
  console.log(
    `${(virtual_s / 3600).toFixed(1)} h of testing in ${wall_s.toFixed(0)} s: ` +
      `${(virtual_s / wall_s).toFixed(0)} times real time, calibration, export and plot included.`,
  )
}

/** Waits for all channels to end, showing how far they are. */
async function follow(
  link: Link,
  board: BoardClient,
  channels: number[],
  cycles: number,
): Promise<void> {
  const bar = new SingleBar({
    format: "cycling {bar} {percentage} % | {hours} h of cell time | {cells}",
    hideCursor: true,
    clearOnComplete: true,
  })
  const expected_s = cycles * 7200 + 60
  bar.start(expected_s, 0, { hours: "0.0", cells: "" })
  for (;;) {
    await link.sleep_ms(LOOK_EVERY_ms)
    const statuses = []
    for (const channel of channels) statuses.push(await board.status(channel))
    const time_s = Math.max(...statuses.map((status) => status.testTime_s))
    bar.update(Math.min(time_s, expected_s), {
      hours: (time_s / 3600).toFixed(1),
      cells: statuses.map((one) => `${(1000 * one.voltage_V).toFixed(1)} mV`).join("  "),
    })
    if (statuses.every((status) => status.state !== "Running" && status.state !== "Zeroing")) break
  }
  bar.stop()
}

/** Prints the table; writes the log as it came, the exports and the plot. */
async function present(
  tests: LoggedTest[],
  log: Uint8Array,
  start_unix_s: number,
  out: string,
): Promise<void> {
  const cells = tests.map((test) => ({ ...test, name: CELLS[test.channel].name }))
  console.log(
    formatCycleTable(
      cells.map(({ name, samples }) => ({
        name,
        rows: cycleTable(samples, { area_cm2: AREA_cm2 }),
      })),
    ),
  )
  for (const { name, end } of cells)
    if (end?.kind !== "finished")
      console.log(
        `${name}: ${end?.kind === "fault" ? `stopped by ${service.enumName("Fault", end.fault)}` : "not finished"}.`,
      )
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, "log.bin"), log)
  for (const { name, channel, samples } of cells) {
    const about = {
      institution: "coincell",
      cell: name,
      channel: String(channel),
      area_cm2: AREA_cm2,
      start_unix_s,
      instrument: "coincell, simulated board",
      protocol: "plating and stripping",
      isSimulated: true,
    }
    await exportBdf(about, samples, out)
  }
  const { plotCells } = await import("../report/plot")
  const plot = join(out, "cycles.svg")
  writeFileSync(plot, await plotCells(cells))
  console.log(`Plot:     ${plot}`)
  console.log(`Exports:  ${join(out, "*.bdf.csv")} (Battery Data Format 1.3)`)
  console.log(`Log:      ${join(out, "log.bin")} (the board's pages as they came)`)
}
