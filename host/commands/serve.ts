import { type Command, InvalidArgumentError } from "commander"
import { hostname } from "node:os"
import { regularly } from "../agent/regularly"
import { ActionBook } from "../catalogue/actionBook"
import type { Catalogue } from "../catalogue/catalogue"
import { CALIBRATION_DAYS, keepLab } from "../catalogue/keepLab"
import { Keeper } from "../catalogue/keeper"
import { openCatalogue } from "../catalogue/open"
import { readNotifyConfig } from "../notify/config"
import { TesterError } from "../errors"
import { Store } from "../store/store"
import { StoredData } from "../web/data/storedData"
import { Lab } from "../live/lab"
import { SimulatedBoardProcess } from "../web/simulatedBoard"
import { createFleetApp } from "../fleet/app"
import { openFleet } from "../fleet/run"
import { notedIn } from "../web/noting"
import { createApp } from "../web/server/app"
import type { GuardOptions } from "../web/server/guard"
import { linkLines } from "../web/server/links"
import { listen } from "../web/server/listen"
import { inUrl, isLoopback, nameOf, ownAddresses, servedNames } from "../web/server/names"
import { buildPage } from "../web/server/page"
import { readToken, type Token } from "../web/server/token"
import { labOption } from "./common/catalog"
import { addFleet, checkFleet, type FleetCliOptions, fleetOptions } from "./common/fleet"
import { addNotify, NOTIFY_HELP, type NotifyOptions, refuseInProcess } from "./common/following"
import { withInterrupt } from "./common/interrupt"
import { addData, collect, type DataOptions, wholeNumber } from "./common/options"
import { printText, tell } from "./common/print"

interface ServeOptions extends DataOptions, NotifyOptions, FleetCliOptions {
  port?: string[]
  board?: string
  listen: number
  host: string
  name?: string[]
  lab?: string
  fleet?: true
}

/** Between two looks at what a catalogue that is shared does not have yet. */
const KEEP_ms = 60_000
/** One above the simulated board's. */
const LISTEN = 2033
const LOOPBACK = "127.0.0.1"

export function addServe(program: Command): void {
  const command = program
    .command("serve")
    .description("show all boards and tests in a browser, store what they log, tell what happens")
    .option("--listen <port>", "TCP port of the page; 0 for any that is free", tcpPort, LISTEN)
    .option("--host <address>", "address to listen at: 0.0.0.0 lets other computers in", LOOPBACK)
    .option(
      "--name <name>",
      "another name of the server, such as that of a proxy before it",
      serverNames,
    )
    .option(
      "-p, --port <address>",
      "where a board is: /dev/ttyACM0, COM3, tcp:HOST:PORT; once for each; without it all serial ports are looked at",
      collect,
    )
    .option(
      "-b, --board <id>",
      "which board, by its name or the beginning of its id; without it all",
    )
    .option(
      "--fleet",
      "show the boards of all hosts that publish to a --broker, instead of this one's",
    )
  addNotify(addData(addFleet(command)))
    .addOption(labOption("what this lab is called in a --catalog that it shares"))
    .addHelpText(
      "after",
      "\nDoes what 'watch' does, and serves a page and an API. Everybody on this computer may look; to start and" +
        "\nstop tests takes the token in the link that it prints. With --host everything takes the token. It is kept" +
        "\nin the data folder, in serve-token; COINCELL_TOKEN goes before it. Metrics for Prometheus are at /metrics." +
        "\nCtrl-C ends the server; tests go on." +
        `\n${NOTIFY_HELP}` +
        "\n\nExamples:\n  coincell serve\n  coincell serve --host 0.0.0.0 --notify-webhook https://example.org/hook" +
        "\n  coincell serve --fleet --broker mqtt://broker.local --lake /mnt/lab/lake",
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  const { port: ports = [], board } = options
  for (const port of ports) refuseInProcess(port)
  checkFleet(options)
  // Who asks which program holds a port is told this.
  process.title = "coincell serve"
  if (options.fleet) return serveFleet(options)
  const store = Store.open(options.data)
  const token = readToken(store.folder)
  const { notifyCommand: command, notifyWebhook: webhook } = options
  const notify = readNotifyConfig(store.folder, { command, webhook })
  const page = await buildPage()
  const shared = sharedCatalogue(options)
  await withInterrupt(async (signal) => {
    const lab = new Lab({ store, notify, ports, board, onLine: tell })
    const book = new ActionBook({ data: store.folder, lab: options.lab })
    const noted = notedIn(book, shared, tell)
    const data = new StoredData(store.folder)
    const simulated = new SimulatedBoardProcess()
    const app = createApp({ lab, data, page, simulated, noted, ...guarded(options, token) })
    const server = await listen(app, options.host, options.listen)
    signal.addEventListener("abort", () => server.close())
    present(options, server.port, token)
    data.warm()
    try {
      await Promise.all([lab.run(signal), keepShared(lab, book, shared, options, signal)])
    } finally {
      simulated.close()
      await server.close()
      await data.close()
      await book.settled()
      await shared?.close()
    }
    tell("The server has ended; tests go on.")
  })
}

/** @throws TesterError when nobody says whose it is */
function sharedCatalogue({ catalog, lab, data }: ServeOptions): Catalogue | undefined {
  if (!catalog) return undefined
  if (!lab)
    throw new TesterError(
      "A catalogue that is shared takes the name of this --lab, or COINCELL_LAB.",
    )
  return openCatalogue(catalog, data)
}

/** Tells a catalogue that is shared what this computer knows, as its agent would. */
async function keepShared(
  live: Lab,
  book: ActionBook,
  shared: Catalogue | undefined,
  { lab = "" }: ServeOptions,
  signal: AbortSignal,
): Promise<void> {
  if (shared === undefined) return
  const keeper = new Keeper(shared)
  await regularly({ every_ms: KEEP_ms, signal, onProblem: tell }, async () => {
    await book.send(shared)
    await keepLab(keeper, live, { lab, host: hostname(), calibrationDays: CALIBRATION_DAYS })
  })
}

async function serveFleet(options: ServeOptions): Promise<void> {
  const token = readToken(options.data)
  const page = await buildPage("fleet/main.tsx")
  await withInterrupt(async (signal) => {
    const { sources, ended } = openFleet(fleetOptions(options), signal)
    const app = createFleetApp({ sources, page, ...guarded(options, token) })
    const server = await listen(app, options.host, options.listen)
    signal.addEventListener("abort", () => server.close())
    present(options, server.port, token)
    await ended
    await server.close()
    tell("The server has ended; tests go on.")
  })
}

function guarded({ host, name = [] }: ServeOptions, token: Token): GuardOptions {
  // A proxy may let in whom it likes.
  const isOpen = isLoopback(host) && name.length === 0
  return { token, names: servedNames(host, name), isOpen }
}

function present({ host, name: names = [] }: ServeOptions, port: number, token: Token): void {
  const reach = { host, port, names, token: token.text, addresses: ownAddresses() }
  for (const line of linkLines(reach)) printText(line)
}

function serverNames(text: string, before?: string[]): string[] {
  if (nameOf(inUrl(text)) !== undefined) return collect(text, before)
  throw new InvalidArgumentError("Give a name or address alone, such as lab.example.org.")
}

function tcpPort(text: string): number {
  return wholeNumber(text, 0, 65_535)
}
