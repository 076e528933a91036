import type { LiveBoard, LiveChannel } from "../api"
import { afterEvent, type LiveEvent, type LiveState, NOTHING_YET } from "./liveState"
import { useSelected } from "./selected"
import { hearClock } from "./serverClock"

let state: LiveState = NOTHING_YET
const listeners = new Set<() => void>()

/** Takes in what the server tells, and redraws what shows it. */
export function dispatch(event: LiveEvent): void {
  const next = afterEvent(state, event)
  if (next === state) return
  if (next.heard_unix_s !== state.heard_unix_s) hearClock(next.heard_unix_s)
  state = next
  for (const listener of listeners) listener()
}

export function liveState(): LiveState {
  return state
}

/** @returns what ends it */
export function onLive(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** All that is known of now; redraws at each event, so views ask for less with `useLiveOf`. */
export function useLive(): LiveState {
  return useLiveOf((live) => live)
}

/** A part of what is known of now: redraws when that is another object or value than before. */
export function useLiveOf<T>(select: (live: LiveState) => T): T {
  return useSelected(select, () => state, onLive)
}

export function useBoard(id: string): LiveBoard | undefined {
  return useLiveOf(({ boards }) => boards?.find((board) => board.id === id))
}

export function useChannel(board: string, channel: number): LiveChannel | undefined {
  return useLiveOf(({ boards }) =>
    boards?.find((each) => each.id === board)?.channels.find((each) => each.channel === channel),
  )
}
