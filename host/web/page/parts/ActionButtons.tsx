import { useState } from "preact/hooks"
import type { Ordered } from "../../api"
import { ACTIONS, type Action, actionsFor } from "../start/actions"
import { ConfirmAction } from "./ConfirmAction"

/** A test that a person can tell something, as it stands. */
export interface Actable {
  name: string
  state: string
  test?: { number: number }
  /** What keeps it from running. */
  note?: string
  facts: readonly (readonly [term: string, value: string | undefined])[]
  /** Tells it. @returns what has happened, a sentence @throws ApiProblem */
  give: (action: Action, ordered: Ordered) => Promise<string>
}

/**
 * What a person can tell a test: each is asked about once more before it is done.
 * @param hint what keeps from all of it; empty when nothing does
 * @param isNamed whether who wants it must give a name and a reason
 */
export function ActionButtons(props: {
  of: Actable
  hint: string
  isNamed?: boolean
  onDone?: () => void
}) {
  const { of, hint, isNamed = false } = props
  /** As it stood when the button was pressed: what is confirmed is for that test alone. */
  const [asked, setAsked] = useState<{ action: Action; of: Actable }>()
  /** What has happened, until that is to be seen. */
  const [told, setTold] = useState({ text: "", state: "" })
  const actions = actionsFor(of)
  return (
    <>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          class={action === "stop" ? "danger" : ""}
          disabled={hint !== ""}
          onClick={() => setAsked({ action, of })}
        >
          {ACTIONS[action].button}
        </button>
      ))}
      {actions.length > 0 && hint !== "" && <p class="action-hint">{hint}</p>}
      <p class={told.state === of.state ? "action-hint" : "unseen"} role="status">
        {told.text}
      </p>
      {asked && (
        <ConfirmAction
          {...asked}
          isNamed={isNamed}
          onDone={(text) => {
            setTold({ text, state: asked.of.state })
            setAsked(undefined)
            props.onDone?.()
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
