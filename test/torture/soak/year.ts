import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { gunzipSync, gzipSync } from "node:zlib"
import { readFirmware } from "../../../host/transport/simulated"
import type { Memories } from "../../../sim/board"
import { Resistor } from "../../../sim/cells/resistor"
import { startRig } from "../../scenario/harness"
import { type FaultOptions, SOAK } from "../faultOptions"
import { shrink } from "../shrink"
import { digestOf, faultsOf, type LegOptions, type Problem, runLeg, SoakError } from "./leg"

const DAY_ms = 86_400_000
const FLASH_BYTES = 16 * 1024 * 1024
/** 32 bits of milliseconds are 49.7 days: the first leg's board runs for longer without a start. */
const STEADY_d = 51
const CHANNELS = [0, 1, 2, 3]

export interface SoakOptions {
  seed: number
  days: number
  legs: number
  engine: "vm" | "native"
  /** Where each leg's memories and progress are. */
  folder: string
  /** Only this one, counted from 1. */
  leg?: number
  /** Only these of its faults, by their numbers. */
  faults?: readonly number[]
  /** Another firmware than the one that is built. */
  firmware?: Uint8Array
  isShrinking?: boolean
  log: (line: string) => void
}

/**
 * Runs a soak leg by leg. Each begins with the memories that the leg before left in a file, so that any leg can be
 * run again, by the other engine too, which must leave the same bytes.
 * @returns how many problems there were
 */
export async function soak(options: SoakOptions): Promise<number> {
  const { folder, engine, log } = options
  mkdirSync(folder, { recursive: true })
  exposeGarbageCollection()
  if (!existsSync(fileOf(folder, 0))) write(folder, 0, await calibrated(options.seed))
  let problems = 0
  const legs = Array.from({ length: options.legs }, (_, i) => i + 1)
  for (const leg of legs.filter((one) => (options.leg ?? one) === one)) {
    const progress = join(folder, `${engine}-leg-${leg}.jsonl`)
    const note = (what: object) => appendFileSync(progress, `${JSON.stringify(what)}\n`)
    let first: Problem | undefined
    const onProblem = (problem: Problem) => {
      first ??= problem
      problems++
      note({ problem })
      log(`leg ${leg}, ${problem.at_d.toFixed(4)} days: ${problem.what}`)
    }
    const legOptions = { ...legOf(options, leg), onDay: note, onProblem }
    const began = performance.now()
    try {
      const end = runLeg(legOptions, read(folder, leg - 1))
      const hours = (performance.now() - began) / 3.6e6
      note({ end: end.digest, hours, ...end.summary })
      log(`leg ${leg}, ${engine}: ${end.digest.slice(0, 16)} in ${hours.toFixed(2)} h`)
      if (engine === "native") write(folder, leg, end.memories)
      else if (options.faults === undefined) problems += compare(folder, leg, end.digest, log)
    } catch (error) {
      if (!(error instanceof SoakError)) throw error
      onProblem(error.problem)
    }
    if (first !== undefined && options.isShrinking === true) shortest(options, leg, first)
  }
  return problems
}

/** What a leg is to do: all of it follows from seed, days and number. */
function legOf(options: SoakOptions, leg: number): LegOptions {
  const days = options.days / options.legs
  const isFirst = leg === 1
  const steady_d = isFirst ? STEADY_d : 0
  const faults: FaultOptions = { ...SOAK, steady_d }
  const long_d = Math.ceil(days) + 1
  return {
    seed: options.seed * 1000 + leg,
    boardSeed: options.seed,
    firmware: options.engine === "native" ? "native" : (options.firmware ?? readFirmware()),
    days,
    faults,
    from_ms: (leg - 1) * days * DAY_ms,
    first_d: isFirst ? [long_d, undefined, undefined, long_d] : CHANNELS.map(() => undefined),
    only: options.faults,
  }
}

/** Leaves out faults one by one, as long as something is still wrong. */
function shortest(options: SoakOptions, leg: number, first: Problem): void {
  const legOptions = legOf(options, leg)
  const days = first.at_d + 0.1
  const numbers = faultsOf(legOptions)
    .map(({ at_ms }, number) => ({ at_ms, number }))
    .filter(
      ({ at_ms, number }) => at_ms < days * DAY_ms && (options.faults?.includes(number) ?? true),
    )
    .map(({ number }) => number)
  const fails = (only: readonly number[]) => {
    try {
      runLeg({ ...legOptions, days, only }, read(options.folder, leg - 1))
      return false
    } catch (error) {
      if (!(error instanceof SoakError)) throw error
      return true
    }
  }
  const least = shrink(numbers, fails)
  options.log(
    `  again: npm run torture -- --only soak --seed ${options.seed} --days ${options.days} --legs ${options.legs} ` +
      `--leg ${leg} --engine ${options.engine} --faults ${least.join(",")}`,
  )
}

/** What is on a board whose four channels are calibrated, and nothing else done. */
export async function calibrated(seed: number): Promise<Memories> {
  const cells = CHANNELS.map(() => new Resistor(50))
  const rig = await startRig({ seed, cells, firmware: "native", calibrated: CHANNELS })
  rig.board.powerOff()
  await rig.close()
  return { flash: rig.board.flashMemory, fram: rig.board.framMemory }
}

function fileOf(folder: string, leg: number): string {
  return join(folder, leg === 0 ? "start.gz" : `leg-${leg}.gz`)
}

function write(folder: string, leg: number, memories: Memories): void {
  writeFileSync(fileOf(folder, leg), gzipSync(Buffer.concat([memories.flash, memories.fram])))
}

function read(folder: string, leg: number): Memories {
  // No Buffer, whose slices are no copies.
  const bytes = Uint8Array.from(gunzipSync(readFileSync(fileOf(folder, leg))))
  return { flash: bytes.subarray(0, FLASH_BYTES), fram: bytes.subarray(FLASH_BYTES) }
}

/** Against what the sources in Node left, if they did. */
function compare(folder: string, leg: number, digest: string, log: (line: string) => void): number {
  if (!existsSync(fileOf(folder, leg))) return 0
  const isSame = digestOf(read(folder, leg)) === digest
  log(`leg ${leg}: the VM left ${isSame ? "the same bytes as" : "OTHER BYTES THAN"} Node`)
  return isSame ? 0 : 1
}

function exposeGarbageCollection(): void {
  setFlagsFromString("--expose-gc")
  ;(globalThis as { gc?: () => void }).gc = runInNewContext("gc") as () => void
}
