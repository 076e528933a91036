import { useNow } from "../clock"
import { useLiveOf } from "../live"
import { ago } from "../words"

/** A break shorter than this is not worth a word, s. */
const SOON_s = 3

/** The server does not answer: since when what is seen is old, and what to do. */
export function ConnectionBanner() {
  const isLost = useLiveOf(({ connection }) => connection === "lost")
  return isLost ? <Banner /> : null
}

function Banner() {
  const heard_unix_s = useLiveOf((live) => live.heard_unix_s)
  const age = useNow((now_s) => (now_s - heard_unix_s < SOON_s ? "" : ago(now_s - heard_unix_s)))
  if (age === "") return null
  return (
    <div class="banner" role="alert">
      <strong>The server does not answer.</strong>{" "}
      {heard_unix_s > 0 && `What you see was heard ${age}. `}
      Is <code>coincell serve</code> still running on its computer, and is this one in the same
      network? Tests go on by themselves on the boards. This page tries again every few seconds.
    </div>
  )
}
