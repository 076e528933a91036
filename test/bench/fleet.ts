// A thousand channels at 1 Hz: does all of it come through agent, broker and dataset, how soon, and at what cost?
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { parseArgs } from "node:util"
import { hasMosquitto, Mosquitto } from "../agent/mosquitto"
import { compareAll } from "./fleet/compare"
import { Agent, Boards } from "./fleet/lab"
import { sizeOf, testsOver } from "./fleet/lakeFiles"
import { latencies } from "./fleet/latency"
import { Listener } from "./fleet/listener"
import { report } from "./fleet/report"
import { readLogs } from "./fleet/truth"
import { Usage } from "./fleet/usage"

// jacdac-ts tells every step of its connections there.
console.debug = () => {}

const CHANNELS = 4
/** The tests begin before the agent: it has found all boards by then. */
const SETTLE_s = 90
/** Longest until the dataset has what ended. */
const PUBLISH_s = 600

const { values } = parseArgs({
  options: {
    boards: { type: "string", default: "250" },
    minutes: { type: "string", default: "10" },
    agents: { type: "string", default: "1" },
    engine: { type: "string", default: "vm" },
    keep: { type: "boolean", default: false },
  },
})
const [boardCount, agentCount, window_s] = [
  values.boards,
  values.agents,
  60 * Number(values.minutes),
].map(Number)

async function until(what: string, most_s: number, isSo: () => boolean): Promise<void> {
  const end_ms = performance.now() + most_s * 1000
  while (!isSo()) {
    if (performance.now() > end_ms) throw new Error(`${what}: not within ${most_s} s`)
    await setTimeout(500)
  }
}

async function run(folder: string): Promise<void> {
  const test_s = SETTLE_s + window_s
  const boards = await Boards.start(boardCount, CHANNELS, test_s, values.engine)
  const began_ms = performance.now()
  const broker = await Mosquitto.start(folder)
  const listener = new Listener()
  const agents: Agent[] = []
  try {
    await listener.listen(broker.url)
    for (let i = 0; i < agentCount; i++) {
      const own = boards.all.filter((_, at) => at % agentCount === i)
      agents.push(new Agent(`agent-${i + 1}`, own, folder, broker.url))
    }
    const channels = boardCount * CHANNELS
    const heardAll = () => listener.live.size === channels
    await until("all boards on the broker", SETTLE_s, heardAll)
    const found_s = (performance.now() - began_ms) / 1000
    await setTimeout(Math.max(0, SETTLE_s * 1000 - (performance.now() - began_ms)))

    const from_unix_ms = performance.timeOrigin + performance.now()
    const usage = new Usage({
      boards: boards.process.pid ?? 0,
      broker: broker.pid ?? 0,
      listener: process.pid,
      ...Object.fromEntries(agents.map(({ name, pid }) => [name, pid])),
    })
    const before = listener.trafficNow()
    // The tests' last seconds are another thing: they all end at once.
    await setTimeout((window_s - 5) * 1000)
    const after = listener.trafficNow()
    const to_unix_ms = performance.timeOrigin + performance.now()
    const whole = Object.fromEntries(
      ["boards", "broker", "listener", ...agents.map(({ name }) => name)].map((name) => [
        name,
        [...usage.of(name)],
      ]),
    )
    const { lake } = agents[0]
    await until("all tests in the dataset", PUBLISH_s, () => testsOver(lake) === channels)
    const published_s = (performance.now() - began_ms) / 1000 - test_s
    // What is on its way to the broker.
    await setTimeout(5_000)
    usage.close()
    await Promise.all(agents.map((agent) => agent.stop()))
    const lag = await boards.lag()
    const pages = await readLogs(boards.all)
    report({
      engine: values.engine,
      channels,
      window_s: (to_unix_ms - from_unix_ms) / 1000,
      found_s,
      published_s,
      lag,
      usage: whole,
      last: Object.fromEntries(agents.map(({ name }) => [name, usage.of(name)])),
      before,
      after,
      latencies: latencies(boards.all, pages, listener, from_unix_ms, to_unix_ms),
      compared: await compareAll(pages, listener, lake),
      sizes: {
        records: sizeOf(lake, "records.parquet"),
        cycles: sizeOf(lake, "cycles.parquet"),
        tests: sizeOf(lake, "test.json"),
      },
    })
  } finally {
    await Promise.all(agents.map((agent) => agent.stop()))
    await listener.close()
    await broker.kill()
    boards.process.kill()
  }
}

if (hasMosquitto) {
  const folder = mkdtempSync(join(tmpdir(), "fleet-"))
  try {
    await run(folder)
  } finally {
    if (values.keep) console.log(folder)
    else rmSync(folder, { recursive: true, force: true })
  }
} else console.log("a thousand channels: mosquitto is not installed here")
