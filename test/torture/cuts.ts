import { Random } from "../../sim/random"
import type { FaultOptions } from "./faultOptions"
import { cutAt, type Reference, reference } from "./powerCut"
import { SCENARIOS, type ScenarioName, scenario } from "./scenarios"
import { shrink } from "./shrink"

/** A life's cuts, by which it can be done again. */
export interface Cut {
  seed: number
  scenario: ScenarioName
  byte: number
  /** Bytes after the power's return until the next cut. */
  again: readonly number[]
}

export interface Counts {
  lives: number
  cuts: number
  failures: number
}

/** So many lives are lived on one board. */
const BOARD_LIVES = 25

/** Lives with random cuts, each board's seed another, all scenarios in turn. */
export function* randomCuts(
  options: FaultOptions,
  seed: number,
  engine: Uint8Array | "native",
): Generator<[Reference, Cut]> {
  const random = new Random(seed, "cuts")
  const below = (most: number) => Math.floor(random.uniform(0, most))
  for (let life = 0, whole: Reference | undefined; ; life++) {
    const board = Math.floor(life / BOARD_LIVES)
    if (whole === undefined || life % BOARD_LIVES === 0)
      whole = referenceOf(1000 * seed + board, SCENARIOS[board % SCENARIOS.length], engine)
    const again: number[] = []
    const byte = below(whole.bytes)
    while (again.length < 2 && random.uniform() < options.cutAgain)
      again.push(below(options.startBytes))
    yield [whole, { seed: whole.seed, scenario: whole.scenario.name, byte, again }]
  }
}

/** One cut at each byte, or at every so many. */
export function* everyCut(
  whole: Reference,
  from = 0,
  to = whole.bytes,
  step = 1,
): Generator<[Reference, Cut]> {
  for (let byte = from; byte < to; byte += step)
    yield [whole, { seed: whole.seed, scenario: whole.scenario.name, byte, again: [] }]
}

export function referenceOf(
  seed: number,
  name: ScenarioName,
  engine: Uint8Array | "native",
): Reference {
  return reference(seed, engine, scenario(name, seed, engine))
}

/** @returns what went wrong; undefined when nothing did */
export function failureOf(whole: Reference, { byte, again }: Cut): string | undefined {
  try {
    cutAt(whole, byte, again)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The earliest cut that fails, with as few after it as it needs. */
export function leastOf(whole: Reference, cut: Cut): Cut {
  const again = shrink(cut.again, (some) => failureOf(whole, { ...cut, again: some }) !== undefined)
  let least = { ...cut, again }
  for (let step = least.byte >> 1; step >= 1; step >>= 1) {
    const earlier = { ...least, byte: least.byte - step }
    if (earlier.byte > 0 && failureOf(whole, earlier) !== undefined) least = earlier
  }
  return least
}

export function wordsOf({ seed, scenario, byte, again }: Cut): string {
  return [seed, scenario, byte, ...again].join(",")
}

export function cutOf(words: string): Cut {
  const [seed, name, byte, ...again] = words.split(",")
  return {
    seed: Number(seed),
    scenario: name as ScenarioName,
    byte: Number(byte),
    again: again.map(Number),
  }
}

/** Lives one after another, and makes failures short. */
export function live(
  lives: Iterable<[Reference, Cut]>,
  isEnough: (counts: Counts) => boolean,
  log: (line: string) => void,
): Counts {
  const counts: Counts = { lives: 0, cuts: 0, failures: 0 }
  for (const [whole, cut] of lives) {
    if (isEnough(counts)) break
    counts.lives++
    counts.cuts += 1 + cut.again.length
    const failure = failureOf(whole, cut)
    if (failure === undefined) continue
    counts.failures++
    log(`${failure}\n  again: npm run torture -- --cut ${wordsOf(leastOf(whole, cut))}`)
  }
  return counts
}
