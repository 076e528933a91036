import { useLayoutEffect, useReducer } from "preact/hooks"
import type { FleetChannel, ReadingRow } from "../../fleetApi"
import { EventStream } from "../eventStream"
import { useSelected } from "../selected"
import { hearClock } from "../serverClock"
import { type FleetState, NOTHING_YET, takeReadings, withChannels, withFleet } from "./state"

let state: FleetState = NOTHING_YET
const listeners = new Set<() => void>()
/** Readings come by the hundred each second: who shows one is told of that alone. */
const readings = new Map<number, ReadingRow>()
const readers = new Map<number, Set<() => void>>()

/** Listens to the server for as long as the page is open. */
export function connect(): void {
  const stream = new EventStream("/api/fleet/live", {
    events: {
      fleet: (live: never) => become(withFleet(state, live)),
      channels: (channels: never) => become(withChannels(state, channels)),
      readings: (rows: never) => read(rows),
    },
    onLost: () => become({ ...state, connection: "lost" }),
    onRefused: () => become({ ...state, connection: "refused" }),
  })
  stream.open()
}

function become(next: FleetState): void {
  if (next.heard_unix_s !== state.heard_unix_s) hearClock(next.heard_unix_s)
  state = next
  for (const listener of listeners) listener()
}

function read(told: Parameters<typeof takeReadings>[1]): void {
  const changed = takeReadings(readings, told)
  for (const n of changed) for (const reader of readers.get(n) ?? []) reader()
  if (state.connection === "open") {
    // Nobody needs to be told that the server still speaks.
    state = { ...state, heard_unix_s: told.now_unix_s }
    hearClock(told.now_unix_s)
  } else become({ ...state, connection: "open", heard_unix_s: told.now_unix_s })
}

/** A part of what is known: redraws when that is another object or value than before. */
export function useFleet<T>(select: (state: FleetState) => T): T {
  return useSelected(select, () => state, listen)
}

function listen(look: () => void): () => void {
  listeners.add(look)
  return () => {
    listeners.delete(look)
  }
}

/** The last reading of a channel, if it is of the test that is on it; redraws with each. */
export function useReading({ n, testNumber }: FleetChannel): ReadingRow | undefined {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  useLayoutEffect(() => {
    const reader = () => {
      if (!document.hidden) redraw(undefined)
    }
    const known = readers.get(n) ?? new Set()
    readers.set(n, known.add(reader))
    document.addEventListener("visibilitychange", reader)
    return () => {
      known.delete(reader)
      document.removeEventListener("visibilitychange", reader)
    }
  }, [n])
  const row = readings.get(n)
  return row !== undefined && (row[1] ?? undefined) === testNumber ? row : undefined
}
