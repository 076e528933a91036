import { PAGE_BYTES } from "../../../host/log/page"
import { Random } from "../../../sim/random"
import type { Audit, Kept } from "./audit"
import type { Ear } from "./ear"
import { newJob } from "./lab"
import type { World } from "./world"

const CHANNELS = [0, 1, 2, 3]
const PART_BYTES = 224
const PROGRAM_CHUNK = 192
/** An answer is there by then. */
const ANSWER_ms = 1_000
const READ_ms = 25
/** Pages asked for at a time: eight of these are seven pages. */
const BATCH_PAGES = 56
const EPOCH_ms = Date.UTC(2026, 0, 1)
/** So many faults of a test in a row, and another cell is put in. */
const PATIENCE = 3

/** A host that comes by, sets the clock, downloads what is new, and says so. */
export class Downloader {
  /** All pages below are stored. */
  next = 0
  visits = 0
  interrupted = 0
  /** When the board was asked what time it is. */
  asked_ms = 0

  constructor(
    private readonly world: World,
    private readonly ear: Ear,
    private readonly audit: Audit,
    private readonly from_ms: number,
  ) {}

  visit(): void {
    const { world, ear } = this
    if (!world.board.isOn) return
    this.visits++
    ear.forget()
    ear.host.send("set_time", [EPOCH_ms + this.from_ms + Math.round(world.now_ms)])
    ear.host.ask("log_range")
    ear.host.ask("boot_count")
    ear.host.ask("time")
    this.asked_ms = world.now_ms
    world.sleep_ms(ANSWER_ms)
    const range = ear.registers.get("log_range")
    if (range === undefined) return
    const [first, next, downloaded] = range.map(Number)
    if (Number.isNaN(this.stored)) this.next = Math.max(first, downloaded)
    this.stored = this.next
    while (this.next < next) if (!this.batch(Math.min(next, this.next + BATCH_PAGES))) return
    this.audit.downloaded()
    ear.host.send("acknowledge_log", [this.next])
    world.sleep_ms(ANSWER_ms)
  }
  private stored = Number.NaN

  /** @returns false when not all of it came: the board restarted meanwhile */
  private batch(to: number): boolean {
    const { world, ear, next } = this
    const bytes = new Uint8Array((to - next) * PAGE_BYTES)
    let missing = bytes.length
    ear.onLogData = (page, offset, data) => {
      const at = (page - next) * PAGE_BYTES + offset
      if (at < 0 || at + data.length > bytes.length) return
      bytes.set(data, at)
      missing -= data.length
    }
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      const count = Math.min(PART_BYTES, bytes.length - at)
      ear.host.send("read_log", [next + Math.floor(at / PAGE_BYTES), at % PAGE_BYTES, count])
      world.sleep_ms(READ_ms)
    }
    world.sleep_ms(ANSWER_ms)
    ear.onLogData = () => {}
    if (missing !== 0) {
      this.interrupted++
      return false
    }
    for (let page = next; page < to; page++) {
      const at = (page - next) * PAGE_BYTES
      this.audit.take(page, bytes.slice(at, at + PAGE_BYTES))
    }
    this.next = to
    return true
  }
}

/** A person who looks at the tests now and then, goes on with what waits and starts what is over anew. */
export class Person {
  readonly tests: (Kept | undefined)[] = []
  /** Of all looks at a channel, how many saw it at work. */
  looks = 0
  atWork = 0
  readonly seen: Record<string, number> = {}
  /** When orders were last given. */
  ordered_ms = Number.NEGATIVE_INFINITY
  private readonly faults: number[] = [0, 0, 0, 0]
  private readonly random: Random
  private next = 1
  private silent = 0
  private fruitless = 0

  constructor(
    seed: number,
    private readonly world: World,
    private readonly ear: Ear,
    private readonly audit: Audit,
    /** How long a leg's first tests shall take, by channel. */
    private readonly first_d: readonly (number | undefined)[],
    /** Until then the board is not switched off. */
    private readonly steady_ms: number,
  ) {
    this.random = new Random(seed, "person")
  }

  visit(): void {
    const { world, ear } = this
    if (!world.board.isOn) return
    ear.forget()
    ear.host.ask("problem")
    for (const channel of CHANNELS) {
      ear.host.send("status", [channel])
      world.sleep_ms(READ_ms)
    }
    world.sleep_ms(ANSWER_ms)
    const problem = ear.registers.get("problem")?.[0]
    this.silent = problem === "" ? 0 : this.silent + 1
    if (this.silent > 1 || this.fruitless > 3 * PATIENCE) {
      this.silent = this.fruitless = 0
      if (world.now_ms > this.steady_ms) world.powerCycle()
      return
    }
    if (problem !== "") return
    for (const channel of CHANNELS) this.attend(channel)
  }

  private attend(channel: number): void {
    const { world, ear, faults } = this
    const status = ear.statuses[channel]
    const kept = this.tests[channel]
    if (status === undefined) return
    this.looks++
    const { state } = status
    this.seen[state] = (this.seen[state] ?? 0) + 1
    if (state === "Fault") {
      const what = `${status.fault} on ${channel}`
      this.seen[what] = (this.seen[what] ?? 0) + 1
    }
    if (state === "Running" || state === "Zeroing") {
      this.atWork++
      faults[channel] = 0
      this.fruitless = 0
      if (kept?.test === status.test) return
    }
    this.ordered_ms = world.now_ms
    const isOurs = kept?.test === status.test
    const goesOn = state === "Paused" || (state === "Fault" && ++faults[channel] < PATIENCE)
    if (isOurs && goesOn) {
      if (state === "Fault") this.fruitless++
      this.order("resume", [channel])
      return
    }
    if (state === "Fault") this.fruitless++
    faults[channel] = 0
    this.order("stop", [channel])
    if (kept !== undefined) kept.ended_C = world.holders[channel].charge_C
    this.start(channel)
  }

  private start(channel: number): void {
    const { world, audit } = this
    const isFirst = this.tests[channel] === undefined
    const job = newJob(this.random, channel, isFirst ? this.first_d[channel] : undefined)
    world.insert(channel, job.cell)
    for (let at = 0; at < job.program.length; at += PROGRAM_CHUNK)
      this.order("write_program", [at, channel, job.program.slice(at, at + PROGRAM_CHUNK)])
    const test = this.next++
    const kept = { channel, test, job, began_C: 0, ended_C: undefined, troubles: 0 }
    this.tests[channel] = kept
    audit.kept.set(`${channel} ${test}`, kept)
    this.order("start", [test, channel])
    world.sleep_ms(ANSWER_ms)
  }

  private order(command: string, values: (number | Uint8Array)[]): void {
    if (!this.world.board.isOn) return
    this.ear.host.send(command, values)
    this.world.sleep_ms(2 * READ_ms + 50)
    this.ordered_ms = this.world.now_ms
  }
}
