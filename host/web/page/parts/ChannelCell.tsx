import type { LiveChannel } from "../../api"
import { memo } from "../memo"
import { progressOf, testName } from "../progress"
import { href } from "../router"
import { faultName, standingOf } from "../standing"
import { milliamps, roughly, volts } from "../words"
import { ReadingAge } from "./Ages"
import { Badge } from "./Badge"
import { Bar } from "./Bar"
import { Figure } from "./Figure"

/** A channel at a glance; all of it leads to the channel's page, or, where nothing is, to the start of a test. */
export const ChannelCell = memo(
  ({ board, isThere, channel }: { board: string; isThere: boolean; channel: LiveChannel }) => {
    const { fault, stateText } = channel
    const standing = standingOf(channel)
    const isIdle = standing === "idle"
    const isFree = isIdle && isThere
    return (
      <a
        class={`cell of-${standing}`}
        href={href({ view: isFree ? "start" : "channel", board, channel: channel.channel })}
      >
        <span class="cell-body">
          <span class="cell-top">
            <span class="cell-number">{channel.channel}</span>
            <span class="cell-name">{testName(channel)}</span>
            <Badge standing={standing}>{fault === undefined ? stateText : faultName(fault)}</Badge>
          </span>
          <span class="cell-voltage">
            <Figure text={volts(channel.voltage_V)} />
          </span>
          {!isIdle && (
            <span class="cell-current">
              <Figure text={milliamps(channel.current_A)} />
            </span>
          )}
          <Line channel={channel} isFree={isFree} />
          <Foot channel={channel} isThere={isThere} />
        </span>
        <Bar share={progressOf(channel).share} />
      </a>
    )
  },
)

function Line({ channel, isFree }: { channel: LiveChannel; isFree: boolean }) {
  if (isFree) return <span class="cell-step cell-start">Start a test</span>
  if (standingOf(channel) === "running") return <span class="cell-step">{channel.test?.step}</span>
  return <span class="cell-step cell-note">{channel.note}</span>
}

function Foot({ channel, isThere }: { channel: LiveChannel; isThere: boolean }) {
  const { cycle, test } = channel
  const { left_s } = progressOf(channel)
  const runs = standingOf(channel) === "running"
  const left = runs && left_s !== undefined && <span>{leftText(left_s)}</span>
  return (
    <span class="cell-foot">
      {test && cycle > 0 && <Cycle cycle={cycle} cycles={test.cycles} />}
      {isThere ? <ReadingAge channel={channel}>{left}</ReadingAge> : left}
    </span>
  )
}

function Cycle({ cycle, cycles }: { cycle: number; cycles: number | undefined }) {
  if (cycles === undefined) return <span>cycle {cycle}</span>
  return (
    <span>
      <span class="cell-word">cycle </span>
      {cycle} / {cycles}
    </span>
  )
}

function leftText(left_s: number): string {
  return left_s === 0 ? "longer than expected" : `${roughly(left_s)} left`
}
