import { hostname, networkInterfaces } from "node:os"

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

/** Whether only this computer can reach an address that is listened at. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127\./.test(address)
}

/** Whether listening there is listening at all addresses of this computer. */
export function isEverywhere(address: string): boolean {
  return address === "0.0.0.0" || address === "::"
}

/** An IP address or a name as it stands in a URL. */
export function inUrl(address: string): string {
  return address.includes(":") ? `[${address}]` : address
}

/** Addresses of this computer that others may reach, IPv4 first. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? [])
  return all
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address)
}

/**
 * Under which names a server may be asked for, so that no stranger's name that leads here can speak for one of
 * our pages (DNS rebinding).
 * @param address that it listens at
 * @param others names that a person has given
 */
export function servedNames(address: string, others: readonly string[]): ReadonlySet<string> {
  const names = [...LOOPBACK, inUrl(address), ...others.map(inUrl)]
  if (!isLoopback(address)) names.push(hostname(), `${hostname()}.local`)
  if (isEverywhere(address)) names.push(...ownAddresses().map(inUrl))
  return new Set(names.map((name) => name.toLowerCase()))
}

/** The name in a Host header, without its port; undefined when there is none. */
export function nameOf(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(host ?? "")?.[1].toLowerCase()
}
