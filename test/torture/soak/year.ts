import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { readFirmware } from "../../../host/transport/simulated"
import { Resistor } from "../../../sim/cells/resistor"
import { startRig } from "../../scenario/harness"
import { type FaultOptions, SOAK } from "../faultOptions"
import { shrinking } from "../shrink"
import { faultsOf, type LegOptions, type Problem, runLeg, SoakError } from "./leg"
import {
  differences,
  digestOf,
  hasState,
  type LegState,
  markOf,
  readState,
  writeState,
} from "./legState"
import { type Leg, schedule } from "./schedule"

const DAY_ms = 86_400_000
const CHANNELS = [0, 1, 2, 3]

export interface SoakOptions {
  seed: number
  days: number
  legs: number
  engine: "vm" | "native"
  /** Where each leg's end and progress are. */
  folder: string
  /** Only this one, counted from 1. */
  leg?: number
  /** What happens how often. */
  rates?: FaultOptions
  /** Only these of its faults, by their numbers. */
  faults?: readonly number[]
  /** Another firmware than the one that is built. */
  firmware?: Uint8Array
  isShrinking?: boolean
  log: (line: string) => void
}

/**
 * Runs a soak leg by leg. The sources in Node go first: each leg begins with what the one before left in a file. Then
 * any leg can be run by the VM, which begins with the same file and must leave the same: when every leg does, the
 * compiled firmware has gone through the whole soak, in whatever order and on however many machines its legs ran.
 * What "the same" is, `legState.ts` says. A leg that has come to its end is not run again unless it is named.
 * @returns how many problems there were
 */
export async function soak(options: SoakOptions): Promise<number> {
  const { folder, seed, log } = options
  mkdirSync(folder, { recursive: true })
  exposeGarbageCollection()
  if (!hasState(folder, 0)) writeState(folder, 0, await calibrated(seed))
  const legs = schedule(options.days, options.legs)
  if (options.leg !== undefined && legs[options.leg - 1] === undefined)
    throw new RangeError(`--leg ${options.leg}: there are 1 to ${legs.length}`)
  let problems = 0
  for (const leg of legs)
    if (options.leg === leg.number) problems += await runOne(options, leg)
    else if (options.leg === undefined) {
      if (isOver(options, leg)) log(`leg ${leg.number}, ${options.engine}: is there already`)
      else problems += await runOne(options, leg)
    }
  return problems
}

function progressOf({ folder, engine }: SoakOptions, { number }: Leg): string {
  return join(folder, `${engine}-leg-${number}.jsonl`)
}

/** Whether a leg has come to its end before; with all its faults. */
function isOver(options: SoakOptions, leg: Leg): boolean {
  const progress = progressOf(options, leg)
  return existsSync(progress) && /^{"end":/m.test(readFileSync(progress, "utf8"))
}

async function runOne(options: SoakOptions, leg: Leg): Promise<number> {
  const { folder, engine, seed, log } = options
  const { number } = leg
  if (!hasState(folder, number - 1))
    throw new Error(
      `Leg ${number} begins with what leg ${number - 1} left: run that with --engine native first.`,
    )
  const progress = progressOf(options, leg)
  rmSync(progress, { force: true })
  const note = (what: object) => appendFileSync(progress, `${JSON.stringify(what)}\n`)
  let first: Problem | undefined
  let problems = 0
  const onProblem = (problem: Problem) => {
    first ??= problem
    problems++
    note({ problem })
    log(`leg ${number}, ${problem.at_d.toFixed(4)} days: ${problem.what}`)
  }
  note({ begin: { seed, ...leg } })
  const began = performance.now()
  try {
    const legOptions = { ...legOf(options, leg), onDay: note, onProblem }
    const { state, summary } = await runLeg(legOptions, readState(folder, number - 1))
    const hours = (performance.now() - began) / 3.6e6
    const mark = markOf(digestOf(state))
    log(
      `leg ${number}, ${engine}: ${leg.days.toFixed(2)} days, ${mark.slice(0, 16)}, ` +
        `in ${hours.toFixed(2)} h, ${Math.round((leg.days * 24) / hours)} times as fast as the clock`,
    )
    const isWhole = options.faults === undefined
    if (isWhole && engine === "vm") problems += compare(folder, number, state, note, log)
    if (isWhole && engine === "native") writeState(folder, number, state)
    note({ end: mark, digest: digestOf(state), hours, ...summary })
  } catch (error) {
    if (!(error instanceof SoakError)) throw error
    onProblem(error.problem)
  }
  if (first !== undefined && options.isShrinking === true) await shortest(options, leg, first)
  return problems
}

/** What a leg is to do: all of it follows from the seed, its length and its number. */
function legOf(options: SoakOptions, { number, days, isSteady }: Leg): LegOptions {
  const { seed, engine, firmware, folder, faults, rates = SOAK } = options
  return {
    seed: seed * 1000 + number,
    boardSeed: seed,
    firmware: engine === "native" ? "native" : (firmware ?? readFirmware()),
    days,
    faults: { ...rates, isSteady },
    folder: join(folder, `${engine}-leg-${number}.store`),
    only: faults,
  }
}

/** Leaves out faults one by one, as long as something is still wrong. */
async function shortest(options: SoakOptions, leg: Leg, first: Problem): Promise<void> {
  const legOptions = legOf(options, leg)
  const days = first.at_d + 0.1
  const numbers = faultsOf(legOptions)
    .map(({ at_ms }, number) => ({ at_ms, number }))
    .filter(
      ({ at_ms, number }) => at_ms < days * DAY_ms && (options.faults?.includes(number) ?? true),
    )
    .map(({ number }) => number)
  const fails = async (only: readonly number[]) => {
    try {
      await runLeg({ ...legOptions, days, only }, readState(options.folder, leg.number - 1))
      return false
    } catch (error) {
      if (!(error instanceof SoakError)) throw error
      return true
    }
  }
  const tries = shrinking(numbers)
  let next = tries.next()
  while (next.done !== true) next = tries.next(await fails(next.value))
  options.log(
    `  again: npm run torture -- --only soak --seed ${options.seed} --days ${options.days} --legs ${options.legs} ` +
      `--leg ${leg.number} --engine ${options.engine} --faults ${next.value.join(",")}`,
  )
}

/** What is on a board whose four channels are calibrated, and nothing else done. */
export async function calibrated(seed: number): Promise<LegState> {
  const cells = CHANNELS.map(() => new Resistor(50))
  const rig = await startRig({ seed, cells, firmware: "native", calibrated: CHANNELS })
  const { board } = rig
  board.powerOff()
  await rig.close()
  const { flashMemory: flash, framMemory: fram, eeproms } = board
  // The calibration was test 1.
  const lab = { now_ms: board.now_ms, nextTest: 2, charges: [], stored: "" }
  return { memories: { flash, fram, eeproms }, lab }
}

/** Against what the sources in Node left, if they did. */
function compare(
  folder: string,
  leg: number,
  state: LegState,
  note: (what: object) => void,
  log: (line: string) => void,
): number {
  if (!hasState(folder, leg)) {
    log(`leg ${leg}: Node has not run it yet: nothing to compare with`)
    return 0
  }
  const unlike = differences(state, readState(folder, leg))
  note({ sameAsNode: unlike.length === 0, unlike })
  log(
    `leg ${leg}: the VM left ${unlike.length === 0 ? "the same as Node, to the byte" : `OTHERWISE THAN NODE: ${unlike.join("; ")}`}`,
  )
  return unlike.length === 0 ? 0 : 1
}

function exposeGarbageCollection(): void {
  setFlagsFromString("--expose-gc")
  ;(globalThis as { gc?: () => void }).gc = runInNewContext("gc") as () => void
}
