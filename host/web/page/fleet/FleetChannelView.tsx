import { useState } from "preact/hooks"
import type { TestPage } from "../../api"
import { endedText } from "../actionText"
import { useAnswer } from "../answer"
import { useNow } from "../clock"
import { Actions, useActions } from "../parts/Actions"
import { Badge } from "../parts/Badge"
import { Empty } from "../parts/Empty"
import { Figure } from "../parts/Figure"
import { Loading } from "../parts/Loading"
import { faultName, standsStill } from "../standing"
import { ago, calendarDay, clockTime, counted, duration, milliamps, volts } from "../words"
import { href } from "../router"
import { now_unix_s } from "../serverClock"
import "../views/channel.css"
import { FleetTrace } from "./FleetTrace"
import { HostAway } from "./HostSection"
import { isCalibrationDue, type Item, itemsOf } from "./items"
import { useFleet, useReading } from "./live"
import { OrderButtons } from "./OrderButtons"
import { useHeard } from "./useHeard"
import { oldText } from "./words"
import "./fleet.css"

interface Place {
  lab: string
  host: string
  board: string
  channel: number
}

/** One channel of one host in depth. */
export function FleetChannelView(place: Place) {
  const hosts = useFleet((fleet) => fleet.hosts)
  if (hosts === undefined) return <Loading what="Asking the server" />
  const item = itemsOf(hosts).find(
    ({ host, board, channel }) =>
      host.lab === place.lab &&
      host.host === place.host &&
      board.id === place.board &&
      channel.channel === place.channel,
  )
  if (item === undefined)
    return (
      <Empty title="The broker tells of no such channel">
        <p>
          Board {place.board} may be at another host by now. <a href="#/">See all channels</a> or{" "}
          <a href="#/tests">all tests</a>.
        </p>
      </Empty>
    )
  return <Known item={item} />
}

function Known({ item }: { item: Item }) {
  const { host, board, channel, standing } = item
  const [ordered, setOrdered] = useState(0)
  const place = `${host.host}, board ${board.name}, channel ${channel.channel}`
  const path = `/api/boards/${board.id}/channels/${channel.channel}/actions`
  const actions = useActions(path, `${channel.state} ${ordered}`)
  const ended = standsStill(channel) ? endedText(actions, channel.test) : undefined
  return (
    <article class={`channel ${standing === "away" ? "is-off" : ""}`}>
      <header class="channel-head">
        <p class="channel-place">
          {host.lab}: {place}
          {board.isSimulated && <span>simulated</span>}
          {host.isThere ? (
            !board.isThere && (
              <span class="is-away">the board does not answer its host; its test goes on</span>
            )
          ) : (
            <HostAway host={host} />
          )}
          <Calibration item={item} />
        </p>
        <h1>{channel.cell ?? (channel.testNumber ? `test ${channel.testNumber}` : place)}</h1>
        {standing === "away" ? (
          <span class="badge is-away">was {channel.state.toLowerCase()}, as told last</span>
        ) : (
          <Badge standing={standing}>
            {channel.fault === undefined
              ? channel.state.toLowerCase()
              : `fault: ${faultName(channel.fault)}`}
          </Badge>
        )}
        <Old item={item} />
        <div class="channel-buttons buttons">
          <OrderButtons item={item} onDone={() => setOrdered((count) => count + 1)} />
        </div>
      </header>
      {channel.note && <p class={`channel-note of-${standing}`}>{channel.note}</p>}
      {ended && <p class="quiet-text">{ended}</p>}
      <Figures item={item} />
      {channel.testNumber !== undefined && <Plots key={channel.testNumber} item={item} />}
      <Actions lines={actions} />
    </article>
  )
}

function Calibration({ item: { board } }: { item: Item }) {
  const { calibrationDue_unix_s: due_s } = board
  const isDue = useNow((now_s) => isCalibrationDue(board, now_s))
  if (due_s === undefined || (due_s === null && board.isSimulated)) return null
  return (
    <span class={isDue ? "is-paused" : ""}>
      {due_s === null
        ? "not all channels are calibrated"
        : `calibration ${isDue ? "was due" : "due"} ${calendarDay(due_s)}`}
    </span>
  )
}

function Old({ item: { channel, standing } }: { item: Item }) {
  const row = useReading(channel)
  const text = useNow((now_s) => (standing === "running" ? oldText(row, now_s) : ""))
  return text === "" ? null : <span class="is-waiting">{text}</span>
}

function Figures({ item: { channel, standing } }: { item: Item }) {
  const row = useReading(channel)
  const isFresh = standing === "running"
  const age = useNow((now_s) =>
    row === undefined || isFresh ? "" : `last reading heard ${ago(now_s - row[6])}`,
  )
  const facts: [string, string | undefined][] = [
    ["Test", channel.test],
    ["Cycle", channel.cycle > 0 ? `${channel.cycle}` : undefined],
    ["Test time", row && channel.testNumber !== undefined ? duration(row[3]) : undefined],
    ["Project", channel.project],
    ["Operator", channel.operator],
  ]
  return (
    <>
      <dl class="readout">
        <Value name="Voltage" text={row && volts(row[4])} />
        <Value name="Current" text={row && milliamps(row[5])} />
      </dl>
      {row === undefined && (
        <p class="quiet-text">
          No reading has come since this server listens: hosts publish them while the board answers.
        </p>
      )}
      {age !== "" && <p class="quiet-text">{age}</p>}
      <section class="channel-facts" aria-label="The test">
        <dl>
          {facts.map(
            ([term, value]) =>
              value && (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
    </>
  )
}

function Value({ name, text }: { name: string; text: string | undefined }) {
  if (text === undefined) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figure text={text} />
      </dd>
    </div>
  )
}

/** Live, and the past as far as the dataset has it. */
function Plots({ item }: { item: Item }) {
  const { host, board, channel, standing } = item
  const lake = useFleet((fleet) => fleet.lake)
  const [opened_unix_s] = useState(now_unix_s)
  const id = channel.test === undefined ? undefined : `${channel.test}@${host.lab}.${board.id}`
  const path = lake && id && `/api/tests/${encodeURIComponent(id)}`
  const { value: page, isLoading } = useAnswer<TestPage>(path)
  const heard = useHeard(item)
  const past = pastText(lake?.name, page, isLoading)
  return (
    <section class="channel-plots" aria-label="Plots">
      <FleetTrace
        id={page?.id}
        name={channel.cell ?? channel.test ?? "test"}
        heard={heard}
        runs={standing === "running"}
      />
      <p class="quiet-text fleet-origin">
        {past} By the broker: {counted(heard.count, "record")} since {clockTime(opened_unix_s)},
        when this page was opened, page of the log by page. What lies between comes with the
        dataset. {page && <a href={href({ view: "test", id: page.id })}>Cycles of the dataset</a>}
      </p>
      {heard.noted.length > 0 && (
        <ol class="events" aria-label="What the board noted">
          {[...heard.noted].reverse().map((one) => (
            <li key={`${one.kind} ${one.time_s} ${one.text}`}>
              <span>{one.unix_s === undefined ? duration(one.time_s) : clockTime(one.unix_s)}</span>
              <span>
                {one.kind}
                {one.text && `: ${one.text}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function pastText(
  lake: string | undefined,
  page: TestPage | undefined,
  isLoading: boolean,
): string {
  if (lake === undefined) return "No dataset was given to this server, so the past is not shown."
  if (page === undefined)
    return isLoading ? "Asking the dataset …" : "The dataset does not have this test yet."
  const [, what = ""] = page.instrument.find(([term]) => term === "In the dataset") ?? []
  return `The dataset has ${what === "all of it" ? what : `it ${what}, UTC`}.`
}
