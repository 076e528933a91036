import { SingleBar } from "cli-progress"
import { tell } from "./print"

/** How far long work has come, for a person at a terminal. */
export interface Progress {
  /** @param share done, 0 … 1 */
  update(share: number, text?: string): void
  /** Tells something on stderr meanwhile. */
  tell(text: string): void
  stop(): void
}

/** A bar on stderr if that is a terminal; elsewhere nothing but what is told. */
export function showProgress(label: string): Progress {
  if (!process.stderr.isTTY) return { update() {}, tell, stop() {} }
  const bar = new SingleBar({
    format: `${label} {bar} {percentage} % {text}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  let share = 0
  const show = () => bar.start(1, share, { text: "" })
  show()
  return {
    update(done, text = "") {
      share = Math.min(done, 1)
      bar.update(share, { text })
    },
    tell(text) {
      bar.stop()
      tell(text)
      show()
    },
    stop: () => bar.stop(),
  }
}
