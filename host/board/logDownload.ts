import { BoardError } from "../errors"
import { LogWindow, type Pages } from "./logWindow"
import type { BoardPort } from "./port"

/** Silence after which the board is looked for anew: it may have restarted. */
const LISTEN_ANEW_ms = 1_500
/** Silence after which it is given up. A restart takes 3.3 s. */
const GIVE_UP_ms = 12_000
/** How often is looked for requests that were lost. */
const LOOK_ms = 100

/**
 * Reads pages `first` to `next` − 1 of a board's log as it has them, some at once, as fast as the board can
 * send. What is lost on the way is asked for again, and a board that restarts is waited for.
 * @param signal ends it early, without an error
 * @throws BoardError when the board stops answering
 */
export async function* readPages(
  port: BoardPort,
  first: number,
  next: number,
  signal?: AbortSignal,
): AsyncGenerator<Pages> {
  const { link } = port
  const window = new LogWindow(first, next)
  let heard_ms = link.now_ms
  let failure: unknown
  let wake = () => {}
  const ask = async () => {
    for (let request = window.request(link.now_ms); request; request = window.request(link.now_ms))
      await port.send("read_log", [request.page, request.offset, request.count])
  }
  const listen = () =>
    port.listen("read_log", ([page, offset, data]) => {
      if (!window.take(Number(page), Number(offset), data as Uint8Array)) return
      heard_ms = link.now_ms
      wake()
      // At once, so that the board never waits for the host.
      ask().catch((error) => {
        failure ??= error
      })
    })
  const onAbort = () => wake()
  signal?.addEventListener("abort", onAbort)
  let stopListening = await listen()
  let listening_ms = link.now_ms
  try {
    while (!window.isDone && !signal?.aborted) {
      const batch = window.batch()
      if (batch !== undefined) {
        yield batch
        // What the taker took its time for is no silence.
        heard_ms = link.now_ms
        continue
      }
      if (failure !== undefined) throw failure
      const silent_ms = link.now_ms - heard_ms
      if (silent_ms > GIVE_UP_ms)
        throw new BoardError(
          "The board stopped answering while its log was read. Is it still powered and plugged in? Its " +
            "tests go on by themselves; try again, and the download goes on where it stood.",
        )
      if (silent_ms > LISTEN_ANEW_ms && link.now_ms - listening_ms > LISTEN_ANEW_ms) {
        stopListening()
        stopListening = await listen()
        listening_ms = link.now_ms
      }
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      await ask()
      await link.settle(Promise.race([woken, link.bus.delay(LOOK_ms)]))
    }
  } finally {
    signal?.removeEventListener("abort", onAbort)
    stopListening()
  }
}
