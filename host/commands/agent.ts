import { hostname, userInfo } from "node:os"
import { resolve } from "node:path"
import { setFlagsFromString } from "node:v8"
import { type Command, InvalidArgumentError } from "commander"
import packageJson from "../../package.json" with { type: "json" }
import { runAgent } from "../agent/agent"
import type { MetricsAddress } from "../agent/metrics"
import { systemdUnit } from "../agent/unit"
import { CALIBRATION_DAYS } from "../catalogue/keepLab"
import { openCatalogue } from "../catalogue/open"
import { TesterError } from "../errors"
import { openBucket } from "../lake/open"
import { checkLab } from "../lake/places"
import { readNotifyConfig } from "../notify/config"
import { Store } from "../store/store"
import { addBroker, type BrokerCliOptions, brokerOptions } from "./common/broker"
import { addNotify, type NotifyOptions, refuseInProcess } from "./common/following"
import { catalogOption, labOption } from "./common/catalog"
import { withInterrupt } from "./common/interrupt"
import { addData, collect, type DataOptions, positiveNumber } from "./common/options"
import { printText, tell } from "./common/print"

interface AgentOptions extends DataOptions, NotifyOptions, BrokerCliOptions {
  lab: string
  host: string
  acceptOrders?: true
  lake?: string
  catalog?: string
  calibrationDays: number
  keepEvery: number
  metrics?: MetricsAddress
  port?: string[]
  board?: string
  printUnit?: true
}

export function addAgent(program: Command): void {
  const command = program
    .command("agent")
    .description(
      "follow all boards of this computer unattended: store, publish, bring into a dataset",
    )
    .addOption(
      labOption("what this lab is called on the broker and in the dataset").makeOptionMandatory(),
    )
    .option("--host <name>", "what this computer is called there", hostName, hostname())
    .option("--accept-orders", "let others start, pause, resume and stop tests by the broker")
    .option("--lake <address>", "dataset for finished days: a folder, or s3://BUCKET/PREFIX")
    .option(
      "-p, --port <address>",
      "where a board is; once for each; without it all ports",
      collect,
    )
    .option(
      "-b, --board <id>",
      "which board, by its name or the beginning of its id; without it all",
    )
    .addOption(catalogOption())
    .option(
      "--calibration-days <n>",
      "a calibration is due again after so many",
      positiveNumber,
      CALIBRATION_DAYS,
    )
    .option(
      "--keep-every <s>",
      "between two looks at what dataset and catalogue do not have yet",
      positiveNumber,
      60,
    )
    .option(
      "--metrics <address>",
      "serve metrics for Prometheus at PORT of this computer alone, or at HOST:PORT",
      metricsAddress,
    )
    .option("--print-unit", "print a systemd unit that starts the agent so on boot, and end")
  addNotify(addData(addBroker(command)))
    .addHelpText(
      "after",
      "\nName and password for the broker are taken from COINCELL_BROKER_USER and COINCELL_BROKER_PASSWORD. Who may" +
        "\nwrite to the topic of orders is for the broker to say. Ctrl-C ends the agent; tests go on." +
        "\n\nExamples:\n  coincell agent --lab anode-group --broker mqtt://broker.local --lake /mnt/lab/lake" +
        "\n  coincell agent --lab anode-group --print-unit | sudo tee /etc/systemd/system/coincell.service",
    )
    .action(agent)
}

async function agent(options: AgentOptions): Promise<void> {
  if (options.printUnit) {
    printText(
      systemdUnit({ command: ownCommand(), folder: process.cwd(), user: userInfo().username }),
    )
    return
  }
  const { port: ports = [], board, host, notifyCommand, notifyWebhook } = options
  for (const port of ports) refuseInProcess(port)
  if (options.acceptOrders && options.broker === undefined)
    throw new TesterError("--accept-orders takes a --broker by which orders can come.")
  process.title = "coincell agent"
  // Left to itself V8 collects only when its heap is several times what is in use: with hundreds of boards, half a GB
  // that a small computer does not have.
  setFlagsFromString("--heap-growing-percent=25")
  const store = Store.open(options.data)
  await withInterrupt((signal) =>
    runAgent(
      {
        store,
        ports,
        board,
        host,
        lab: checkLab(options.lab),
        version: packageJson.version,
        notify: readNotifyConfig(store.folder, { command: notifyCommand, webhook: notifyWebhook }),
        broker: brokerOptions(options),
        acceptsOrders: options.acceptOrders === true,
        catalogue: openCatalogue(options.catalog || undefined, store.folder),
        calibrationDays: options.calibrationDays,
        keepEvery_ms: 1000 * options.keepEvery,
        metrics: options.metrics,
        lake: options.lake === undefined ? undefined : openBucket(options.lake),
        onLine: (text) => tell(`${new Date().toISOString().slice(0, 19)}Z  ${text}`),
      },
      signal,
    ),
  )
  tell("The agent has ended; tests go on.")
}

/** This command line, as systemd can start it in this folder. */
function ownCommand(): string[] {
  const [node, script, ...words] = process.argv
  return [node, resolve(script), ...words.filter((word) => word !== "--print-unit")]
}

/** It becomes a part of topics. */
function hostName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)) return text
  throw new InvalidArgumentError("Use 1 to 64 letters, digits, dots, hyphens and underscores.")
}

function metricsAddress(text: string): MetricsAddress {
  const [, host = "127.0.0.1", digits] =
    /^(?:(\[[0-9a-f:.]+\]|[^:[\]\s]+):)?(\d{1,5})$/i.exec(text) ?? []
  const port = Number(digits)
  if (port <= 65_535) return { host: host.replace(/^\[|\]$/g, ""), port }
  throw new InvalidArgumentError("Write it as 9184, or 0.0.0.0:9184 to let other computers ask.")
}
