import { useEffect, useState } from "preact/hooks"
import { STANDINGS, type Standing } from "./standing"

/** Where in the page a visitor is; the hash of the address says so. */
export type Route =
  | { view: "glance"; only?: Standing }
  | { view: "channel"; board: string; channel: number }
  | { view: "tests" }
  | { view: "test"; id: string }
  | { view: "compare"; ids: string[] }
  | { view: "start"; board?: string; channel?: number }
  | { view: "unknown" }

/** The address of a route, for `href`. */
export function href(route: Route): string {
  switch (route.view) {
    case "channel":
      return `#/channel/${encodeURIComponent(route.board)}/${route.channel}`
    case "tests":
      return "#/tests"
    case "test":
      return `#/tests/${encodeURIComponent(route.id)}`
    case "compare":
      return `#/compare/${route.ids.map(encodeURIComponent).join(",")}`
    case "start":
      return route.board === undefined || route.channel === undefined
        ? "#/start"
        : `#/start/${encodeURIComponent(route.board)}/${route.channel}`
    case "glance":
      return route.only === undefined ? "#/" : `#/only/${route.only}`
    case "unknown":
      return "#/"
  }
}

/** The route of an address's hash. An empty hash is the glance. */
export function parseRoute(hash: string): Route {
  const parts = decoded(hash.replace(/^#?\/?/, "").replace(/\/$/, ""))
  if (parts === undefined) return { view: "unknown" }
  const [view, first, second, ...rest] = parts
  if (rest.length > 0) return { view: "unknown" }
  const channel = second !== undefined && /^\d{1,3}$/.test(second) ? Number(second) : undefined
  if (view === "" && first === undefined) return { view: "glance" }
  const only = STANDINGS.find((standing) => standing === first)
  if (view === "only" && only !== undefined && second === undefined) return { view: "glance", only }
  if (view === "channel" && first && channel !== undefined)
    return { view: "channel", board: first, channel }
  if (view === "tests" && second === undefined)
    return first ? { view: "test", id: first } : { view: "tests" }
  if (view === "compare" && first && second === undefined)
    return { view: "compare", ids: first.split(",").filter((id) => id !== "") }
  if (view === "start" && first === undefined) return { view: "start" }
  if (view === "start" && first && channel !== undefined)
    return { view: "start", board: first, channel }
  return { view: "unknown" }
}

/** The parts between slashes; undefined when an escape in them is broken. */
function decoded(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent)
  } catch {
    return undefined
  }
}

export function go(route: Route): void {
  location.hash = href(route)
}

/** The route of the address as it is now. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return route
}
