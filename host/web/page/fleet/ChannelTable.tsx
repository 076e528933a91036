import { useNow } from "../clock"
import { Badge } from "../parts/Badge"
import { faultName } from "../standing"
import { milliamps, volts } from "../words"
import type { Item } from "./items"
import { useReading } from "./live"
import { channelHref } from "./route"
import { oldText } from "./words"

/** A line for each of a few channels. */
export function ChannelTable({ items }: { items: readonly Item[] }) {
  if (items.length === 0) return <p class="quiet-text">No channel is like that now.</p>
  return (
    <table class="channel-table">
      <thead>
        <tr>
          <th>Cell</th>
          <th>State</th>
          <th class="is-number">Voltage</th>
          <th class="is-number">Current</th>
          <th class="is-number">Cycle</th>
          <th>Project, operator</th>
          <th>Channel</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Line key={item.channel.n} item={item} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ item: { host, board, channel, standing } }: { item: Item }) {
  const { cell, fault, note, cycle, project, operator } = channel
  const row = useReading(channel)
  const isAway = standing === "away"
  const old = useNow((now_s) =>
    standing === "running" || (isAway && row !== undefined) ? oldText(row, now_s) : "",
  )
  const number = isAway ? "is-number is-away" : "is-number"
  const href = channelHref(host.lab, host.host, board.id, channel.channel)
  return (
    <tr>
      <td class="channel-table-cell">
        <a href={href}>{cell ?? (channel.test || `channel ${channel.channel}`)}</a>
        {channel.test && <span>{channel.test}</span>}
      </td>
      <td>
        {isAway ? (
          <span class="is-away">away; was {channel.state.toLowerCase()}</span>
        ) : (
          <Badge standing={standing}>
            {fault === undefined ? channel.state.toLowerCase() : faultName(fault)}
          </Badge>
        )}
        {note && <span class="reason">{note}</span>}
        {old !== "" && <span class="reason is-waiting">{old}</span>}
      </td>
      <td class={number}>{row && standing !== "idle" && volts(row[4])}</td>
      <td class={number}>{row && standing !== "idle" && milliamps(row[5])}</td>
      <td class="is-number" data-head="cycle">
        {cycle > 0 && cycle}
      </td>
      <td>{[project, operator].filter(Boolean).join(", ")}</td>
      <td class="channel-table-place">
        {host.host} {board.name} {channel.channel}
      </td>
    </tr>
  )
}
