import { useState } from "preact/hooks"
import { ACTIONS, type Action } from "../start/actions"
import type { Actable } from "./ActionButtons"
import { Dialog } from "./Dialog"
import { Problem } from "./Problem"
import { isComplete, useOrdered, WhoAndWhy } from "./WhoAndWhy"

/** Asks whether an action is meant, with what it is done to and what will happen; does it, and shows refusals. */
export function ConfirmAction(props: {
  of: Actable
  action: Action
  isNamed: boolean
  onDone: (text: string) => void
  onClose: () => void
}) {
  const { of, action, isNamed, onDone, onClose } = props
  const { button, confirm, will } = ACTIONS[action]
  const [ordered, change] = useOrdered()
  const [error, setError] = useState<unknown>()
  const [isAsking, setAsking] = useState(false)
  const act = async (event: Event) => {
    event.preventDefault()
    setAsking(true)
    setError(undefined)
    try {
      onDone(await of.give(action, ordered))
    } catch (problem) {
      setError(problem)
      setAsking(false)
    }
  }
  return (
    <Dialog title={`${button} ${of.name}?`} onClose={onClose}>
      <form onSubmit={act}>
        {action !== "pause" && of.state === "Fault" && of.note && (
          <p class="action-fault">
            {action === "resume" && <b>Look at the cell first. </b>}
            {of.note}
          </p>
        )}
        <dl class="facts">
          {of.facts.map(
            ([term, value]) =>
              value && (
                <>
                  <dt>{term}</dt>
                  <dd>{value}</dd>
                </>
              ),
          )}
        </dl>
        <p>{will(of)}</p>
        <WhoAndWhy ordered={ordered} onChange={change} isNamed={isNamed} />
        {error !== undefined && <Problem error={error} />}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Leave it as it is
          </button>
          <button
            type="submit"
            class={action === "stop" ? "danger" : "primary"}
            disabled={isAsking || (isNamed && !isComplete(ordered))}
          >
            {isAsking ? "Waiting for the board …" : confirm}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
