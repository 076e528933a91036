/**
 * The long forms: `npm run torture -- [--seed N] [--minutes M] [--only cuts|frames]`. Every run is told by the numbers
 * that it prints, and can be done again from them.
 */
import { parseArgs } from "node:util"
import { readFirmware } from "../../host/transport/simulated"
import { Random } from "../../sim/random"
import { sendNonsense } from "./frames"
import { act, begin, memoriesOf, script } from "./life"
import { cutAt, type Reference, reference } from "./powerCut"

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "10" },
    only: { type: "string" },
    /** One cut again, as it was printed. */
    cut: { type: "string" },
  },
})
const seed = Number(values.seed)
const firmware = readFirmware()

/** The lives that are cut: on a fresh board, and on top of what another left. */
function lives(): Reference[] {
  const earlier = begin(seed + 1, firmware)
  act(earlier, script())
  return [reference(seed, firmware), reference(seed, firmware, memoriesOf(earlier))]
}

interface Cut {
  life: number
  byte: number
  again: number | undefined
}

const START_BYTES = 12_000

function* cuts(all: readonly Reference[]): Generator<Cut> {
  const random = new Random(seed, "cuts")
  const below = (most: number) => Math.floor(random.uniform(0, most))
  for (;;) {
    const life = below(all.length)
    const again = random.uniform() < 0.3 ? below(START_BYTES) : undefined
    yield { life, byte: below(all[life].bytes), again }
  }
}

/** @returns what went wrong; undefined when nothing did */
function failureOf(all: readonly Reference[], { life, byte, again }: Cut): string | undefined {
  try {
    cutAt(all[life], byte, again)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The earliest cut that fails in the same way: the second cut left out if that is not needed. */
function shrunk(all: readonly Reference[], cut: Cut): Cut {
  const once = { ...cut, again: undefined }
  let least = failureOf(all, once) === undefined ? cut : once
  for (let step = least.byte >> 1; step >= 1; step >>= 1) {
    const earlier = { ...least, byte: least.byte - step }
    if (earlier.byte > 0 && failureOf(all, earlier) !== undefined) least = earlier
  }
  return least
}

function tortureByCuts(until_ms: number): string {
  const all = lives()
  let count = 0
  let failures = 0
  for (const cut of cuts(all)) {
    if (performance.now() > until_ms) break
    count++
    const failure = failureOf(all, cut)
    if (failure === undefined) continue
    failures++
    const least = shrunk(all, cut)
    const words = [least.life, least.byte, least.again ?? ""].join(",")
    console.log(
      `${failureOf(all, least)}\n  again: npm run torture -- --seed ${seed} --cut ${words}`,
    )
  }
  return `${count} power cuts at random bytes, ${failures} failed`
}

function tortureByFrames(until_ms: number): string {
  let frames = 0
  let resets = 0
  for (let run = 0; performance.now() < until_ms; run++) {
    const endured = sendNonsense(seed + run, 20_000, firmware)
    frames += endured.frames
    resets += endured.resets
  }
  return `${frames} frames of nonsense, by which the board was reset ${resets} times; no cell was energised`
}

if (values.cut !== undefined) {
  const [life, byte, again] = values.cut.split(",")
  const cut = { life: Number(life), byte: Number(byte), again: again ? Number(again) : undefined }
  console.log(failureOf(lives(), cut) ?? "nothing went wrong")
} else {
  const kinds = { cuts: tortureByCuts, frames: tortureByFrames }
  const chosen = Object.entries(kinds).filter(([name]) => (values.only ?? name) === name)
  const each_ms = (Number(values.minutes) * 60_000) / chosen.length
  for (const [, torture] of chosen) console.log(torture(performance.now() + each_ms))
}
