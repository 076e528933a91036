import { useEffect, useRef } from "preact/hooks"
import { useNow } from "../clock"
import { Empty } from "../parts/Empty"
import { Mark } from "../parts/Mark"
import { TokenForm } from "../parts/TokenForm"
import { Unlock } from "../parts/Unlock"
import { CompareView } from "../views/CompareView"
import { TestsView } from "../views/TestsView"
import { ago, clockTime, counted } from "../words"
import { FleetChannelView } from "./FleetChannelView"
import { FleetView } from "./FleetView"
import { countItems, itemsOf } from "./items"
import { LakeTestView } from "./LakeTestView"
import { useFleet } from "./live"
import { type FleetRoute, useFleetRoute } from "./route"

/** The fleet's page: header, what is to be said of broker and server, and the view of the route. */
export function FleetShell() {
  const route = useFleetRoute()
  const main = useRef<HTMLElement>(null)
  useTitle(route)
  const isRefused = useFleet(({ connection }) => connection === "refused")
  useEffect(() => {
    scrollTo(0, 0)
  }, [route.view === "fleet", JSON.stringify(route)])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header route={route} />
      <Banners />
      <main ref={main} tabIndex={-1}>
        {isRefused ? (
          <Empty title="This page wants the token">
            <TokenForm />
          </Empty>
        ) : (
          <View route={route} />
        )}
      </main>
    </>
  )
}

function View({ route }: { route: FleetRoute }) {
  switch (route.view) {
    case "fleet":
      return <FleetView />
    case "channel":
      return <FleetChannelView key={JSON.stringify(route)} {...route} />
    case "tests":
      return <TestsView empty={<NoTests />} />
    case "test":
      return <LakeTestView id={route.id} />
    case "compare":
      return <CompareView ids={route.ids} />
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

function NoTests() {
  const lake = useFleet((fleet) => fleet.lake)
  return lake === undefined ? (
    <Empty title="Of the past nothing is known here">
      <p>
        The server was started without a dataset: add <code>--lake ADDRESS</code> to{" "}
        <code>coincell serve --fleet</code>.
      </p>
    </Empty>
  ) : (
    <Empty title="The dataset has no test yet">
      <p>
        {lake.name} gets a test when its first day, UTC, is over, or when it has ended; from agents
        with <code>--lake</code>, or by <code>coincell publish</code>.
      </p>
    </Empty>
  )
}

const PLACES = [
  { title: "Fleet", href: "#/", views: ["fleet", "channel"] },
  { title: "Tests", href: "#/tests", views: ["tests", "test", "compare"] },
] as const

function Header({ route }: { route: FleetRoute }) {
  const isWatching = useFleet(({ mayAct, connection }) => !mayAct && connection === "open")
  const broker = useFleet((fleet) => fleet.broker?.name)
  return (
    <header class="top">
      <a class="mark" href="#/" aria-label="coincell, fleet">
        <Mark />
        <span>coincell</span>
      </a>
      <nav class="places" aria-label="Pages">
        {PLACES.map(({ title, href, views }) => {
          const isHere = views.some((view) => view === route.view)
          return (
            <a
              key={title}
              href={href}
              aria-current={views[0] === route.view ? "page" : isHere ? "true" : undefined}
            >
              {title}
            </a>
          )
        })}
      </nav>
      <span class="fleet-source">{broker}</span>
      {isWatching && <Unlock />}
    </header>
  )
}

/** A break shorter than this is not worth a word, s. */
const SOON_s = 3

function Banners() {
  const isLost = useFleet(({ connection }) => connection === "lost")
  const broker = useFleet((fleet) => fleet.broker)
  return (
    <>
      {isLost && <ServerAway />}
      {!isLost && broker !== undefined && !broker.isThere && <BrokerAway {...broker} />}
    </>
  )
}

function ServerAway() {
  const heard_unix_s = useFleet((fleet) => fleet.heard_unix_s)
  const age = useNow((now_s) => (now_s - heard_unix_s < SOON_s ? "" : ago(now_s - heard_unix_s)))
  if (age === "") return null
  return (
    <div class="banner" role="alert">
      <strong>The server does not answer.</strong>{" "}
      {heard_unix_s > 0 && `What you see was heard ${age}. `}
      Is <code>coincell serve --fleet</code> still running? Tests go on by themselves on the boards.
      This page tries again every few seconds.
    </div>
  )
}

function BrokerAway({ name, since_unix_s }: { name: string; since_unix_s: number }) {
  const isLong = useNow((now_s) => now_s - since_unix_s >= SOON_s)
  if (!isLong) return null
  return (
    <div class="banner" role="alert">
      <strong>The broker {name} is away.</strong> It has not been reached since{" "}
      {clockTime(since_unix_s)}, and what you see is as of then. Tests go on on the boards, hosts
      keep what they log and send it later; orders reach nobody meanwhile.
    </div>
  )
}

/** Of the window: what needs a person comes first, so that a tab in the background tells it. */
function useTitle(route: FleetRoute): void {
  const title = useFleet(({ hosts }) => {
    const { fault, waiting } = countItems(itemsOf(hosts ?? []))
    const alarm =
      fault > 0 ? `⚠ ${counted(fault, "fault")}` : waiting > 0 ? `⚠ ${waiting} waiting` : ""
    return [alarm, titleOf(route), "coincell"].filter((part) => part !== "").join(" · ")
  })
  useEffect(() => {
    document.title = title
  }, [title])
}

function titleOf(route: FleetRoute): string {
  switch (route.view) {
    case "channel":
      return `${route.host} channel ${route.channel}`
    case "tests":
      return "Tests"
    case "test":
      return route.id
    case "compare":
      return "Compare"
    default:
      return "Fleet"
  }
}
