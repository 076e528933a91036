import { useLayoutEffect, useReducer, useRef } from "preact/hooks"
import { now_unix_s } from "./serverClock"

const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function listen(listener: () => void): () => void {
  listeners.add(listener)
  ticking ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** What there is to say now, of the server's clock in s: looked at each second, drawn when it changes. */
export function useNow<T extends string | number | boolean | undefined>(
  say: (now_unix_s: number) => T,
): T {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  const value = say(now_unix_s())
  const shown = useRef({ say, value })
  shown.current = { say, value }
  useLayoutEffect(
    () =>
      listen(() => {
        if (shown.current.say(now_unix_s()) !== shown.current.value) redraw(undefined)
      }),
    [],
  )
  return value
}
