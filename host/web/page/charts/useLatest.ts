import { useEffect, useRef, useState } from "preact/hooks"
import { get } from "../client"
import { Latest } from "./latest"

export interface LatestAnswer<T> {
  /** The last that came: while another is awaited, that of the path before. */
  value: T | undefined
  error: unknown
  isLoading: boolean
}

/**
 * What the server answers to a path that changes often. The old answer stays until the new one is there.
 * @param of what it is an answer about: nothing stays when that changes
 * @param turn another number asks again
 */
export function useLatest<T>(
  of: string,
  path: string,
  turn = 0,
  ask: (path: string, signal: AbortSignal) => Promise<T> = get,
): LatestAnswer<T> {
  const [answer, setAnswer] = useState<LatestAnswer<T>>(nothing)
  const latest = useRef<Latest<string, T> | undefined>(undefined)
  useEffect(() => {
    setAnswer(nothing())
    const asker = new Latest<string, T>(ask, (outcome) =>
      setAnswer(({ value }) =>
        "value" in outcome
          ? { value: outcome.value, error: undefined, isLoading: false }
          : { value, error: outcome.error, isLoading: false },
      ),
    )
    latest.current = asker
    return () => asker.end()
  }, [of])
  useEffect(() => {
    setAnswer((before) => ({ ...before, isLoading: true }))
    latest.current?.want(path)
  }, [of, path, turn])
  return answer
}

function nothing<T>(): LatestAnswer<T> {
  return { value: undefined, error: undefined, isLoading: true }
}
