import { useEffect, useRef } from "preact/hooks"
import { useLiveOf } from "../live"
import { parseRoute, type Route, useRoute } from "../router"
import { pageTitle } from "../title"
import { ChannelView } from "../views/ChannelView"
import { CompareView } from "../views/CompareView"
import { GlanceView } from "../views/GlanceView"
import { StartView } from "../views/StartView"
import { TestsView } from "../views/TestsView"
import { TestView } from "../views/TestView"
import { Announcer } from "./Announcer"
import { ConnectionBanner } from "./ConnectionBanner"
import { Empty } from "./Empty"
import { Header } from "./Header"

/** The whole page: header, what there is to say of the connection, and the view of the route. */
export function Shell() {
  // First: where the view was scrolled to is to be read before it is drawn no more.
  usePlaceLeft()
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  useMove(route, main)
  const title = useLiveOf(({ boards }) => pageTitle(route, boards))
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header route={route} />
      <ConnectionBanner />
      <main ref={main} tabIndex={-1}>
        <View route={route} />
      </main>
      <Announcer />
    </>
  )
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case "glance":
      return <GlanceView only={route.only} />
    case "channel":
      return <ChannelView board={route.board} channel={route.channel} />
    case "tests":
      return <TestsView />
    case "test":
      return <TestView id={route.id} />
    case "compare":
      return <CompareView ids={route.ids} />
    case "start":
      return <StartView board={route.board} channel={route.channel} />
    case "unknown":
      return (
        <Empty title="There is no such page">
          <p>
            The address may be mistyped. <a href="#/">See what all channels do now.</a>
          </p>
        </Empty>
      )
  }
}

/** Where the glance was scrolled to when it was left. */
let left_px = 0

function usePlaceLeft(): void {
  useEffect(() => {
    history.scrollRestoration = "manual"
    const leave = ({ oldURL }: HashChangeEvent) => {
      if (parseRoute(new URL(oldURL).hash).view === "glance") left_px = scrollY
    }
    addEventListener("hashchange", leave)
    return () => removeEventListener("hashchange", leave)
  }, [])
}

/** Moves the focus to a new view, whose beginning is then read aloud; coming back to the glance finds its place again. */
function useMove(route: Route, main: { current: HTMLElement | null }): void {
  const before = useRef(route)
  useEffect(() => {
    if (before.current === route) return
    const isFilter = before.current.view === "glance" && route.view === "glance"
    before.current = route
    if (isFilter) return
    const heading = main.current?.querySelector<HTMLElement>("h1") ?? main.current
    heading?.setAttribute("tabindex", "-1")
    heading?.focus({ preventScroll: true })
    scrollTo(0, route.view === "glance" ? left_px : 0)
  }, [route, main])
}
