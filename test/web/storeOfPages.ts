import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { Recorder } from "../../firmware/core/recorder"
import { Store } from "../../host/store/store"
import { PageWriter } from "../log/pageWriter"

export const BOARD = "00a1b2c3d4e5f607"
export const BEGAN_ms = Date.UTC(2026, 0, 1)

/** Half a cycle takes so long, with a point every ten seconds. */
export const HALF_s = 3600
const EVERY_s = 10
const CURRENT_A = 1e-3
const LOW_V = 3
const HIGH_V = 4.2

/** The test on a channel. */
interface Running {
  recorder: Recorder
  /** Board time less test time, and test time. */
  ahead_ms: number
  time_ms: number
  step: number
}

/** A board whose log goes into a store as it grows. */
export class LoggingBoard {
  readonly writer = new PageWriter()
  readonly store: Store
  private readonly channels = new Map<number, Running>()

  constructor(
    readonly folder: string,
    readonly id = BOARD,
    readonly name = "KX42",
    began_ms = BEGAN_ms,
  ) {
    this.store = Store.open(folder)
    this.writer.recorder(BOARD_CHANNEL).clock(began_ms, 0)
  }

  /** Begins a test on a channel; the host that stores it did not start it. */
  begin(channel: number, test: number): void {
    const before = this.channels.get(channel)
    const recorder = before?.recorder ?? this.writer.recorder(channel)
    const ahead_ms = before === undefined ? 0 : before.ahead_ms + before.time_ms
    this.writer.now_ms = ahead_ms
    recorder.testBegins(test, 1_700_000_000, 0, 25)
    this.channels.set(channel, { recorder, ahead_ms, time_ms: 0, step: 0 })
  }

  /** A cycle of charge and discharge at constant current: the voltage rises, and falls again, in proportion to the charge. */
  cycle(channel: number, cycle: number): void {
    this.half(channel, cycle, 1)
    this.half(channel, cycle, -1)
  }

  half(channel: number, cycle: number, sign: 1 | -1): void {
    const on = this.on(channel)
    const begun_ms = on.time_ms
    this.writer.now_ms = on.ahead_ms + begun_ms
    on.recorder.stepBegins(begun_ms, on.step++ % 2, 2, cycle, 255)
    for (let t = EVERY_s; t <= HALF_s; t += EVERY_s) {
      on.time_ms = begun_ms + 1000 * t
      this.writer.now_ms = on.ahead_ms + on.time_ms
      const share = sign > 0 ? t / HALF_s : 1 - t / HALF_s
      const voltage_V = LOW_V + (HIGH_V - LOW_V) * share
      const charge_mAs = 1000 * sign * CURRENT_A * t
      const kind = t === EVERY_s ? 1 : t === HALF_s ? 2 : 0
      const energy_mWs = charge_mAs * voltage_V
      on.recorder.point(kind, on.time_ms, voltage_V, sign * CURRENT_A, charge_mAs, energy_mWs)
    }
  }

  /** Paused for so long. */
  pause(channel: number, duration_s: number): void {
    const on = this.on(channel)
    on.recorder.event(5, on.time_ms, 1)
    on.ahead_ms += 1000 * duration_s
    this.writer.now_ms = on.ahead_ms + on.time_ms
    on.recorder.event(6, on.time_ms, 0)
  }

  /** Stopped by a fault, as the service's enum Fault numbers them. */
  fault(channel: number, fault: number): void {
    const { recorder, time_ms } = this.on(channel)
    recorder.event(4, time_ms, fault)
  }

  end(channel: number): void {
    const { recorder, time_ms } = this.on(channel)
    recorder.event(3, time_ms, 0)
  }

  /** Stores all pages that are full, and with `flush` those that are not, and makes folders for new tests. */
  download(flush = true): void {
    if (flush) for (const { recorder } of this.channels.values()) recorder.flush()
    const log = this.store.board(this.id)
    const from = log.next
    const pages = this.writer.written.slice(from)
    const writer = log.writer()
    writer.describe({
      name: this.name,
      firmware: { version: "0.1.0", board: "sim" },
      simulated: true,
    })
    if (pages.length > 0) writer.append(from, Buffer.concat(pages))
    writer.close()
    log.adoptTests()
  }

  /** What a person writes about a test's cell. */
  describe(id: string, cell: Record<string, unknown> | string): void {
    const text = typeof cell === "string" ? cell : JSON.stringify(cell)
    writeFileSync(join(this.folder, "tests", id, "cell.yaml"), text)
  }

  private on(channel: number) {
    const on = this.channels.get(channel)
    if (on === undefined) throw new Error(`no test on channel ${channel}`)
    return on
  }
}
