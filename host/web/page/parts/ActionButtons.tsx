import { useState } from "preact/hooks"
import type { LiveBoard, LiveChannel } from "../../api"
import { useLiveOf } from "../live"
import { ACTIONS, type Action, actionsFor } from "../start/actions"
import { ConfirmAction } from "./ConfirmAction"

/** What a person can tell the test on a channel: each is asked about once more before it is done. */
export function ActionButtons({ board, channel }: { board: LiveBoard; channel: LiveChannel }) {
  const mayAct = useLiveOf((live) => live.mayAct)
  /** The channel as it stood when the button was pressed: what is confirmed is for that test alone. */
  const [asked, setAsked] = useState<{ action: Action; channel: LiveChannel }>()
  const [told, setTold] = useState("")
  const actions = actionsFor(channel)
  const hint = !board.isThere
    ? "The board is away."
    : mayAct
      ? ""
      : "Only watching: pausing and stopping need the token."
  return (
    <>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          class={action === "stop" ? "danger" : ""}
          disabled={hint !== ""}
          onClick={() => setAsked({ action, channel })}
        >
          {ACTIONS[action].button}
        </button>
      ))}
      {actions.length > 0 && hint !== "" && <p class="action-hint">{hint}</p>}
      <p class="unseen" role="status">
        {told}
      </p>
      {asked && (
        <ConfirmAction
          board={board}
          channel={asked.channel}
          action={asked.action}
          onDone={(text) => {
            setTold(text)
            setAsked(undefined)
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
