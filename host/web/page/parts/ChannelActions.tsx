import type { Acted, LiveBoard, LiveChannel } from "../../api"
import { post } from "../client"
import { useLiveOf } from "../live"
import { testName } from "../progress"
import { ActionButtons } from "./ActionButtons"

/** What a person can tell the test on a channel of this computer. */
export function ChannelActions(props: {
  board: LiveBoard
  channel: LiveChannel
  onDone: () => void
}) {
  const { board, channel, onDone } = props
  const { test, state, note, cycle } = channel
  const mayAct = useLiveOf((live) => live.mayAct)
  const hint = !board.isThere
    ? "The board is away."
    : mayAct
      ? ""
      : "Only watching: pausing and stopping need the token."
  const of = test?.cycles === undefined ? "" : ` of ${test.cycles}`
  return (
    <ActionButtons
      hint={hint}
      onDone={onDone}
      of={{
        ...{ state, test, note, name: testName(channel) ?? "the test" },
        facts: [
          ["Cell", test?.cell ?? "not known here"],
          ["Test", test?.id ?? `number ${test?.number}`],
          ["Place", `board ${board.name}, channel ${channel.channel}`],
          ["Cycle", `${cycle}${of}`],
          ["Step", test?.step],
        ],
        give: async (action, ordered) => {
          const path = `/api/boards/${board.id}/channels/${channel.channel}/${action}`
          return (await post<Acted>(path, { ...ordered, test: test?.number ?? 0 })).text
        },
      }}
    />
  )
}
