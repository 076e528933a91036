import { Random } from "../../../sim/random"
import type { Order } from "../../../host/agent/payloads"
import type { Way } from "./gate"

/** How large a fleet is, and how it is troubled. Times are the wall's unless they say otherwise. */
export interface FleetOptions {
  seed: number
  hosts: number
  boardsPerHost: number
  engine: "vm" | "native"
  /** Board seconds in a second. */
  speed: number
  /** Of the lab: for so long there are troubles and orders; then all is well, and tests end. */
  lab_s: number
  /** How long each server, agent and way is well between two troubles, and how long a trouble lasts. */
  well_s: readonly [number, number]
  trouble_s: readonly [number, number]
  ordersPer_s: number
  /** What networks do; of a connection that was forgotten it takes up to a minute until somebody notices. */
  networks: readonly string[]
}

export const NETWORKS = ["shut", "frozen", "slow", "cut", "forgotten", "busy"]

/** Who is in trouble: a server, or the agent or the network of one of the hosts. */
export type Victim = "broker" | "database" | "bucket" | "agent" | "network"

export interface Trouble {
  at_s: number
  for_s: number
  victim: Victim
  host: number
  how: string
  /** Of a network's trouble: the way to which server. */
  to: Server
  /** After how many from the host, where that matters. */
  bytes: number
}

export const SERVERS = ["broker", "database", "bucket"] as const
export type Server = (typeof SERVERS)[number]

/** What happens to whom; what stands there twice happens twice as often. */
const HOWS: Record<Exclude<Victim, "network">, readonly string[]> = {
  broker: ["killed", "killed", "ended", "forgetful"],
  database: ["killed", "killed", "ended"],
  bucket: ["killed"],
  agent: [
    "killed",
    "killed",
    "killed publishing",
    "killed uploading",
    "stopped",
    "ended",
    "full disk",
  ],
}

export interface PlannedOrder {
  at_s: number
  order: Order["order"]
  board: number
  channel: number
  protocol: number
  why: string | undefined
  /** When it is sent again, s after the first time; 0: twice at once. */
  again_s: readonly number[]
}

/** All that a seed says will happen; what real processes make of it differs from run to run. */
export function planOf(options: FleetOptions): { troubles: Trouble[]; orders: PlannedOrder[] } {
  const { seed, hosts, lab_s, speed } = options
  const end_s = lab_s / speed
  const troubles = SERVERS.flatMap((victim) => troublesOf(victim, 0, options, end_s))
  for (let host = 0; host < hosts; host++)
    troubles.push(
      ...troublesOf("agent", host, options, end_s),
      ...troublesOf("network", host, options, end_s),
    )
  const random = new Random(seed, "orders")
  const orders: PlannedOrder[] = []
  for (let at_s = 0; ; ) {
    at_s += random.uniform(0, 2 / options.ordersPer_s)
    if (at_s > end_s) break
    orders.push(orderAt(at_s, random, options))
  }
  return { troubles: troubles.sort((a, b) => a.at_s - b.at_s), orders }
}

function troublesOf(
  victim: Victim,
  host: number,
  { seed, well_s, trouble_s, networks }: FleetOptions,
  end_s: number,
): Trouble[] {
  const random = new Random(seed, `${victim} ${host}`)
  const troubles: Trouble[] = []
  for (let at_s = random.uniform(0, well_s[1]); at_s < end_s; ) {
    const for_s = random.uniform(trouble_s[0], trouble_s[1])
    const to = oneOf(SERVERS, random)
    const how = oneOf(victim === "network" ? networks : HOWS[victim], random)
    const bytes = Math.floor(10 ** random.uniform(1, 4.5))
    // Only HTTP has an answer for it.
    troubles.push({ at_s, for_s, victim, host, how, to: how === "busy" ? "bucket" : to, bytes })
    at_s += for_s + random.uniform(well_s[0], well_s[1])
  }
  return troubles
}

function orderAt(at_s: number, random: Random, options: FleetOptions): PlannedOrder {
  const share = random.uniform()
  const order = share < 0.5 ? "start" : share < 0.65 ? "pause" : share < 0.85 ? "resume" : "stop"
  const isAgain = random.uniform()
  return {
    at_s,
    order,
    board: below(options.hosts * options.boardsPerHost, random),
    channel: below(4, random),
    protocol: below(PROTOCOLS.length, random),
    why: random.uniform() < 0.7 ? `reason ${below(1000, random)}` : undefined,
    again_s:
      isAgain < 0.4 ? [] : isAgain < 0.6 ? [0] : [random.uniform(0, 3), random.uniform(0, 20)],
  }
}

function below(most: number, random: Random): number {
  return Math.floor(random.uniform(0, most))
}

export function oneOf<T>(all: readonly T[], random: Random): T {
  return all[below(all.length, random)]
}

export const asWay = (how: string): Way => how as Way

const cycling = (half_s: number, cycles: number, max_voltage_V = 2) => ({
  record: { time_s: 1 },
  safety: { max_voltage_V, min_voltage_V: -1, max_current_mA: 20 },
  allow_uncalibrated: true,
  method: [
    { step: "open_circuit_voltage", until_time_s: 5 },
    { step: "tag", tag: "cycle" },
    { step: "constant_current", current_mA: 5, until_time_s: half_s },
    { step: "constant_current", current_mA: -5, until_time_s: half_s },
    { step: "loop", loop_to: "cycle", cycle_count: cycles },
  ],
})

/** What is started: short and long; the last one's limit is below what the cell has, so that a fault stops it. */
export const PROTOCOLS = [cycling(20, 3), cycling(60, 4), cycling(120, 2), cycling(30, 2, 0.1)]
/** Test time of each when it comes to its own end. */
export const ENDS_s = [125, 485, 485, undefined]
