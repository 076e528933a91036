import { TesterError } from "../errors"
import type { Link } from "./link"
import { openSerial } from "./serial"
import { mayBeBoard, serialPorts } from "./serialPorts"
import { canConnect, openTcp } from "./tcp"

/** Where `coincell sim` serves its board: the number of a coin cell. */
export const SIMULATED_BOARD_PORT = 2032

/** What a port's address means. */
export type Address =
  | { kind: "serial"; path: string }
  | { kind: "tcp"; host: string; port: number }
  | { kind: "simulated"; seed: number }

/** @throws TesterError when it is none */
export function parseAddress(text: string): Address {
  const simulated = /^sim(?::(\d{1,9}))?$/.exec(text)
  if (simulated !== null) return { kind: "simulated", seed: Number(simulated[1] ?? 1) }
  if (/^sim:/.test(text)) throw badAddress(text, "the seed is a whole number, such as sim:7")
  if (!/^tcp:/.test(text)) return { kind: "serial", path: text }
  const [, host, digits] = /^tcp:(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text)?.filter(isText) ?? []
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65535)
    throw badAddress(text, "write tcp:HOST:PORT, such as tcp:localhost:2032")
  return { kind: "tcp", host, port }
}

/** Addresses at which boards may be: USB ports of boards' makers, and a simulated board that is served here. */
export async function portsToTry(): Promise<string[]> {
  const serial = (await serialPorts()).filter(mayBeBoard).map((one) => one.path)
  const isServed = await canConnect("127.0.0.1", SIMULATED_BOARD_PORT)
  return isServed ? [...serial, `tcp:127.0.0.1:${SIMULATED_BOARD_PORT}`] : serial
}

/** @throws PortError, with what can be done about it */
export function openLink(address: Exclude<Address, { kind: "simulated" }>): Promise<Link> {
  return address.kind === "tcp" ? openTcp(address.host, address.port) : openSerial(address.path)
}

function badAddress(text: string, how: string): TesterError {
  return new TesterError(`--port ${text}: ${how}.`)
}

function isText(part: string | undefined): part is string {
  return part !== undefined
}
