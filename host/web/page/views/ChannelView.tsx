import { useMemo, useState } from "preact/hooks"
import type { LiveBoard, LiveChannel } from "../../api"
import { useBoard, useChannel, useLiveOf } from "../live"
import { endedText } from "../actionText"
import { Actions, useActions } from "../parts/Actions"
import { ChannelActions } from "../parts/ChannelActions"
import { BoardAge, ReadingAge } from "../parts/Ages"
import { Badge } from "../parts/Badge"
import { ChannelFacts } from "../parts/ChannelFacts"
import { Empty } from "../parts/Empty"
import { Events } from "../parts/Events"
import { Loading } from "../parts/Loading"
import { Readout } from "../parts/Readout"
import { testName } from "../progress"
import { href } from "../router"
import { standingOf, standingText, standsStill } from "../standing"
import { TestPlots } from "./TestPlots"
import "./channel.css"

/** One channel in depth. */
export function ChannelView(props: { board: string; channel: number }) {
  const board = useBoard(props.board)
  const channel = useChannel(props.board, props.channel)
  const isKnown = useLiveOf(({ boards }) => boards !== undefined)
  if (!isKnown) return <Loading what="Asking the server" />
  if (board === undefined || channel === undefined) return <Unknown {...props} board={board} />
  return <Known board={board} channel={channel} />
}

function Unknown({ board, channel }: { board: LiveBoard | undefined; channel: number }) {
  return (
    <Empty title={board === undefined ? "That board was not seen yet" : "There is no such channel"}>
      <p>
        {board === undefined
          ? "It appears here once it is plugged in and powered: its tests go on meanwhile, and what is stored of them is among the tests. "
          : `Board ${board.name} has channels 0 to ${board.channels.length - 1}, and no ${channel}. `}
        <a href="#/">See all channels</a> or <a href="#/tests">all tests</a>.
      </p>
    </Empty>
  )
}

function Known({ board, channel }: { board: LiveBoard; channel: LiveChannel }) {
  const { test } = channel
  const standing = standingOf(channel)
  const place = `${board.name} channel ${channel.channel}`
  const [acted, setActed] = useState(0)
  const path = `/api/boards/${board.id}/channels/${channel.channel}/actions`
  const actions = useActions(path, `${channel.state} ${acted}`)
  const ended = standsStill(channel) ? endedText(actions, test?.id) : undefined
  const isFree = standing === "idle" || standing === "finished"
  return (
    <article class={`channel ${board.isThere ? "" : "is-off"}`}>
      <header class="channel-head">
        <p class="channel-place">
          {place}
          {board.isSimulated && <span>simulated</span>}
          {!board.isThere && <BoardAge board={board} />}
        </p>
        <h1>{testName(channel) ?? place}</h1>
        <Badge standing={standing}>{standingText(channel)}</Badge>
        <ReadingAge channel={channel} />
        <div class="channel-buttons buttons">
          <ChannelActions
            board={board}
            channel={channel}
            onDone={() => setActed((count) => count + 1)}
          />
          {isFree && (
            <a
              class="button primary"
              href={href({ view: "start", board: board.id, channel: channel.channel })}
            >
              Start a test here
            </a>
          )}
        </div>
      </header>
      {channel.note && <p class={`channel-note of-${standing}`}>{channel.note}</p>}
      {ended && <p class="quiet-text">{ended}</p>}
      <Readout channel={channel} />
      {test && <ChannelFacts board={board} channel={channel} />}
      {test?.id !== undefined && (
        <section class="channel-plots" aria-label="Plots">
          <TestPlots id={test.id} live={channel} />
        </section>
      )}
      {test !== undefined && test.id === undefined && (
        <p class="quiet-text">
          Nothing of this test is stored here yet, so there is nothing to plot: its records are
          being fetched, or another computer started it.
        </p>
      )}
      <Actions lines={actions} />
      <ChannelHistory board={board.id} channel={channel.channel} />
    </article>
  )
}

function ChannelHistory({ board, channel }: { board: string; channel: number }) {
  const happened = useLiveOf((live) => live.happened)
  const lines = useMemo(
    () => happened.filter((line) => line.board === board && line.channel === channel),
    [happened, board, channel],
  )
  return (
    <section class="channel-history">
      <h2>What has happened here</h2>
      <Events lines={lines} />
    </section>
  )
}
