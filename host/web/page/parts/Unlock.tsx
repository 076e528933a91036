import { useState } from "preact/hooks"
import { Dialog } from "./Dialog"
import { TokenForm } from "./TokenForm"

/** For a visitor who may look but not act. */
export function Unlock() {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        class="quiet unlock"
        aria-label="Only watching: show the token"
        onClick={() => setAsking(true)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" />
        </svg>
        <span>Only watching</span>
      </button>
      {isAsking && (
        <Dialog title="Start and stop tests from here" onClose={() => setAsking(false)}>
          <TokenForm onDone={() => setAsking(false)} />
          <div class="buttons">
            <button type="button" onClick={() => setAsking(false)}>
              Only watch
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
