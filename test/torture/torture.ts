/**
 * The long forms: `npm run torture -- [--seed N] [--minutes M] [--engine vm|native] [--only KIND]`, where KIND is
 *
 * - `cuts`: power cuts at random bytes, until the time is over or `--lives N` are lived;
 * - `every`: a cut at each byte of `--scenario fresh|later|wrap`, one after another, `--step N` for every so many;
 * - `frames`, `interruptions`, `host`, `hostile`: see FAULTS.md;
 * - `fleet`: so many minutes of a lab whose broker, database, bucket, agents and networks fail;
 * - `soak`: `--days D` in `--legs N`, in files of the folder `--out`. `--engine native` goes first, and on where it
 *   was interrupted; with `--engine vm` each leg, or `--leg K` alone, begins with what Node left after the leg before,
 *   and must end with the same as Node, so that legs run in any order and side by side. `--shrink` for the fewest
 *   faults with which a leg fails.
 *
 * Every run is told by the numbers that it prints, and can be done again from them. What was tried is added to
 * `results.jsonl` in the folder `--out`; `--table` prints that as a table.
 */
import { appendFileSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { readFirmware } from "../../host/transport/simulated"
import { cutOf, everyCut, failureOf, live, randomCuts, referenceOf } from "./cuts"
import { SOAK } from "./faultOptions"
import { sendNonsense } from "./frames"
import { tortureFleet } from "./fleet/long"
import { tortureByHostFaults } from "./host/long"
import { tortureByHostileInput } from "./hostile/long"
import { endureInterruptions } from "./interruptions"
import { SCENARIOS, type ScenarioName } from "./scenarios"
import { soak } from "./soak/year"
import { tableOf } from "./table"

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "10" },
    only: { type: "string" },
    engine: { type: "string", default: "vm" },
    out: { type: "string", default: "coincell-data/torture" },
    table: { type: "boolean", default: false },
    lives: { type: "string", default: "Infinity" },
    scenario: { type: "string", default: "wrap" },
    step: { type: "string", default: "1" },
    /** One cut again, as it was printed. */
    cut: { type: "string" },
    days: { type: "string", default: "365" },
    legs: { type: "string", default: "22" },
    leg: { type: "string" },
    /** Only these of a leg's faults, as they were printed. */
    faults: { type: "string" },
    /** Of a leg with a problem, leaves out faults as long as there is one. */
    shrink: { type: "boolean", default: false },
    /** Hostile inputs that reach new code go into the corpus. */
    keep: { type: "boolean", default: false },
  },
})
// jacdac-ts tells every step of its connections, and of all that is garbled.
console.debug = () => {}
console.warn = () => {}
// To it goes what the firmware in Node says, at each power cut.
console.error = () => {}
const seed = Number(values.seed)
const isNative = values.engine === "native"
const firmware = readFirmware()
const engine = isNative ? "native" : firmware
let failed = 0

function result(what: string, counts: object): void {
  mkdirSync(values.out, { recursive: true })
  const line = { what, engine: values.engine, seed, ...counts }
  appendFileSync(join(values.out, "results.jsonl"), `${JSON.stringify(line)}\n`)
}

function tortureByCuts(until_ms: number): string {
  const lives = Number(values.lives)
  const isOver = (count: { lives: number }) => performance.now() > until_ms || count.lives >= lives
  const counts = live(randomCuts(SOAK, seed, engine), isOver, console.log)
  failed += counts.failures
  result("cuts", counts)
  return `${counts.cuts} power cuts at random bytes in ${counts.lives} lives, ${counts.failures} failed`
}

function tortureByEveryCut(): string {
  const whole = referenceOf(seed, values.scenario as ScenarioName, engine)
  const lives = everyCut(whole, 1, whole.bytes, Number(values.step))
  const counts = live(lives, () => false, console.log)
  const isKept = whole.worn.isKept()
  failed += counts.failures + (isKept ? 0 : 1)
  result("every", { scenario: values.scenario, bytes: whole.bytes, ...counts })
  return `${counts.lives} cuts at ${whole.bytes} bytes, ${counts.failures} failed${isKept ? "" : "; WHAT WAS NOT THEIRS IS CHANGED"}`
}

function tortureByFrames(until_ms: number): string {
  let frames = 0
  let resets = 0
  for (let run = 0; performance.now() < until_ms; run++) {
    const endured = sendNonsense(seed + run, 20_000, firmware)
    frames += endured.frames
    resets += endured.resets
  }
  result("frames", { frames, resets })
  return `${frames} frames of nonsense, by which the board was reset ${resets} times; no cell was energised`
}

function tortureByInterruptions(until_ms: number): string {
  const sum = { lives: 0, resets: 0, stalls: 0, failures: 0 }
  for (let life = seed; performance.now() < until_ms; life++) {
    sum.lives++
    try {
      const { resets, stalls } = endureInterruptions(life, firmware)
      sum.resets += resets
      sum.stalls += stalls
    } catch (error) {
      sum.failures++
      console.log(`${(error as Error).message}\n  again: --only interruptions --seed ${life}`)
    }
  }
  failed += sum.failures
  result("interruptions", sum)
  return `${sum.lives} tests through ${sum.resets} resets and ${sum.stalls} stalls, ${sum.failures} failed`
}

async function tortureBySoak(): Promise<string> {
  const problems = await soak({
    seed,
    days: Number(values.days),
    legs: Number(values.legs),
    engine: isNative ? "native" : "vm",
    folder: values.out,
    leg: values.leg === undefined ? undefined : Number(values.leg),
    faults: values.faults?.split(",").map(Number),
    isShrinking: values.shrink,
    log: console.log,
  })
  failed += problems
  return `${problems} problems`
}

async function tortureByFleet(): Promise<string> {
  const { problems, counts } = await tortureFleet(
    seed,
    Number(values.minutes) * 60,
    isNative ? "native" : "vm",
  )
  for (const problem of problems) console.log(problem)
  failed += problems.length
  result("fleet", counts)
  return `${problems.length} problems`
}

if (values.table) console.log(tableOf(values.out))
else if (values.cut !== undefined) {
  const cut = cutOf(values.cut)
  console.log(failureOf(referenceOf(cut.seed, cut.scenario, engine), cut) ?? "nothing went wrong")
} else if (!SCENARIOS.includes(values.scenario as ScenarioName)) {
  throw new Error(`--scenario is one of ${SCENARIOS.join(", ")}`)
} else if (values.only === "soak") console.log(await tortureBySoak())
else if (values.only === "fleet") console.log(await tortureByFleet())
else if (values.only === "every") console.log(tortureByEveryCut())
else {
  const kinds: Record<string, (until_ms: number) => string | Promise<string>> = {
    cuts: tortureByCuts,
    frames: tortureByFrames,
    interruptions: tortureByInterruptions,
    host: (until_ms) => tortureByHostFaults(seed, until_ms),
    hostile: (until_ms) => tortureByHostileInput(seed, until_ms, values.keep),
  }
  const chosen = Object.entries(kinds).filter(([name]) => (values.only ?? name) === name)
  if (chosen.length === 0)
    throw new Error(`--only is one of every, fleet, soak, ${Object.keys(kinds).join(", ")}`)
  const each_ms = (Number(values.minutes) * 60_000) / chosen.length
  for (const [, torture] of chosen) console.log(await torture(performance.now() + each_ms))
}
// The server's workers would keep the process.
process.exit(failed === 0 ? 0 : 1)
