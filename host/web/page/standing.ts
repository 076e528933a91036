import type { LiveBoard, LiveChannel } from "../api"

/** How a channel stands, in the order in which it needs a person. */
export const STANDINGS = ["fault", "waiting", "paused", "running", "finished", "idle"] as const
export type Standing = (typeof STANDINGS)[number]

/** @param channel with a state of a board or of a stored test */
export function standingOf({
  state,
  waitsForPerson,
}: Pick<LiveChannel, "state" | "waitsForPerson">): Standing {
  switch (state.toLowerCase()) {
    case "fault":
      return "fault"
    case "paused":
      return waitsForPerson ? "waiting" : "paused"
    case "waiting":
      return "waiting"
    case "running":
    case "zeroing":
      return "running"
    case "finished":
    case "stopped":
      return "finished"
    default:
      return "idle"
  }
}

/** Its test is over or stands still, and no fault did that. */
export function standsStill({ state }: Pick<LiveChannel, "state">): boolean {
  return state === "Paused" || state === "Finished"
}

/** A fault as people say it: HardShort is a hard short. */
export function faultName(fault: string): string {
  return fault.replace(/(?!^)([A-Z])/g, " $1").toLowerCase()
}

/** How a channel stands, in a word or two. */
export function standingText({ fault, stateText }: LiveChannel): string {
  return fault === undefined ? stateText : `fault: ${faultName(fault)}`
}

/** How many channels stand how. */
export type Counts = Readonly<Record<Standing, number>> & { readonly away: number }

/** @returns counts of channels; `away` counts boards */
export function countStandings(boards: readonly LiveBoard[]): Counts {
  const counts = { fault: 0, waiting: 0, paused: 0, running: 0, finished: 0, idle: 0, away: 0 }
  for (const board of boards) {
    if (!board.isThere) counts.away++
    for (const channel of board.channels) counts[standingOf(channel)]++
  }
  return counts
}
