import type { LiveBoard } from "../../api"
import { memo } from "../memo"
import { type Standing, standingOf } from "../standing"
import { degrees } from "../words"
import { BoardAge } from "./Ages"
import { ChannelCell } from "./ChannelCell"

/** A board and its channels, in the order of their holders. */
export const BoardPanel = memo(({ board, only }: { board: LiveBoard; only?: Standing }) => {
  const channels = board.channels.filter(
    (channel) => only === undefined || standingOf(channel) === only,
  )
  if (channels.length === 0) return null
  return (
    <section class={`board ${board.isThere ? "" : "is-off"}`} aria-label={`Board ${board.name}`}>
      <header class="board-head">
        <h2>{board.name}</h2>
        {board.isSimulated && <span>simulated</span>}
        {board.isThere ? <Temperature board={board} /> : <BoardAge board={board} />}
      </header>
      <div class="cells">
        {channels.map((channel) => (
          <ChannelCell
            key={channel.channel}
            board={board.id}
            isThere={board.isThere}
            channel={channel}
          />
        ))}
      </div>
    </section>
  )
})

function Temperature({ board }: { board: LiveBoard }) {
  const temperature_degC = board.channels[0]?.temperature_degC
  return temperature_degC === undefined ? null : <span>{degrees(temperature_degC)}</span>
}
