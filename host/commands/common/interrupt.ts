/** What Unix calls a process that Ctrl-C ended. */
const INTERRUPTED = 130

/**
 * Does work that Ctrl-C asks to end: the first one aborts the signal, a second one quits at once. Tests are
 * the board's, and go on.
 */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    controller.abort()
  }
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.off("SIGINT", interrupt)
    process.off("SIGTERM", interrupt)
  }
}
