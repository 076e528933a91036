import { readFileSync } from "node:fs"
import { jdpack, jdunpack, loadServiceSpecifications } from "jacdac-ts"
import { TesterError } from "./errors"

interface PacketSpec {
  kind: string
  name: string
  identifier: number
  packFormat?: string
  fields?: { name: string }[]
}

interface ServiceSpec {
  shortId: string
  classIdentifier: number
  packets: PacketSpec[]
  enums: Record<string, { members: Record<string, number> }>
}

export type Value = number | string | Uint8Array
export type Values = Value[]

/**
 * The board's Jacdac service as the firmware's build generated it from `firmware/services/coincell.md`:
 * the one source of codes, formats and names for both ends.
 */
function specification(): ServiceSpec {
  cached ??= readSpec()
  return cached
}
let cached: ServiceSpec | undefined

function readSpec(): ServiceSpec {
  const path = new URL("../firmware/.devicescript/services.json", import.meta.url)
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch {
    throw new TesterError("The firmware is not built yet: run 'npm run build'.")
  }
  const specs = JSON.parse(text) as ServiceSpec[]
  loadServiceSpecifications(JSON.parse(text))
  const found = specs.find((one) => one.shortId === "coincell")
  if (found === undefined)
    throw new TesterError("firmware/.devicescript/services.json lacks coincell.")
  return found
}

export function serviceClass(): number {
  return specification().classIdentifier
}

function find(kinds: string[], name: string): PacketSpec {
  const packet = specification().packets.find(
    (one) => kinds.includes(one.kind) && one.name === name,
  )
  if (packet === undefined) throw new TesterError(`The service has no ${kinds[0]} '${name}'.`)
  return packet
}

export function commandCode(name: string): number {
  return find(["command"], name).identifier
}

export function packCommand(name: string, values: Values): Uint8Array {
  return jdpack(find(["command"], name).packFormat ?? "", values)
}

export function unpackReport(name: string, data: Uint8Array): Values {
  return jdunpack(data, find(["report"], name).packFormat ?? "")
}

/** Whether a report answers a command: what both name, such as the channel, must be the same. */
export function isAnswer(name: string, command: Values, report: Values): boolean {
  const asked = find(["command"], name).fields ?? []
  const told = find(["report"], name).fields ?? []
  return told.every((field, i) => {
    const at = asked.findIndex((one) => one.name === field.name)
    return at < 0 || typeof report[i] !== "number" || command[at] === report[i]
  })
}

export function registerCode(name: string): number {
  return find(["ro", "rw"], name).identifier
}

export function unpackRegister(name: string, data: Uint8Array): Values {
  return jdunpack(data, find(["ro", "rw"], name).packFormat ?? "")
}

/** Value of an enum's member. */
export function enumValue(name: string, member: string): number {
  const value = specification().enums[name]?.members[member]
  if (value === undefined) throw new TesterError(`The service has no ${name} '${member}'.`)
  return value
}

/** Name of an enum's member, as the service definition writes it. */
export function enumName(name: string, value: number): string {
  const members = specification().enums[name]?.members ?? {}
  return Object.keys(members).find((key) => members[key] === value) ?? `${name} ${value}`
}
