import { useLiveOf } from "../live"
import { href, type Route } from "../router"
import { countStandings, STANDINGS, type Standing } from "../standing"
import { Icon } from "./Icon"

const WORDS: Readonly<Record<Standing, [one: string, many: string]>> = {
  fault: ["fault", "faults"],
  waiting: ["waits for you", "wait for you"],
  paused: ["paused", "paused"],
  running: ["running", "running"],
  finished: ["finished", "finished"],
  idle: ["idle", "idle"],
}

/** How many channels stand how; each leads to those alone, and back to all. */
export function Tally({ route }: { route: Route }) {
  const boards = useLiveOf((live) => live.boards)
  if (boards === undefined || boards.length === 0) return null
  const only = route.view === "glance" ? route.only : undefined
  const { away, ...counts } = countStandings(boards)
  return (
    <nav
      class={`tally ${route.view === "glance" ? "" : "is-elsewhere"}`}
      aria-label="Channels by state"
    >
      {STANDINGS.filter((standing) => counts[standing] > 0 || standing === only).map((standing) => (
        <a
          key={standing}
          class={`is-${standing}`}
          href={href({ view: "glance", only: standing === only ? undefined : standing })}
          aria-current={standing === only ? "true" : undefined}
        >
          <Icon standing={standing} />
          <b>{counts[standing]}</b> {WORDS[standing][counts[standing] === 1 ? 0 : 1]}
        </a>
      ))}
      {away > 0 && (
        <span class="is-away">
          <Icon standing="away" />
          <b>{away}</b> {away === 1 ? "board" : "boards"} away
        </span>
      )}
    </nav>
  )
}
