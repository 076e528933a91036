import type { LiveBoard } from "../../api"
import { testName } from "../progress"
import { href } from "../router"
import { standingOf, standingText } from "../standing"
import { BoardAge } from "./Ages"
import { Badge } from "./Badge"

/** After a power cut all channels may wait: they are counted then. */
const MOST = 6

/** What needs a person: faults, then what waits, then boards that are away. */
export function Attention({ boards }: { boards: readonly LiveBoard[] }) {
  const channels = boards.flatMap((board) => board.channels.map((channel) => ({ board, channel })))
  const standing = (what: string) => channels.filter(({ channel }) => standingOf(channel) === what)
  const waiting = [...standing("fault"), ...standing("waiting")]
  const away = boards.filter(({ isThere }) => !isThere)
  if (waiting.length + away.length === 0) return null
  return (
    <ul class="attention" aria-label="What needs a person">
      {waiting.slice(0, MOST).map(({ board, channel }) => (
        <li key={`${board.id} ${channel.channel}`} class={`of-${standingOf(channel)}`}>
          <Badge standing={standingOf(channel)}>{standingText(channel)}</Badge>
          <a href={href({ view: "channel", board: board.id, channel: channel.channel })}>
            <b>{testName(channel)}</b>, {board.name}&nbsp;channel&nbsp;{channel.channel}
          </a>
          <p>{channel.note}</p>
        </li>
      ))}
      {waiting.length > MOST && (
        <li>
          <p>
            {waiting.length - MOST} more:{" "}
            <a href={href({ view: "glance", only: "fault" })}>faults</a>,{" "}
            <a href={href({ view: "glance", only: "waiting" })}>channels that wait for you</a>.
          </p>
        </li>
      )}
      {away.map((board) => (
        <li key={board.id}>
          <b>{board.name}</b>
          <BoardAge board={board} />
        </li>
      ))}
    </ul>
  )
}
