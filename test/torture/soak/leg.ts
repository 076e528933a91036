import { createHash } from "node:crypto"
import { address, manifest } from "../../../sim/manifest"
import type { Memories } from "../../../sim/board"
import type { FaultOptions } from "../faultOptions"
import { draw, type Happening, isFault } from "../happenings"
import { Audit } from "./audit"
import { Ear } from "./ear"
import { Restarts } from "./restarts"
import { Downloader, Person } from "./visits"
import { World } from "./world"
import { WriteCounter } from "./writeCounter"

const DAY_ms = 86_400_000
const SECTORS = 4096
/** The board starts, and the lab with it. */
const BEGIN_ms = 10_000

export interface LegOptions {
  /** Everything but the board follows from it. */
  seed: number
  boardSeed: number
  firmware: Uint8Array | "native"
  days: number
  faults: FaultOptions
  /** Lab time at which it begins, ms. */
  from_ms: number
  /** How long the first tests take, by channel, days. */
  first_d: readonly (number | undefined)[]
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
  memories: Memories
  digest: string
  summary: Record<string, unknown>
}

/** The faults that a leg will see, each with its number. */
export function faultsOf({ faults, seed, days }: LegOptions): Happening[] {
  return draw(faults, seed, days).filter(isFault)
}

/**
 * One leg of a soak: a board whose memories are what the leg before left, in a lab that was serviced meanwhile.
 * @throws what is wrong, and when
 */
export function runLeg(options: LegOptions, memories: Memories): LegEnd {
  const { seed, days, faults, firmware } = options
  const world = new World(seed, options.boardSeed, firmware, memories)
  const { board } = world
  const wear = new WriteCounter()
  board.i2c.replace(address(manifest.chips.fram.addresses[0]), (chip) => wear.around(chip))
  const ear = new Ear(board)
  const complain = (what: string) => {
    const problem = { at_d: world.now_ms / DAY_ms, what }
    if (options.onProblem === undefined) throw new SoakError(problem)
    options.onProblem(problem)
  }
  const audit = new Audit(complain)
  const host = new Downloader(world, ear, audit, options.from_ms)
  const steady_ms = faults.steady_d * DAY_ms
  const person = new Person(seed, world, ear, audit, options.first_d, steady_ms)
  const restarts = new Restarts(world, ear, person, complain)
  let panics = 0
  board.onLog = (line) => {
    if (/watchdog resets/.test(line)) world.count("watchdog resets")
    if (!/panic/.test(line)) return
    panics++
    complain(`the runtime broke down: ${line}`)
  }
  world.onFailure = () => {
    if (world.now_ms > world.framFaultyUntil_ms + 1000) audit.remember(board.framMemory)
  }
  let number = 0
  let awayUntil_ms = 0
  const coming: Happening[] = []
  for (const happening of draw(faults, seed, days)) {
    if (isFault(happening)) {
      const isChosen = options.only === undefined || options.only.includes(number)
      number++
      if (!isChosen) continue
      if (happening.kind === "absence") {
        world.at(happening.at_ms, () => {
          awayUntil_ms = world.now_ms + happening.for_ms
        })
      } else world.plan(happening)
      const channels = happening.kind === "cell" ? [happening.channel] : [0, 1, 2, 3]
      if (happening.kind === "chip" || happening.kind === "cell" || happening.kind === "stall")
        world.at(happening.at_ms, () => {
          for (const channel of channels) {
            const kept = person.tests[channel]
            if (kept !== undefined) kept.troubles++
          }
        })
    } else coming.push(happening)
  }
  const began = performance.now()
  let day = 0
  const clock = new BoardClockCheck(complain)
  const tell = () => {
    day++
    options.onDay?.({
      day,
      speed: Math.round((world.now_ms * 1) / (performance.now() - began)),
      ...state(),
    })
  }
  const state = () => {
    let [most, least, erased] = [0, Number.POSITIVE_INFINITY, 0]
    for (let sector = 0; sector < SECTORS; sector++) {
      const count = board.flash.eraseCount(sector)
      most = Math.max(most, count)
      least = Math.min(least, count)
      erased += count
    }
    return {
      counts: { ...world.counts },
      restartsChecked: restarts.checked,
      restartsPassedOver: restarts.passedOver,
      tests: { checked: audit.testsChecked, worstCharge: audit.worstCharge },
      pages: audit.pages,
      committedPagesFound: audit.slotsChecked,
      host: { visits: host.visits, interrupted: host.interrupted },
      person: {
        looks: person.looks,
        atWork: person.atWork / person.looks,
        seen: { ...person.seen },
      },
      board_ms: clock.board_ms,
      flashErases: { most, least, all: erased },
      framWrites: { most: wear.most(), bytes: wear.bytes },
      panics,
      memory: memory(),
    }
  }
  try {
    board.powerOn()
    world.runUntil_ms(BEGIN_ms)
    ear.host.ask("boot_count")
    world.sleep_ms(1_000)
    audit.firstBoot = Number(ear.registers.get("boot_count")?.[0])
    person.visit()
    for (const happening of coming) {
      while (happening.at_ms >= (day + 1) * DAY_ms) {
        world.runUntil_ms(Math.max(world.now_ms, (day + 1) * DAY_ms))
        tell()
      }
      if (happening.at_ms < world.now_ms) continue
      world.runUntil_ms(happening.at_ms)
      if (happening.kind === "person") person.visit()
      else if (world.now_ms >= awayUntil_ms) {
        host.visit()
        clock.check(ear, host.asked_ms)
      }
    }
    world.runUntil_ms(days * DAY_ms)
    while (day < Math.floor(days)) tell()
    // The last visit, on a board that is left alone.
    world.runUntil_ms(world.now_ms + 60_000)
    if (!board.isOn) world.powerOn()
    world.sleep_ms(60_000)
    host.visit()
    host.visit()
    checkCopy(board.flashMemory, audit, host.next, complain)
  } catch (error) {
    if (error instanceof SoakError) throw error
    const { message, stack } = error as Error
    const problem = { at_d: world.now_ms / DAY_ms, what: `${message} ${stack}` }
    throw new SoakError(problem)
  }
  board.powerOff()
  const left = { flash: board.flashMemory, fram: board.framMemory }
  return { memories: left, digest: digestOf(left), summary: { days, ...state() } }
}

/** The host's copy is the board's log, as far as the ring still has it. */
function checkCopy(
  flash: Uint8Array,
  audit: Audit,
  next: number,
  complain: (what: string) => void,
): void {
  const RING = audit.copy.length / 256
  for (let page = Math.max(0, next - Math.min(audit.pages, RING - 32)); page < next; page++) {
    const at = (page % RING) * 256
    for (let i = at; i < at + 256; i++)
      if (flash[i] !== audit.copy[i]) {
        complain(`page ${page} is not what was downloaded`)
        break
      }
  }
}

export function digestOf({ flash, fram }: Memories): string {
  return createHash("sha256").update(flash).update(fram).digest("hex")
}

function memory() {
  const gc = (globalThis as { gc?: () => void }).gc
  gc?.()
  const { heapUsed, arrayBuffers, external, rss } = process.memoryUsage()
  const MB = (bytes: number) => Math.round(bytes / 1e5) / 10
  return {
    heap_MB: MB(heapUsed),
    buffers_MB: MB(arrayBuffers),
    external_MB: MB(external),
    rss_MB: MB(rss),
  }
}

/** Of a crystal, and of an answer's way. */
const CRYSTAL = 1e-4
const ANSWER_ms = 50

/** The board's clock runs as evenly as the lab's, as long as the board does not start anew. */
class BoardClockCheck {
  /** The most that it told. */
  board_ms = 0
  private last = { boot: 0, board_ms: 0, now_ms: 0 }

  constructor(private readonly complain: (what: string) => void) {}

  check({ registers }: Ear, now_ms: number): void {
    const time = registers.get("time")
    const boots = registers.get("boot_count")
    if (time === undefined || boots === undefined) return
    const { last } = this
    const now = { boot: Number(boots[0]), board_ms: Number(time[0]), now_ms }
    this.last = now
    this.board_ms = Math.max(this.board_ms, now.board_ms)
    if (now.boot !== last.boot) return
    const passed_ms = now_ms - last.now_ms
    const moved_ms = now.board_ms - last.board_ms
    if (Math.abs(moved_ms - passed_ms) > CRYSTAL * passed_ms + ANSWER_ms)
      this.complain(`the board's clock moved by ${moved_ms} ms in ${passed_ms} ms`)
  }
}
