import type { FleetBoard, FleetChannel, FleetHost } from "../../fleetApi"
import { STANDINGS, type Standing, standingOf } from "../standing"

/** How a channel stands; away: its host or board is, and what was told of it is old. */
export type FleetStanding = Standing | "away"

export const FLEET_STANDINGS: readonly FleetStanding[] = [
  "fault",
  "waiting",
  "away",
  ...STANDINGS.slice(2),
]

/** A channel and where it is. */
export interface Item {
  host: FleetHost
  board: FleetBoard
  channel: FleetChannel
  standing: FleetStanding
}

export function itemsOf(hosts: readonly FleetHost[]): Item[] {
  return hosts.flatMap((host) =>
    host.boards.flatMap((board) =>
      board.channels.map((channel) => ({
        host,
        board,
        channel,
        standing: host.isThere && board.isThere ? standingOf(channel) : ("away" as const),
      })),
    ),
  )
}

export type FleetCounts = Readonly<Record<FleetStanding, number>>

export function countItems(items: readonly Item[]): FleetCounts {
  const counts = { fault: 0, waiting: 0, away: 0, paused: 0, running: 0, finished: 0, idle: 0 }
  for (const { standing } of items) counts[standing]++
  return counts
}

/** What of a fleet is wanted; an empty text wants all. */
export interface FleetFilter {
  /** Words that cell, test, board, host, project or operator have, in any order. */
  text: string
  standing: FleetStanding | ""
  /** LAB/HOST */
  host: string
  project: string
  operator: string
}

export const NO_FILTER: FleetFilter = {
  text: "",
  standing: "",
  host: "",
  project: "",
  operator: "",
}

export function hostName({ lab, host }: Pick<FleetHost, "lab" | "host">): string {
  return `${lab}/${host}`
}

export function filterItems(items: readonly Item[], filter: FleetFilter): Item[] {
  const words = filter.text.toLowerCase().split(/\s+/)
  return items.filter((item) => {
    const { host, board, channel } = item
    const { cell = "", test = "", project = "", operator = "", fault = "" } = channel
    const all = [cell, test, project, operator, fault, board.name, board.id, hostName(host)]
    const text = all.join("\n").toLowerCase()
    return (
      (filter.standing === "" || item.standing === filter.standing) &&
      (filter.host === "" || hostName(host) === filter.host) &&
      (filter.project === "" || project === filter.project) &&
      (filter.operator === "" || operator === filter.operator) &&
      words.every((word) => text.includes(word))
    )
  })
}

/** What there is to choose from, in order. */
export function choicesOf(items: readonly Item[], key: "project" | "operator"): string[] {
  const all = items.flatMap(({ channel }) => channel[key] ?? [])
  return [...new Set(all)].sort((a, b) => a.localeCompare(b))
}

export interface HostGroup {
  host: FleetHost
  /** Of those that are wanted. */
  items: Item[]
  boards: { board: FleetBoard; items: Item[] }[]
}

/** A board of which a channel was never calibrated is due at once; a simulated one never is: nobody can. */
export function isCalibrationDue(
  { calibrationDue_unix_s: due_s, isSimulated }: FleetBoard,
  now_s: number,
): boolean {
  if (isSimulated || due_s === undefined) return false
  return due_s === null || now_s > due_s
}

/** Items by host and board, in their order. */
export function grouped(items: readonly Item[]): HostGroup[] {
  const groups: HostGroup[] = []
  for (const item of items) {
    let group = groups.at(-1)
    if (group?.host !== item.host) {
      group = { host: item.host, items: [], boards: [] }
      groups.push(group)
    }
    group.items.push(item)
    const last = group.boards.at(-1)
    if (last?.board === item.board) last.items.push(item)
    else group.boards.push({ board: item.board, items: [item] })
  }
  return groups
}
