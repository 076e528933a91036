import { useEffect, useState } from "preact/hooks"
import type { LiveChannel } from "../../api"
import { NO_TAIL, type Tail, withReading } from "./liveTail"

/** Readings of a test as they come to this page. @param live of the channel while the test is on it */
export function useTail(live: LiveChannel | undefined): Tail {
  const [tail, setTail] = useState(NO_TAIL)
  const number = live?.test?.number
  useEffect(() => setTail(NO_TAIL), [number])
  useEffect(() => {
    if (live !== undefined && !document.hidden) setTail((before) => withReading(before, live))
  }, [live])
  return tail
}
