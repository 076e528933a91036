import { useCallback, useEffect, useState } from "preact/hooks"
import { get } from "./client"

/** What the server answers to a path: `value` stays while it is asked again. */
export interface Answer<T> {
  value: T | undefined
  error: unknown
  isLoading: boolean
  again: () => void
}

/** @param path undefined asks nothing */
export function useAnswer<T>(path: string | undefined): Answer<T> {
  const [asked, setAsked] = useState(0)
  const [answer, setAnswer] = useState<{ path?: string; value?: T; error?: unknown }>({})
  const again = useCallback(() => setAsked((count) => count + 1), [])
  const [loading, setLoading] = useState(path !== undefined)
  useEffect(() => {
    if (path === undefined) return
    const leaving = new AbortController()
    const settle = (result: { value?: T; error?: unknown }) => {
      if (leaving.signal.aborted) return
      setAnswer({ path, ...result })
      setLoading(false)
    }
    setLoading(true)
    get<T>(path, leaving.signal).then(
      (value) => settle({ value }),
      (error) => settle({ error }),
    )
    return () => leaving.abort()
  }, [path, asked])
  const isOfPath = answer.path === path
  return {
    value: isOfPath ? answer.value : undefined,
    error: isOfPath ? answer.error : undefined,
    isLoading: loading,
    again,
  }
}
