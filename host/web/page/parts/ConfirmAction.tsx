import { useState } from "preact/hooks"
import type { ActOn, Acted, LiveBoard, LiveChannel } from "../../api"
import { post } from "../client"
import { testName } from "../progress"
import { ACTIONS, type Action } from "../start/actions"
import { Dialog } from "./Dialog"
import { Problem } from "./Problem"

/** Asks whether an action is meant, with what it is done to and what will happen; does it, and shows refusals. */
export function ConfirmAction(props: {
  board: LiveBoard
  channel: LiveChannel
  action: Action
  onDone: (text: string) => void
  onClose: () => void
}) {
  const { board, channel, action, onDone, onClose } = props
  const { button, confirm, will } = ACTIONS[action]
  const [error, setError] = useState<unknown>()
  const [isAsking, setAsking] = useState(false)
  const act = async () => {
    setAsking(true)
    setError(undefined)
    const body: ActOn = { test: channel.test?.number ?? 0 }
    try {
      const path = `/api/boards/${board.id}/channels/${channel.channel}/${action}`
      onDone((await post<Acted>(path, body)).text)
    } catch (problem) {
      setError(problem)
      setAsking(false)
    }
  }
  return (
    <Dialog title={`${button} ${testName(channel) ?? "the test"}?`} onClose={onClose}>
      {action !== "pause" && channel.state === "Fault" && channel.note && (
        <p class="action-fault">
          {action === "resume" && <b>Look at the cell first. </b>}
          {channel.note}
        </p>
      )}
      <Facts board={board} channel={channel} />
      <p>{will(channel)}</p>
      {error !== undefined && <Problem error={error} />}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Leave it as it is
        </button>
        <button
          type="button"
          class={action === "stop" ? "danger" : "primary"}
          disabled={isAsking}
          onClick={act}
        >
          {confirm}
        </button>
      </div>
    </Dialog>
  )
}

function Facts({ board, channel }: { board: LiveBoard; channel: LiveChannel }) {
  const { test, cycle } = channel
  return (
    <dl class="facts">
      <dt>Cell</dt>
      <dd>{test?.cell ?? "not known here"}</dd>
      <dt>Test</dt>
      <dd>{test?.id ?? `number ${test?.number}`}</dd>
      <dt>Place</dt>
      <dd>
        board {board.name}, channel {channel.channel}
      </dd>
      <dt>Cycle</dt>
      <dd>
        {cycle}
        {test?.cycles !== undefined && ` of ${test.cycles}`}
      </dd>
      {test?.step && (
        <>
          <dt>Step</dt>
          <dd>{test.step}</dd>
        </>
      )}
    </dl>
  )
}
