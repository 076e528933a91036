import { readFileSync } from "node:fs"
import { jdpack, jdunpack } from "jacdac-ts"
import { NodeMemory } from "../memory"
import { Call, type Fibers } from "./fibers"
import type { Packet } from "./packets"

const GET_REGISTER = 0x1000
const REGISTER_CODE = 0x0fff

interface PacketSpec {
  kind: string
  name: string
  identifier: number
  packFormat?: string
}

interface ServiceSpec {
  shortId: string
  classIdentifier: number
  packets: PacketSpec[]
  enums: Record<string, { members: Record<string, number> }>
}

type Value = number | string | Uint8Array
type Method = (args?: Value | Value[]) => unknown

/** The board's service, as the firmware's build made it of `firmware/services/coincell.md`. */
export function readServiceSpec(): ServiceSpec {
  const path = new URL("../../firmware/.devicescript/services.json", import.meta.url)
  const specs = JSON.parse(readFileSync(path, "utf8")) as ServiceSpec[]
  const found = specs.find((one) => one.shortId === "coincell")
  if (found === undefined)
    throw new Error("firmware/.devicescript/services.json lacks coincell: build the firmware")
  return found
}

/** `ds.Coincell…`, DeviceScript's names for the service and its enums. */
export function serviceNames(spec: ServiceSpec): Record<string, unknown> {
  const names: Record<string, unknown> = { Coincell: { spec } }
  for (const [name, { members }] of Object.entries(spec.enums)) names[`Coincell${name}`] = members
  return names
}

/** Calls a server's methods for what the host asks, each in a fiber of its own, as DeviceScript's library does. */
export class ServiceServer {
  private readonly methods: Record<string, Method>

  constructor(
    private readonly spec: ServiceSpec,
    private readonly server: object,
    private readonly fibers: Fibers,
    private readonly send: (packet: Packet) => void,
  ) {
    this.methods = server as Record<string, Method>
  }

  receive(packet: Packet): void {
    const isRead = (packet.command & ~REGISTER_CODE) === GET_REGISTER
    const asked = isRead
      ? this.find(["ro", "rw"], packet.command & REGISTER_CODE)
      : this.find(["command"], packet.command)
    const answered = isRead ? asked : this.find(["report"], packet.command)
    const method = asked && this.methods[camelCase(asked.name)]
    if (asked === undefined || answered === undefined || method === undefined) return
    const args = isRead ? [] : jdunpack(packet.data, asked.packFormat ?? "").map(buffer)
    // A single field comes by itself, several as one array.
    const call = () => method.call(this.server, args.length > 1 ? args : args[0])
    this.fibers.start(new Call(this.answer(packet, answered, call)))
  }

  private *answer(
    { serviceIndex, command }: Packet,
    { packFormat }: PacketSpec,
    call: () => unknown,
  ): Generator<unknown, void, unknown> {
    const result = call()
    const value = result instanceof Call ? yield result : result
    // Not known yet: the library takes that for a register that is not there.
    if (value === undefined) return
    const values = (Array.isArray(value) ? value : [value]).map(plain)
    this.send({ serviceIndex, command, data: jdpack(packFormat ?? "", values) })
  }

  private find(kinds: string[], identifier: number): PacketSpec | undefined {
    return this.spec.packets.find(
      (one) => kinds.includes(one.kind) && one.identifier === identifier,
    )
  }
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** Bytes as the firmware's buffers. */
function buffer(value: Value): Value {
  return value instanceof Uint8Array ? new NodeMemory(value) : value
}

/** As `jdpack` takes it. */
function plain(value: unknown): Value {
  if (typeof value === "boolean") return value ? 1 : 0
  return value instanceof Uint8Array ? Uint8Array.from(value) : (value as Value)
}
