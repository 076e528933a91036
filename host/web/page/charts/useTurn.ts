import { useEffect, useRef, useState } from "preact/hooks"
import type { LiveChannel } from "../../api"

/** What is stored of a test that runs may have grown after so long. */
const STALE_MS = 15_000
/** Cycles take longer than records. */
const SLOW = 4

/**
 * Numbers that change when what is stored of a test is to be asked for again: `turn` every quarter of a minute while
 * it runs, `slow` every minute; both at once when its state changes.
 */
export function useTurn(live: LiveChannel | undefined): { turn: number; slow: number } {
  const [{ turn, slow }, setTurn] = useState({ turn: 0, slow: 0 })
  const asked_ms = useRef(performance.now())
  const state = useRef(live?.state)
  useEffect(() => {
    if (document.hidden) return
    const isOther = live?.state !== state.current
    if (!isOther && performance.now() - asked_ms.current < STALE_MS) return
    state.current = live?.state
    asked_ms.current = performance.now()
    setTurn((before) => ({
      turn: before.turn + 1,
      slow: isOther || before.turn % SLOW === SLOW - 1 ? before.slow + 1 : before.slow,
    }))
  }, [live])
  return { turn, slow }
}
