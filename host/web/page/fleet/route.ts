import { useEffect, useState } from "preact/hooks"
import { parseRoute } from "../router"

/** Where in the fleet's page a visitor is; tests and comparisons have the addresses that they have elsewhere. */
export type FleetRoute =
  | { view: "fleet" }
  | { view: "channel"; lab: string; host: string; board: string; channel: number }
  | { view: "tests" }
  | { view: "test"; id: string }
  | { view: "compare"; ids: string[] }
  | { view: "unknown" }

export function channelHref(lab: string, host: string, board: string, channel: number): string {
  return `#/at/${[lab, host, board].map(encodeURIComponent).join("/")}/${channel}`
}

export function parseFleetRoute(hash: string): FleetRoute {
  const [, lab, host, board, channel] =
    /^#\/at\/([^/]+)\/([^/]+)\/([^/]+)\/(\d{1,3})$/.exec(hash) ?? []
  if (channel !== undefined)
    try {
      const [l, h, b] = [lab, host, board].map(decodeURIComponent)
      return { view: "channel", lab: l, host: h, board: b, channel: Number(channel) }
    } catch {
      return { view: "unknown" }
    }
  const route = parseRoute(hash)
  switch (route.view) {
    case "glance":
      return { view: "fleet" }
    case "tests":
    case "test":
    case "compare":
      return route
    default:
      return { view: "unknown" }
  }
}

/** The route of the address as it is now. */
export function useFleetRoute(): FleetRoute {
  const [route, setRoute] = useState(() => parseFleetRoute(location.hash))
  useEffect(() => {
    const follow = () => setRoute(parseFleetRoute(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return route
}
