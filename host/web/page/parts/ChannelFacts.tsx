import type { ComponentChildren } from "preact"
import type { LiveBoard, LiveChannel } from "../../api"
import { progressOf } from "../progress"
import { href } from "../router"
import { standingOf } from "../standing"
import { calendarDay, clockTime, duration, roughly } from "../words"
import { Bar } from "./Bar"

/** Where the test of a channel stands. */
export function ChannelFacts({ board, channel }: { board: LiveBoard; channel: LiveChannel }) {
  const { test, cycle, testTime_s, stepTime_s } = channel
  const { share } = progressOf(channel)
  const of = test?.cycles === undefined ? "" : ` of ${test.cycles}`
  return (
    <section class="channel-facts" aria-label="The test">
      {share !== undefined && (
        <div class="channel-progress">
          <Bar share={share} />
          <span>{percent(share)}</span>
        </div>
      )}
      <dl>
        <Fact term="Step">{test?.step}</Fact>
        <Fact term="In this step">{test?.step && duration(stepTime_s)}</Fact>
        <Fact term="Cycle">{cycle > 0 && `${cycle}${of}`}</Fact>
        <Fact term="Test time">{duration(testTime_s)}</Fact>
        <Fact term="Time left">{timeLeft(board, channel)}</Fact>
        <Fact term="Project">{test?.project}</Fact>
        <Fact term="Operator">{test?.operator}</Fact>
        <Fact term="Test">
          {test?.id && (
            <a href={href({ view: "test", id: test.id })}>{test.id}: table, report, exports</a>
          )}
        </Fact>
      </dl>
    </section>
  )
}

/** 37 %, 0.4 %; 100 % is for what is done. */
function percent(share: number): string {
  const places = share < 0.1 ? 1 : 0
  const scale = 10 ** (2 + places)
  return `${(Math.floor(share * scale) / 10 ** places).toFixed(places)}\u00a0%`
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  if (!children) return null
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** An end that is nearer is worth its hour. */
const HOUR_COUNTS_s = 2 * 86_400

/** Simulated boards may be faster than the clock on the wall, so only of real ones it is told when they are done. */
function timeLeft(board: LiveBoard, channel: LiveChannel): string | undefined {
  const { left_s } = progressOf(channel)
  const standing = standingOf(channel)
  if (left_s === undefined || standing === "finished") return undefined
  if (left_s === 0) return "it takes longer than was expected"
  if (standing !== "running") return `${roughly(left_s)}, once it goes on`
  const end_unix_s = channel.reading_unix_s + left_s
  const end = left_s > HOUR_COUNTS_s ? calendarDay(end_unix_s) : clockTime(end_unix_s)
  return board.isSimulated ? roughly(left_s) : `${roughly(left_s)}, until about ${end}`
}
