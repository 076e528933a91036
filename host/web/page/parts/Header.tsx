import { useLiveOf } from "../live"
import { href, type Route } from "../router"
import { Mark } from "./Mark"
import { Tally } from "./Tally"
import { Unlock } from "./Unlock"

const PLACES = [
  { title: "Now", view: "glance", also: ["channel"] },
  { title: "Tests", view: "tests", also: ["test", "compare"] },
  { title: "Start a test", view: "start", also: [] },
] as const

export function Header({ route }: { route: Route }) {
  const mayAct = useLiveOf((live) => live.mayAct)
  const isKnown = useLiveOf(({ connection }) => connection === "open")
  return (
    <header class="top">
      <a class="mark" href="#/" aria-label="coincell, now">
        <Mark />
        <span>coincell</span>
      </a>
      <nav class="places" aria-label="Pages">
        {PLACES.map(({ title, view, also }) => {
          const isHere = route.view === view || also.some((other) => other === route.view)
          const current = route.view === view ? "page" : isHere ? "true" : undefined
          return (
            <a key={view} href={href({ view })} aria-current={current}>
              {title}
            </a>
          )
        })}
      </nav>
      <Tally route={route} />
      {isKnown && !mayAct && <Unlock />}
    </header>
  )
}
