import { inUrl, isEverywhere, isLoopback } from "./names"

const LOOPBACK = "127.0.0.1"

/** How a server is reached. */
export interface Reach {
  /** The address at which it listens. */
  host: string
  port: number
  /** Other names that a person has given: those of proxies before it. */
  names: readonly string[]
  token: string
  /** Addresses of this computer that others may reach. */
  addresses: readonly string[]
}

/** Says how the page is reached, and who else may read along. */
export function linkLines({ host, port, names, token, addresses }: Reach): string[] {
  const link = (address: string) => `http://${inUrl(address)}:${port}/?token=${token}`
  const proxied = names.map((name) => `or   https://${name}/?token=${token}   through its proxy`)
  if (isLoopback(host))
    return names.length > 0
      ? [`Open ${link(host)}`, ...proxied]
      : [
          `Open ${link(host)}`,
          "Only this computer can; '--host 0.0.0.0' lets a phone or another computer in.",
        ]
  const here = isEverywhere(host) ? LOOPBACK : host
  const elsewhere = isEverywhere(host) ? addresses : []
  return [
    `Open ${link(here)}`,
    ...elsewhere.map((address) => `or   ${link(address)}   on a phone or another computer`),
    ...proxied,
    "Whoever has the link may start and stop tests, and it travels unencrypted: use it in a network that you trust, " +
      "or put a proxy with TLS before it and tell its name by --name.",
  ]
}
