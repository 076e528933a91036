import { setTimeout } from "node:timers/promises"
import type { Host } from "./host"
import { asWay, SERVERS, type Trouble } from "./plan"
import type { Servers } from "./servers"
import type { Subscriber } from "./subscriber"

/** How long at most is waited for an agent to be in the middle of something. */
const MIDDLE_s = 3

/** Brings about what was planned, and makes it good again. */
export class Troubles {
  readonly counts = new Map<string, number>()

  constructor(
    private readonly servers: Servers,
    private readonly hosts: readonly Host[],
    private readonly subscriber: Subscriber,
  ) {}

  async bring(trouble: Trouble): Promise<void> {
    const { victim, how } = trouble
    const what = victim === "network" ? `way to ${trouble.to} ${how}` : `${victim} ${how}`
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
    if (victim === "broker") await this.broker(trouble)
    else if (victim === "database") await this.database(trouble)
    else if (victim === "bucket") await this.bucket(trouble)
    else if (victim === "agent") await this.agent(trouble, this.hosts[trouble.host])
    else await this.network(trouble, this.hosts[trouble.host])
  }

  /**
   * What a broker has acknowledged is its own to keep. One that is killed keeps nothing for who is away, so nobody
   * publishes before the subscriber is there again.
   */
  private async broker({ how, for_s }: Trouble): Promise<void> {
    const { servers, hosts } = this
    const { broker } = servers
    if (how === "ended") await broker.stop()
    else await broker.kill()
    for (const host of hosts) host.ways.broker.bar(true)
    if (how === "forgetful") servers.forgetSessions()
    await setTimeout(1000 * for_s)
    await broker.start()
    await this.subscribed()
    for (const host of hosts) host.ways.broker.bar(false)
  }

  async subscribed(): Promise<void> {
    while (!this.subscriber.isThere) await setTimeout(10)
  }

  private async database({ how, for_s }: Trouble): Promise<void> {
    const { database } = this.servers
    if (how === "killed") await database.kill()
    else await database.stop()
    await setTimeout(1000 * for_s)
    await database.start()
  }

  private async bucket({ for_s }: Trouble): Promise<void> {
    await this.servers.killBucket()
    await setTimeout(1000 * for_s)
    await this.servers.startBucket()
  }

  private async agent({ how, for_s, bytes }: Trouble, host: Host): Promise<void> {
    if (how === "full disk") {
      host.fillDisk(true)
      await setTimeout(1000 * for_s)
      host.fillDisk(false)
      return
    }
    if (how === "stopped") {
      host.signal("SIGSTOP")
      await setTimeout(1000 * for_s)
      host.signal("SIGCONT")
      return
    }
    if (how === "killed publishing") await middleOf(host, "broker", bytes)
    if (how === "killed uploading") await middleOf(host, "bucket", bytes)
    await host.kill(how === "ended" ? "SIGINT" : "SIGKILL")
    await setTimeout(1000 * for_s)
    host.start()
  }

  private async network({ how, for_s, bytes, to }: Trouble, { ways }: Host): Promise<void> {
    const way = ways[to]
    if (how === "forgotten") way.forget()
    else way.set(asWay(how), bytes)
    await setTimeout(1000 * for_s)
    if (how !== "forgotten") way.set("open")
  }

  /** Everybody and everything is well again. */
  mend(): void {
    for (const host of this.hosts) {
      host.fillDisk(false)
      host.signal("SIGCONT")
      for (const server of SERVERS) host.ways[server].set("open")
      if (!host.isRunning) host.start()
    }
  }
}

/** Kills an agent in the middle of what it sends. */
async function middleOf(host: Host, server: "broker" | "bucket", bytes: number): Promise<void> {
  const way = host.ways[server]
  const isMiddle = new Promise<void>((resolve) => {
    way.watch(bytes, () => {
      host.signal("SIGKILL")
      resolve()
    })
  })
  await Promise.race([isMiddle, setTimeout(1000 * MIDDLE_s)])
  way.watch(0)
}
