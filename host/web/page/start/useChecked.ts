import { useEffect, useState } from "preact/hooks"
import type { Checked, CheckRequest } from "../../api"
import { post } from "../client"

/** So long after the last key a check is asked for. */
const PAUSE_ms = 300

export interface CheckState {
  /** The last answer, be it of what stands there now or of what stood there before. */
  checked?: Checked
  error?: unknown
  /** The answer is of what stands there now. */
  isFresh: boolean
  again: () => void
}

/**
 * Has what is written checked as it is written; the last answer wins.
 * @param request undefined asks nothing
 */
export function useChecked(request: CheckRequest | undefined): CheckState {
  const [state, setState] = useState<{ of?: string; checked?: Checked; error?: unknown }>({})
  const [asked, setAsked] = useState(0)
  const body = request === undefined ? undefined : JSON.stringify(request)
  useEffect(() => {
    if (body === undefined) return
    const leaving = new AbortController()
    const timer = setTimeout(() => {
      post<Checked>("/api/check", JSON.parse(body), leaving.signal).then(
        (checked) => !leaving.signal.aborted && setState({ of: body, checked }),
        (error) => !leaving.signal.aborted && setState({ of: body, error }),
      )
    }, PAUSE_ms)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [body, asked])
  const { of, checked, error } = state
  const isFresh = body !== undefined && of === body && error === undefined
  return { checked, error, isFresh, again: () => setAsked((count) => count + 1) }
}
