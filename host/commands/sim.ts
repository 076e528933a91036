import { createInterface } from "node:readline"
import { type Command, InvalidArgumentError } from "commander"
import { calibrateSimulated } from "../calibrateSimulated"
import { TesterError } from "../errors"
import { manifest } from "../manifest"
import { SIMULATED_BOARD_PORT } from "../transport/open"
import { obey, openWays, serverCommands, type Ways } from "../transport/served"
import {
  BoardServer,
  simulatedCells,
  startSimulatedBoard,
  usualCells,
} from "../transport/simulated"
import { withInterrupt } from "./common/interrupt"
import { addEngine, collect, type EngineOptions, wholeNumber } from "./common/options"
import { printText, tell } from "./common/print"

interface SimOptions extends EngineOptions {
  speed: number
  seed: number
  cell?: string[]
  cells?: true
  calibration: boolean
  watchdog: boolean
  tcp: number
  pty?: string
  join?: Ways["join"]
}

export function addSim(program: Command): void {
  const command = program
    .command("sim")
    .description("run a simulated board by itself, for other commands and programs to speak to")
    .option("--speed <n>", "board seconds in a second, or max", parseSpeed, 1)
    .option("--seed <n>", "which board: everything random follows from it", seed, 1)
    .option("--cell <channel=name>", "the cell in a channel, or none; once for each", collect)
    .option("--cells", "list the cells that there are")
    .option("--no-calibration", "leave the board uncalibrated")
    .option("--no-watchdog", "without the jumper of the watchdog, as while firmware is loaded")
    .option("--tcp <port>", "TCP port on this computer; 0 for any", tcpPort, SIMULATED_BOARD_PORT)
    .option("--pty <path>", "also a serial port there (Linux, needs socat)")
    .option(
      "--join <host:port>",
      "also join a running 'devs devtools', at 127.0.0.1:8082",
      parseJoin,
    )
  addEngine(command).addHelpText("after", `\nWhile it runs, type: ${commandList()}.`).action(sim)
}

async function sim(options: SimOptions): Promise<void> {
  if (options.cells) {
    printText(simulatedCells.join("\n"))
    return
  }
  // Who asks which program holds the port is told this.
  process.title = "coincell sim"
  const cells = options.cell === undefined ? usualCells : parseCells(options.cell)
  const { seed, engine, watchdog } = options
  const { board, link, bench } = await startSimulatedBoard({ seed, cells, engine, watchdog })
  if (options.calibration) {
    tell("Calibrating the board on its bench …")
    await calibrateSimulated(link, bench)
  }
  await link.close()
  const server = new BoardServer(board, options.speed, (achieved) =>
    tell(`This computer runs the board at ${achieved.toPrecision(3)} × only.`),
  )
  await withInterrupt(async (signal) => {
    const ended = new AbortController()
    const stop = AbortSignal.any([signal, ended.signal])
    const addresses = await openWays(server, options, () => {
      tell("The program that was joined has ended.")
      ended.abort()
    })
    present(cells, options, addresses)
    const deafen = listenToPerson(server)
    try {
      await server.run(stop)
    } finally {
      deafen()
    }
  })
}

/** Says what runs, and how it is reached. */
function present(
  cells: readonly (string | undefined)[],
  { speed, seed, join }: SimOptions,
  addresses: string[],
): void {
  const pace = speed === Number.POSITIVE_INFINITY ? "as fast as it can" : `at ${speed} ×`
  printText(`A simulated board, seed ${seed}, runs ${pace}. Ctrl-C ends it.`)
  cells.forEach((cell, channel) => {
    printText(`  channel ${channel}: ${cell ?? "no cell"}`)
  })
  for (const address of addresses) printText(`  --port ${address}`)
  if (join !== undefined) printText(`  joined ${join.host}:${join.port}`)
}

/** Obeys what is typed; SIGUSR1 cuts the power or switches it on, SIGUSR2 resets. */
function listenToPerson(server: BoardServer): () => void {
  let isOn = true
  const cut = () => {
    isOn = !isOn
    obey(server, isOn ? "power" : "cut")
  }
  const reset = () => obey(server, "reset")
  process.on("SIGUSR1", cut)
  process.on("SIGUSR2", reset)
  const lines = createInterface({ input: process.stdin })
  lines.on("line", (line) => {
    if (line.trim() !== "" && !obey(server, line)) tell(`There are: ${commandList()}.`)
  })
  return () => {
    process.off("SIGUSR1", cut)
    process.off("SIGUSR2", reset)
    lines.close()
  }
}

function commandList(): string {
  return Object.entries(serverCommands)
    .map(([word, meaning]) => `${word} (${meaning})`)
    .join(", ")
}

/** "0=Ma2024 LFP" and the like; channels that are not named stay empty. */
export function parseCells(options: readonly string[]): (string | undefined)[] {
  const cells: (string | undefined)[] = Array.from({ length: manifest.channels })
  for (const option of options) {
    const [, digits, name] = /^(\d+)=(.+)$/.exec(option) ?? []
    if (digits === undefined || Number(digits) >= cells.length)
      throw new TesterError(
        `Cell '${option}': write CHANNEL=NAME, with a channel of 0 to ${cells.length - 1}, such as ` +
          `'0=${simulatedCells[0]}'. 'coincell sim --cells' lists the names.`,
      )
    cells[Number(digits)] = name === "none" ? undefined : name
  }
  return cells
}

function parseSpeed(text: string): number {
  if (text === "max") return Number.POSITIVE_INFINITY
  const speed = Number(text)
  if (speed > 0 && speed <= 1e6) return speed
  throw new InvalidArgumentError("Give a number above 0, such as 1 or 100, or max.")
}

function seed(text: string): number {
  return wholeNumber(text, 0, 999_999_999)
}

function tcpPort(text: string): number {
  return wholeNumber(text, 0, 65_535)
}

function parseJoin(text: string): Ways["join"] {
  const [, host, digits] = /^(.+):(\d+)$/.exec(text) ?? []
  if (host === undefined) throw new InvalidArgumentError("Give HOST:PORT, such as 127.0.0.1:8082.")
  return { host, port: wholeNumber(digits, 1, 65_535) }
}
