import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Store } from "../../../host/store/store"
import { memoryFolder } from "../memoryFolder"
import { type FleetBoard, startBoards } from "./boards"
import { Host } from "./host"
import { Operator } from "./operator"
import { type FleetOptions, type PlannedOrder, planOf, type Trouble } from "./plan"
import { coincellProgram } from "./program"
import { Servers } from "./servers"
import { Subscriber } from "./subscriber"
import { Troubles } from "./troubles"
import { fetchTruth } from "./truth"
import {
  catalogueProblems,
  datasetProblems,
  orderProblems,
  type Problems,
  subscriberProblems,
  testProblems,
} from "./verdict"

/** What a fleet went through, and what was wrong in the end. */
export interface Endured {
  counts: Record<string, number>
  problems: Problems
}

/** Between two looks of an agent at what is not in dataset and catalogue. */
const KEEP_EVERY_s = 2
/** Longest that the fleet may take to settle once all is well. */
const SETTLE_ms = 60_000
/** Longest that orders may wait for their answers and tests for their ends, once all is well. */
const END_ms = 240_000
const THE_END = { at_s: 0, order: "stop", protocol: 0, why: "the end", again_s: [] } as const

/**
 * A lab of several computers, whose servers, agents and networks fail again and again while people start, pause, resume
 * and stop tests; then all is well, tests end, and what dataset, broker and catalogue have is held against the boards' logs.
 */
export async function endureFleet(
  options: FleetOptions,
  log: (text: string) => void = () => {},
): Promise<Endured> {
  const folder = memoryFolder("fleet")
  // Also for the user as whom PostgreSQL runs.
  chmodSync(folder, 0o755)
  const fleet = new Fleet(options, folder, log)
  let endured: Endured | undefined
  try {
    endured = await fleet.endure()
    return endured
  } finally {
    await fleet.close()
    if (endured?.problems.length === 0) rmSync(folder, { recursive: true })
    else log(`what there is of it: ${folder}`)
  }
}

class Fleet {
  private boards: FleetBoard[] = []
  private servers: Servers | undefined
  private readonly hosts: Host[] = []
  private readonly operator = new Operator()
  private readonly subscriber = new Subscriber()
  private readonly said: string[] = []

  constructor(
    private readonly options: FleetOptions,
    private readonly folder: string,
    private readonly log: (text: string) => void,
  ) {}

  async endure(): Promise<Endured> {
    const { options, hosts, operator, subscriber, folder, log } = this
    const { troubles, orders } = planOf(options)
    const [program, servers, boards] = await Promise.all([
      coincellProgram(folder),
      Servers.start(folder, this.hear("a server")),
      startBoards(options),
    ])
    this.servers = servers
    this.boards = boards
    subscriber.connect(servers.ports.broker)
    operator.connect(servers.ports.broker)
    await this.startHosts(program, servers)
    const brought = new Troubles(servers, hosts, subscriber)
    await brought.subscribed()
    for (const host of hosts) host.start()
    await until(() => boards.every(({ id }) => subscriber.boards.has(id)), 60_000, "the boards")
    log(
      `${boards.length} boards are there; ${troubles.length} troubles and ${orders.length} orders are to come`,
    )
    const from_ms = performance.now()
    await Promise.all([
      ...byVictim(troubles).map((some) => inTime(some, from_ms, (one) => brought.bring(one))),
      this.giveAll(orders, from_ms),
    ])
    log("all is well again; tests end")
    brought.mend()
    await this.endTests()
    const truth = await fetchTruth(program, join(folder, "truth"), boards)
    log(
      `${truth.tests.length} tests are in the boards' logs; what is known of them is held against those`,
    )
    const check = async (): Promise<Problems> => [
      ...(await datasetProblems(truth, servers.ports.bucket, join(folder, "mirror"))),
      ...subscriberProblems(truth, subscriber),
      ...(await catalogueProblems(truth, servers.database.url, boards, operator)),
    ]
    const problems = await settled(check)
    problems.push(...orderProblems(truth, operator), ...testProblems(truth, this.cells(), operator))
    if (truth.tornPages > 0) problems.push(`${truth.tornPages} torn pages`)
    writeFileSync(join(folder, "said.txt"), this.said.join(""))
    const answers = [...operator.given.values()].map((one) => one.answers[0])
    return {
      problems,
      counts: {
        tests: truth.tests.length,
        records: truth.tests.reduce((sum, test) => sum + recordsOf(test), 0),
        pages: [...truth.pages.values()].reduce((sum, { length }) => sum + length, 0),
        "pages and cycles that came twice": subscriber.doubles,
        orders: operator.given.size,
        "sent in all": operator.sent,
        "carried out": answers.filter((one) => one?.is_done).length,
        "cut short": answers.filter((one) => /was ended while/.test(one?.message ?? "")).length,
        ...Object.fromEntries([...brought.counts].sort()),
      },
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.close()))
    await Promise.all([this.subscriber.close(), this.operator.close()])
    await this.servers?.close()
    await Promise.all(this.boards.map(({ served }) => served.stop()))
  }

  private async startHosts(program: string, servers: Servers): Promise<void> {
    const { hosts, boardsPerHost } = this.options
    for (let i = 0; i < hosts; i++) {
      const name = `host-${i + 1}`
      const folder = join(this.folder, name)
      mkdirSync(folder)
      const mine = this.boards.slice(i * boardsPerHost, (i + 1) * boardsPerHost)
      this.hosts.push(
        await Host.of({
          name,
          folder,
          program,
          ports: mine.map(({ served }) => served.tcp),
          servers: servers.ports,
          keepEvery_s: KEEP_EVERY_s,
          hear: this.hear(name),
        }),
      )
    }
  }

  private async giveAll(orders: readonly PlannedOrder[], from_ms: number): Promise<void> {
    const given: Promise<void>[] = []
    await inTime(orders, from_ms, async (order) => {
      given.push(this.give(order))
    })
    await Promise.all(given)
  }

  private give(order: PlannedOrder): Promise<void> {
    const { id } = this.boards[order.board]
    const host = this.hosts[Math.floor(order.board / this.options.boardsPerHost)]
    return this.operator.give(order, host.name, id, this.subscriber.boards.get(id))
  }

  /** Whoever got no answer asks again; what waits for a person is stopped, what runs comes to its end. */
  private async endTests(): Promise<void> {
    const { operator } = this
    const over_ms = performance.now() + END_ms
    for (let look = 0; operator.unanswered.length > 0 || this.standing().length > 0; look++) {
      if (performance.now() > over_ms)
        throw new Error(
          `${operator.unanswered.length} orders have no answer, ${this.standing().length} tests no end\n` +
            this.said.slice(-40).join(""),
        )
      if (look % 20 === 0) for (const given of operator.unanswered) operator.send(given)
      for (const { board, channel, state } of this.standing())
        if (look % 10 === 0 && (state === "Paused" || state === "Fault"))
          void this.give({ ...THE_END, board, channel })
      await setTimeout(500)
    }
  }

  /** Channels on which a test is, as far as the broker knows. */
  private standing(): { board: number; channel: number; state: string }[] {
    return this.boards.flatMap(({ id }, board) =>
      (this.subscriber.boards.get(id)?.channels ?? [])
        .filter(({ state }) => state !== "Idle" && state !== "Finished")
        .map(({ channel, state }) => ({ board, channel, state })),
    )
  }

  /** By test, as those know them who started them. */
  private cells(): Map<string, string> {
    const tests = this.hosts.flatMap(({ data }) => Store.open(data).tests())
    return new Map(
      tests.filter(({ run }) => run !== undefined).map(({ id, cell }) => [id, cell.name]),
    )
  }

  private hear(who: string): (text: string) => void {
    return (text) => this.said.push(text.replace(/^/gm, `${who}: `))
  }
}

function recordsOf(test: { reader(): Iterable<{ length: number }> }): number {
  return [...test.reader()].reduce((sum, { length }) => sum + length, 0)
}

/** Each victim's troubles follow one another; those of several go on beside each other. */
function byVictim(troubles: readonly Trouble[]): Trouble[][] {
  const all = new Map<string, Trouble[]>()
  for (const trouble of troubles) {
    const key = `${trouble.victim} ${trouble.host}`
    all.set(key, [...(all.get(key) ?? []), trouble])
  }
  return [...all.values()]
}

async function inTime<T extends { at_s: number }>(
  all: readonly T[],
  from_ms: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (const one of all) {
    await setTimeout(Math.max(0, from_ms + 1000 * one.at_s - performance.now()))
    await work(one)
  }
}

async function until(isSo: () => boolean, timeout_ms: number, what: string): Promise<void> {
  const over_ms = performance.now() + timeout_ms
  while (!isSo()) {
    if (performance.now() > over_ms) throw new Error(`waited too long for ${what}`)
    await setTimeout(20)
  }
}

/** What is wrong in the end: agents take a while until all that waited is sent. */
async function settled(check: () => Promise<Problems>): Promise<Problems> {
  const over_ms = performance.now() + SETTLE_ms
  for (;;) {
    const problems = await check()
    if (problems.length === 0 || performance.now() > over_ms) return problems
    await setTimeout(1_000)
  }
}
