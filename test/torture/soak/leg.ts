import { rmSync } from "node:fs"
import { address, manifest } from "../../../sim/manifest"
import { PAGE_BYTES } from "../../../host/log/page"
import type { FaultOptions } from "../faultOptions"
import { draw, type Happening, isFault } from "../happenings"
import { Audit } from "./audit"
import { BoardTime } from "./boardTime"
import { Downloader } from "./download"
import { Ear } from "./ear"
import { MemoryWatch } from "./heap"
import type { LegState } from "./legState"
import { Restarts } from "./restarts"
import { STEADY_d } from "./schedule"
import { Person } from "./visits"
import { World } from "./world"
import { WriteCounter } from "./writeCounter"

const DAY_ms = 86_400_000
const SECTORS = 4096
const CHANNELS = [0, 1, 2, 3]
/** The board starts, and the lab with it. */
const BEGIN_ms = 10_000
/** Less of a cell's throughput is no current that flowed, C. */
const NOTHING_C = 1e-4

export interface LegOptions {
  /** Everything but the board follows from it. */
  seed: number
  boardSeed: number
  firmware: Uint8Array | "native"
  days: number
  faults: FaultOptions
  /** For the host's store, which is made anew. */
  folder: string
  /** Which of the faults drawn shall happen, by their number; undefined: all. */
  only?: readonly number[]
  onDay?: (progress: Record<string, unknown>) => void
  /** Hears what is wrong, which then does not end the leg. */
  onProblem?: (problem: Problem) => void
}

/** What ends a leg. */
export class SoakError extends Error {
  constructor(readonly problem: Problem) {
    super(`after ${problem.at_d.toFixed(4)} days: ${problem.what}`)
    this.name = "SoakError"
  }
}

/** Something that must not be. */
export interface Problem {
  at_d: number
  what: string
}

export interface LegEnd {
  state: LegState
  summary: Record<string, unknown>
}

/** The faults that a leg will see, each with its number. */
export function faultsOf({ faults, seed, days }: LegOptions): Happening[] {
  return draw(faults, seed, days).filter(isFault)
}

/**
 * One leg of a soak: a board with what the leg before left in it, in a lab that was put in order meanwhile.
 * @throws what is wrong, and when
 */
export async function runLeg(options: LegOptions, before: LegState): Promise<LegEnd> {
  rmSync(options.folder, { recursive: true, force: true })
  return new Leg(options, before).run()
}

class Leg {
  private readonly world: World
  private readonly wear = new WriteCounter()
  private readonly ear: Ear
  private readonly audit: Audit
  private readonly host: Downloader
  private readonly person: Person
  private readonly restarts: Restarts
  private readonly memory: MemoryWatch
  private readonly time: BoardTime
  private readonly began = performance.now()
  private awayUntil_ms = 0
  private panics = 0
  private day = 0

  constructor(
    private readonly options: LegOptions,
    private readonly before: LegState,
  ) {
    const { seed, boardSeed, firmware, faults, days, folder } = options
    const { memories, lab } = before
    const complain = (what: string) => this.complain(what)
    const world = new World(seed, boardSeed, firmware, memories)
    this.world = world
    const { board } = world
    board.i2c.replace(address(manifest.chips.fram.addresses[0]), (chip) => this.wear.around(chip))
    this.ear = new Ear(board)
    this.audit = new Audit(complain)
    this.host = new Downloader(world, this.ear, this.audit, folder, lab.now_ms)
    // The first tests of a leg that is to come past the wraps take all of it, on two channels.
    const long_d = Math.ceil(days) + 1
    const { isSteady } = faults
    const first_d = CHANNELS.map((channel) => (isSteady && channel % 3 === 0 ? long_d : undefined))
    this.person = new Person(seed, world, this.ear, this.audit, first_d, lab.nextTest, isSteady)
    this.restarts = new Restarts(world, this.ear, this.person, complain)
    this.memory = new MemoryWatch(world, days, complain)
    this.time = new BoardTime(complain)
    board.onLog = (line) => this.hear(line)
    world.onTrouble = () => this.countSpells()
    world.onFailure = () => {
      if (world.now_ms > world.framFaultyUntil_ms + 1000) this.audit.remember(board.framMemory)
    }
  }

  async run(): Promise<LegEnd> {
    try {
      await this.play()
    } catch (error) {
      if (error instanceof SoakError) throw error
      const { message, stack } = error as Error
      throw new SoakError({ at_d: this.at_d, what: `${message} ${stack}` })
    }
    const { world, host, person, before, options } = this
    const { board } = world
    board.powerOff()
    const { flashMemory: flash, framMemory: fram, eeproms } = board
    const lab = {
      now_ms: before.lab.now_ms + world.now_ms,
      nextTest: person.next,
      charges: person.charges,
      stored: host.stored(),
    }
    const state = { memories: { flash, fram, eeproms }, lab }
    return { state, summary: { days: options.days, ...this.told() } }
  }

  private async play(): Promise<void> {
    const { world, ear, person, host, audit, options, time } = this
    const coming = this.plan()
    world.board.powerOn()
    world.runUntil_ms(BEGIN_ms)
    ear.host.ask("boot_count")
    world.sleep_ms(1_000)
    audit.firstBoot = Number(ear.registers.get("boot_count")?.[0])
    person.visit()
    for (const happening of coming) {
      this.tellUntil_ms(happening.at_ms)
      if (happening.at_ms < world.now_ms) continue
      world.runUntil_ms(happening.at_ms)
      if (happening.kind === "person") person.visit()
      else if (world.now_ms >= this.awayUntil_ms) {
        await host.visit()
        time.check(ear, host.asked_ms)
      }
    }
    this.tellUntil_ms(options.days * DAY_ms)
    world.runUntil_ms(options.days * DAY_ms)
    await this.finish()
  }

  /** The last visit, to a board that is left alone: all tests are ended, and all that there is comes to the host. */
  private async finish(): Promise<void> {
    const { world, person, host, audit, ear, time, options } = this
    world.runOut()
    world.sleep_ms(60_000)
    await host.visit()
    time.check(ear, host.asked_ms)
    if (options.faults.isSteady && options.days >= STEADY_d) time.checkWraps()
    ear.forget()
    ear.host.ask("problem")
    world.sleep_ms(1_000)
    if (ear.registers.get("problem")?.[0] !== "") world.powerCycle()
    person.leave()
    await host.visit()
    await host.visit()
    audit.close()
    this.checkCopy()
    if (!world.hasEepromsAsTheyWere) this.complain("the firmware wrote to a DAC's EEPROM")
  }

  /** Sets up all that will go wrong. @returns who comes by */
  private plan(): Happening[] {
    const { options, world } = this
    const coming: Happening[] = []
    let number = 0
    for (const happening of draw(options.faults, options.seed, options.days)) {
      if (!isFault(happening)) {
        coming.push(happening)
        continue
      }
      if (options.only?.includes(number++) === false) continue
      if (happening.kind === "absence")
        world.at(happening.at_ms, () => {
          this.awayUntil_ms = world.now_ms + happening.for_ms
        })
      else world.plan(happening)
      world.at(happening.at_ms, () => this.countTroubles(happening))
    }
    return coming
  }

  private countTroubles(happening: Happening): void {
    const { kind } = happening
    if (kind !== "chip" && kind !== "cell" && kind !== "stall" && kind !== "relay") return
    const isOne = kind === "cell" || kind === "relay"
    for (const channel of isOne ? [happening.channel] : CHANNELS) {
      const kept = this.person.tests[channel]
      if (kept !== undefined) kept.troubles++
    }
  }

  /** A current that had flowed is cut short. */
  private countSpells(): void {
    const { world } = this
    for (const kept of this.person.tests) {
      if (kept === undefined) continue
      world.relays[kept.channel].settle(world.board.clock.now_us)
      const { throughput_C } = world.holders[kept.channel]
      if (throughput_C - kept.throughput_C > NOTHING_C) kept.spells++
      kept.throughput_C = throughput_C
    }
  }

  private hear(line: string): void {
    const { world } = this
    if (/watchdog resets/.test(line)) {
      world.count("watchdog resets")
      this.countSpells()
      if (!world.silence.explains(world.now_ms))
        this.complain("the watchdog reset a board whose heartbeat nothing had held up")
    }
    if (!/panic/.test(line)) return
    this.panics++
    this.complain(`the runtime broke down: ${line}`)
  }

  private get at_d(): number {
    return this.world.now_ms / DAY_ms
  }

  private complain(what: string): void {
    const problem = { at_d: this.at_d, what }
    if (this.options.onProblem === undefined) throw new SoakError(problem)
    this.options.onProblem(problem)
  }

  /** Tells of each day that ends until then. */
  private tellUntil_ms(until_ms: number): void {
    const { world } = this
    for (; (this.day + 1) * DAY_ms <= until_ms; this.day++) {
      world.runUntil_ms(Math.max(world.now_ms, (this.day + 1) * DAY_ms))
      const speed = Math.round(world.now_ms / (performance.now() - this.began))
      this.options.onDay?.({ day: this.day + 1, speed, ...this.told() })
    }
  }

  private told() {
    const { world, restarts, audit, host, person, time, wear, memory } = this
    const { flash } = world.board
    const erases = Array.from({ length: SECTORS }, (_, sector) => flash.eraseCount(sector))
    const held = memory.script.filter((one) => one !== undefined)
    return {
      counts: { ...world.counts },
      restartsChecked: restarts.checked,
      restartsPassedOver: restarts.passedOver,
      cellChanged: { moved: restarts.cellsMoved, polarised: restarts.cellsPolarised },
      tests: { checked: audit.testsChecked, worstCharge: audit.worstCharge },
      pages: audit.pages,
      committedPagesFound: audit.slotsChecked,
      host: { visits: host.visits, interrupted: host.interrupted },
      person: {
        looks: person.looks,
        atWork: person.atWork / person.looks,
        seen: { ...person.seen },
      },
      board_ms: time.most_ms,
      wraps: time.wraps,
      flashErases: {
        most: Math.max(...erases),
        least: Math.min(...erases),
        all: erases.reduce((all, one) => all + one, 0),
      },
      framWrites: { most: wear.most(), bytes: wear.bytes },
      panics: this.panics,
      scriptHeap: { bytes: memory.size, least: Math.min(...held), most: Math.max(...held) },
      memory: memory.process(),
    }
  }

  /** The host's copy is the board's log, as far as the ring still has it. */
  private checkCopy(): void {
    const { audit, host, world } = this
    const flash = world.board.flashMemory
    const ring = audit.copy.length / PAGE_BYTES
    const [first, next] = host.range
    for (let page = Math.max(first, next - ring + 32); page < next; page++) {
      const at = (page % ring) * PAGE_BYTES
      const [theirs, ours] = [flash, audit.copy].map((log) => log.subarray(at, at + PAGE_BYTES))
      if (Buffer.compare(theirs, ours) !== 0)
        this.complain(`page ${page} is not what was downloaded`)
    }
  }
}
