import { Random } from "../../../sim/random"
import type { Audit, Kept } from "./audit"
import type { Ear } from "./ear"
import { newJob } from "./lab"
import type { Lab } from "./legState"
import type { World } from "./world"

const CHANNELS = [0, 1, 2, 3]
const PROGRAM_CHUNK = 192
/** An answer is there by then. */
const ANSWER_ms = 1_000
const READ_ms = 25
/** So many faults of a test in a row, and another cell is put in. */
const PATIENCE = 3

/** A person who looks at the tests now and then, goes on with what waits and starts what is over anew. */
export class Person {
  readonly tests: (Kept | undefined)[] = []
  /** Of all looks at a channel, how many saw it at work. */
  looks = 0
  atWork = 0
  readonly seen: Record<string, number> = {}
  /** Of all tests that were ended. */
  readonly charges: Lab["charges"] = []
  /** When orders were last given. */
  ordered_ms = Number.NEGATIVE_INFINITY
  private readonly faults: number[] = [0, 0, 0, 0]
  private readonly random: Random
  private silent = 0
  private fruitless = 0

  constructor(
    seed: number,
    private readonly world: World,
    private readonly ear: Ear,
    private readonly audit: Audit,
    /** How long a leg's first tests shall take, by channel. */
    private readonly first_d: (number | undefined)[],
    /** The number that the next test is given. */
    public next: number,
    /** The board is never switched off. */
    private readonly isSteady: boolean,
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
      if (!this.isSteady) world.powerCycle()
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
      if (kept?.test === status.test) {
        kept.hasBegun = true
        return
      }
    }
    this.ordered_ms = world.now_ms
    const isOurs = kept?.test === status.test
    if (kept !== undefined && isOurs) kept.hasBegun = true
    const goesOn = state === "Paused" || (state === "Fault" && ++faults[channel] < PATIENCE)
    if (isOurs && goesOn) {
      if (state === "Fault") this.fruitless++
      this.order("resume", [channel])
      return
    }
    if (state === "Fault") this.fruitless++
    faults[channel] = 0
    this.order("stop", [channel])
    if (kept !== undefined) this.end(kept)
    this.start(channel)
  }

  /** Looks up what the cell took. */
  private end(kept: Kept): void {
    kept.passed_C = this.world.passed_C(kept.channel)
    this.charges.push([kept.channel, kept.test, kept.passed_C])
    this.tests[kept.channel] = undefined
  }

  /** Ends all tests and takes the cells out. */
  leave(): void {
    for (const channel of CHANNELS) this.order("stop", [channel])
    this.world.sleep_ms(ANSWER_ms)
    for (const kept of [...this.tests]) if (kept !== undefined) this.end(kept)
  }

  private start(channel: number): void {
    const { world, audit } = this
    const job = newJob(this.random, channel, this.first_d[channel])
    this.first_d[channel] = undefined
    world.insert(channel, job.cell)
    for (let at = 0; at < job.program.length; at += PROGRAM_CHUNK)
      this.order("write_program", [at, channel, job.program.slice(at, at + PROGRAM_CHUNK)])
    const test = this.next++
    const kept: Kept = {
      channel,
      test,
      job,
      passed_C: undefined,
      troubles: 0,
      spells: 0,
      throughput_C: 0,
      hasBegun: false,
    }
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
