import type { Calibrations, LiveBoard, LiveChannel } from "../../api"
import { testName } from "../progress"

/** A channel on which a test could be started, or why not. */
export interface Place {
  board: LiveBoard
  channel: LiveChannel
  /** Unknown: it is not known yet whether it is calibrated. */
  kind: "free" | "unknown" | "uncalibrated" | "taken"
  /** What is on a channel that is taken. */
  why?: string
}

/** What is known of calibrations, by board. */
export type KnownCalibrations = Readonly<Record<string, Calibrations>>

export function placesOf(boards: readonly LiveBoard[], calibrations: KnownCalibrations): Place[] {
  return boards.flatMap((board) =>
    board.channels.map((channel): Place => {
      const why = whyTaken(board, channel)
      if (why !== undefined) return { board, channel, kind: "taken", why }
      const known = calibrations[board.id]?.channels[channel.channel]
      const kind = known === undefined ? "unknown" : known === null ? "uncalibrated" : "free"
      return { board, channel, kind }
    }),
  )
}

/** What keeps a channel from being given a test; undefined when nothing does. */
function whyTaken(board: LiveBoard, channel: LiveChannel): string | undefined {
  if (!board.isThere) return "the board is away"
  if (channel.state === "Idle" || channel.state === "Finished") return undefined
  const { cycle, stateText } = channel
  const cycleText = cycle > 0 ? `, cycle ${cycle}` : ""
  return `${testName(channel) ?? "a test"}: ${stateText}${cycleText}`
}

/** The place that is meant, or the first that is free. */
export function placeFor(
  places: readonly Place[],
  wanted: { board: string; channel: number } | undefined,
): Place | undefined {
  if (wanted !== undefined)
    return places.find(
      ({ board, channel }) => board.id === wanted.board && channel.channel === wanted.channel,
    )
  return (["free", "unknown", "uncalibrated"] as const)
    .map((kind) => places.find((place) => place.kind === kind))
    .find((place) => place !== undefined)
}

export function placeName({ board, channel }: Pick<Place, "board" | "channel">): string {
  return `channel ${channel.channel} of ${board.name}`
}
