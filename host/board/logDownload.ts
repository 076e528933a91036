import { BoardError } from "../errors"
import { PAGE_BYTES } from "../log/page"
import { ANSWER_ms, type BoardPort } from "./port"

const CHUNK = 224
/** Requests under way at once. */
const WINDOW = 2

/**
 * Reads pages `first` to `next` − 1 of a board's log as it has them, several requests under way at once.
 * @param onProgress hears the share that is done, 0 … 1
 * @throws BoardError when the board stops answering
 */
export async function downloadLog(
  port: BoardPort,
  first: number,
  next: number,
  onProgress: (share: number) => void,
): Promise<Uint8Array> {
  const { link } = port
  const log = new Uint8Array((next - first) * PAGE_BYTES)
  const missing = new Set<number>()
  for (let at = 0; at < log.length; at += CHUNK) missing.add(at)
  const chunks = missing.size
  const stopListening = await port.listen("read_log", ([page, offset, data]) => {
    const at = (Number(page) - first) * PAGE_BYTES + Number(offset)
    if (missing.delete(at)) log.set((data as Uint8Array).subarray(0, log.length - at), at)
  })
  try {
    let silentSince_ms = link.now_ms
    while (missing.size > 0) {
      const asked = [...missing].slice(0, WINDOW)
      for (const at of asked) {
        const page = first + Math.floor(at / PAGE_BYTES)
        const count = Math.min(CHUNK, log.length - at)
        await port.send("read_log", [page, at % PAGE_BYTES, count])
      }
      const before = missing.size
      for (let waited = 0; asked.some((at) => missing.has(at)) && waited < 50; waited++)
        await link.settle(link.bus.delay(10))
      if (missing.size < before) silentSince_ms = link.now_ms
      else if (link.now_ms - silentSince_ms > ANSWER_ms)
        throw new BoardError("The board stopped answering while its log was read. Try again.")
      onProgress(1 - missing.size / chunks)
    }
  } finally {
    stopListening()
  }
  return log
}
