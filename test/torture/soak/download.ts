import type { LogRange } from "../../../host/boardClient"
import { BoardError } from "../../../host/errors"
import type { Pages } from "../../../host/board/logWindow"
import { PAGE_BYTES } from "../../../host/log/page"
import type { BoardLog } from "../../../host/store/boardLog"
import { download, type LogSource } from "../../../host/store/download"
import { Store } from "../../../host/store/store"
import type { Audit } from "./audit"
import type { Ear } from "./ear"
import { hash } from "./legState"
import type { World } from "./world"

const PART_BYTES = 224
/** An answer is there by then. */
const ANSWER_ms = 1_000
const READ_ms = 25
/** Pages asked for at a time: eight of these are seven pages. */
const BATCH_PAGES = 56
const EPOCH_ms = Date.UTC(2026, 0, 1)
const ID = "50a4000000000001"

/**
 * A host that comes by, sets the clock, downloads what is new, and says so. It is the host's own download into a store
 * of its own. Only the packets go by the soak's timetable instead of the client's, which asks for the next page when the
 * last one came: the runtimes answer a millisecond sooner or later than each other, and from then on the log would
 * hold another noise. The client's own way is `test/scenario`'s, and the faults on it `test/torture/host`'s.
 */
export class Downloader implements LogSource {
  readonly id = ID
  readonly name = "SOAK"
  visits = 0
  interrupted = 0
  /** When the board was asked what time it is. */
  asked_ms = 0
  private readonly log: BoardLog
  /** All pages below were looked at. */
  private next = 0

  /**
   * @param folder for its store, which is not there yet
   * @param from_ms the lab's clock when the board's began
   */
  constructor(
    private readonly world: World,
    private readonly ear: Ear,
    private readonly audit: Audit,
    folder: string,
    private readonly from_ms: number,
  ) {
    this.log = Store.open(folder).board(ID)
  }

  async visit(): Promise<void> {
    const { world, ear, log } = this
    if (!world.board.isOn) return
    this.visits++
    ear.forget()
    ear.host.send("set_time", [EPOCH_ms + this.from_ms + Math.round(world.now_ms)])
    ear.host.ask("boot_count")
    ear.host.ask("time")
    this.asked_ms = world.now_ms
    world.sleep_ms(ANSWER_ms)
    const firmware = { version: "0", board: "sim" }
    try {
      const { isComplete, lost } = await download({ board: this, firmware, isSimulated: true }, log)
      if (lost > 0) throw new Error(`the board has overwritten ${lost} pages that nobody had`)
      if (isComplete) this.look(true)
    } catch (error) {
      if (!(error instanceof BoardError)) throw error
      this.interrupted++
      this.look(false)
    }
  }

  /** What the store has, and its hash. */
  stored(): string {
    return hash(...this.log.pages())
  }

  /** The first page that the store has, and the one after its last. */
  get range(): [first: number, next: number] {
    const { current } = this.log
    return [current.stretches()[0]?.first ?? 0, current.next]
  }

  private look(hasAll: boolean): void {
    const [first, next] = this.range
    let sequence = Math.max(this.next, first)
    for (const page of this.log.pages(sequence, next)) this.audit.take(sequence++, page.slice())
    this.next = next
    if (hasAll) this.audit.downloaded()
  }

  async logRange(): Promise<LogRange> {
    this.ear.registers.delete("log_range")
    this.ear.host.ask("log_range")
    this.world.sleep_ms(ANSWER_ms)
    const range = this.ear.registers.get("log_range")
    if (range === undefined) throw new BoardError("It does not tell its log's range.")
    const [first, next, downloaded, released, , isFull] = range.map(Number)
    return { first, next, downloaded, released, policy: "Overwrite", isFull: isFull !== 0 }
  }

  async *readPages(first: number, next: number): AsyncGenerator<Pages> {
    for (let page = first; page < next; page += BATCH_PAGES)
      yield this.batch(page, Math.min(next, page + BATCH_PAGES))
  }

  async acknowledgeLog(next: number): Promise<void> {
    this.ear.host.send("acknowledge_log", [next])
    this.world.sleep_ms(ANSWER_ms)
  }

  /** @throws BoardError when not all of it came: the board restarted meanwhile */
  private batch(first: number, next: number): Pages {
    const { world, ear } = this
    const bytes = new Uint8Array((next - first) * PAGE_BYTES)
    let missing = bytes.length
    ear.onLogData = (page, offset, data) => {
      const at = (page - first) * PAGE_BYTES + offset
      if (at < 0 || at + data.length > bytes.length) return
      bytes.set(data, at)
      missing -= data.length
    }
    for (let at = 0; at < bytes.length && world.board.isOn; at += PART_BYTES) {
      const count = Math.min(PART_BYTES, bytes.length - at)
      const page = first + Math.floor(at / PAGE_BYTES)
      ear.host.send("read_log", [page, at % PAGE_BYTES, count])
      world.sleep_ms(READ_ms)
    }
    world.sleep_ms(ANSWER_ms)
    ear.onLogData = () => {}
    if (missing !== 0) throw new BoardError("Not all pages came.")
    return { first, bytes }
  }
}
