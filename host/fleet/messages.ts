import {
  type BoardPayload,
  boardPayload,
  type HostPayload,
  hostPayload,
  type LivePayload,
  livePayload,
} from "../agent/payloads"
import { topicsOf } from "../agent/topics"

/** What a host says on the broker. No payload: somebody has cleared what was kept of it. */
export type FleetMessage = { lab: string; host: string } & (
  | { kind: "host"; payload: HostPayload | undefined }
  | { kind: "board"; board: string; payload: BoardPayload | undefined }
  | { kind: "live"; board: string; payload: LivePayload }
)

/** All hosts of all labs. */
const ALL = topicsOf("+", "+")
export const FLEET_TOPICS: readonly string[] = [ALL.host, ALL.board("+"), ALL.live("+")]

const TOPIC = /^coincell\/v1\/([^/]+)\/([^/]+)\/(?:(host)|board\/([0-9a-f]{16})\/(state|live))$/

/** @returns undefined for what is not to be understood, which another version may have sent */
export function readMessage(topic: string, bytes: Uint8Array): FleetMessage | undefined {
  const [, lab, host, isHost, board, what] = TOPIC.exec(topic) ?? []
  if (lab === undefined) return undefined
  const json = parsed(bytes)
  if (isHost !== undefined) {
    const found = hostPayload.safeParse(json)
    const payload = found.data
    return isNothing(bytes) || found.success ? { kind: "host", lab, host, payload } : undefined
  }
  if (what === "state") {
    const found = boardPayload.safeParse(json)
    const payload = found.data
    return isNothing(bytes) || found.success
      ? { kind: "board", lab, host, board, payload }
      : undefined
  }
  const { data: payload } = livePayload.safeParse(json)
  return payload && { kind: "live", lab, host, board, payload }
}

function isNothing(bytes: Uint8Array): boolean {
  return bytes.length === 0
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}
