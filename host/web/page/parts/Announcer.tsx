import { useRef } from "preact/hooks"
import { useLiveOf } from "../live"
import { now_unix_s } from "../serverClock"

const TOLD: ReadonlySet<string> = new Set(["fault", "paused", "board_lost"])

/** Reads aloud, to who cannot see it, what needs a person from now on. */
export function Announcer() {
  const since_s = useRef(0)
  const text = useLiveOf(({ happened, connection }) => {
    if (connection !== "open") return ""
    if (since_s.current === 0) since_s.current = now_unix_s()
    const told = happened.filter(({ kind, unix_s }) => TOLD.has(kind) && unix_s > since_s.current)
    return told.at(-1)?.text ?? ""
  })
  return (
    <p class="unseen" aria-live="polite">
      {text}
    </p>
  )
}
