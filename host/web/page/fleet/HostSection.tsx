import type { FleetBoard, FleetHost } from "../../fleetApi"
import { useNow } from "../clock"
import { memo } from "../memo"
import { Icon } from "../parts/Icon"
import { faultName } from "../standing"
import { ago, counted, volts } from "../words"
import { type HostGroup, type Item, isCalibrationDue } from "./items"
import { useReading } from "./live"
import { channelHref } from "./route"
import { oldText } from "./words"

/** A host, its boards, and their channels as tiles. */
export const HostSection = memo(({ group }: { group: HostGroup }) => {
  const { host, boards, items } = group
  return (
    <section class={`host ${host.isThere ? "" : "is-off"}`} aria-label={`Host ${host.host}`}>
      <header class="host-head">
        <h2>{host.host}</h2>
        <span>{host.lab}</span>
        <span>
          {counted(boards.length, "board")}, {counted(items.length, "channel")}
        </span>
        {!host.isThere && <HostAway host={host} />}
        {!host.acceptsOrders && <span>takes no orders</span>}
      </header>
      <div class="host-boards">
        {boards.map(({ board, items }) => (
          <Board key={board.id} host={host} board={board} items={items} />
        ))}
      </div>
    </section>
  )
})

export function HostAway({ host: { left_unix_s } }: { host: FleetHost }) {
  const age = useNow((now_s) => (left_unix_s === undefined ? "" : ago(now_s - left_unix_s)))
  return (
    <span class="badge is-away is-lost">
      <Icon standing="away" />
      {age === "" ? "gone since before this server began" : `gone ${age}`}; its boards go on by
      themselves
    </span>
  )
}

function Board(props: { host: FleetHost; board: FleetBoard; items: readonly Item[] }) {
  const { host, board, items } = props
  const isOff = host.isThere && !board.isThere
  return (
    <div class={`fleet-board ${isOff ? "is-off" : ""}`}>
      <h3 title={isOff ? "This board does not answer its host; its tests go on." : board.id}>
        {board.name}
        {isOff && <Icon standing="away" />}
        <Due board={board} />
      </h3>
      <div class="tiles">
        {items.map((item) => (
          <Tile key={item.channel.n} {...item} />
        ))}
      </div>
    </div>
  )
}

/** A board whose calibration is over its date, or that has none. */
function Due({ board }: { board: FleetBoard }) {
  const isDue = useNow((now_s) => isCalibrationDue(board, now_s))
  return isDue ? (
    <span class="is-paused" title="Its calibration is due.">
      cal.
    </span>
  ) : null
}

const Tile = memo(({ host, board, channel, standing }: Item) => {
  const { cell, fault, note, cycle } = channel
  const hint = [cell, note, channel.project, channel.operator].filter(Boolean).join(" · ")
  return (
    <a
      class={`tile of-${standing}`}
      href={channelHref(host.lab, host.host, board.id, channel.channel)}
      title={hint}
    >
      <span class="tile-name">
        <span class="tile-number">{channel.channel}</span>
        <Name
          text={cell ?? (channel.testNumber === undefined ? "" : `test ${channel.testNumber}`)}
        />
      </span>
      <span class={`tile-state is-${standing}`}>
        <Icon standing={standing} />
        <span class="tile-word">
          {fault !== undefined && standing === "fault" ? (
            faultName(fault)
          ) : standing === "idle" ? (
            "idle"
          ) : standing === "away" ? (
            channel.state.toLowerCase()
          ) : (
            <Value channel={channel} standing={standing} />
          )}
        </span>
        {cycle > 0 && standing !== "idle" && standing !== "fault" && (
          <span class="tile-cycle">{cycle}</span>
        )}
      </span>
    </a>
  )
})

/** Cells of a series are told apart by how their names end: that is shown, and cut before it where room is short. */
const END = 4

function Name({ text }: { text: string }) {
  return (
    <span class="tile-cell">
      <span class="tile-cell-begin">{text.slice(0, -END)}</span>
      <span>{text.slice(-END)}</span>
    </span>
  )
}

/** The voltage while there is one that is not old. */
function Value({ channel, standing }: Pick<Item, "channel" | "standing">) {
  const row = useReading(channel)
  const old = useNow((now_s) => (standing === "running" ? oldText(row, now_s) : ""))
  if (standing !== "running") return <>{standing}</>
  if (old !== "") return <span class="is-waiting">{old.replace("read ", "")}</span>
  return <span class="tile-value">{row && volts(row[4])}</span>
}
