import { rmSync } from "node:fs"
import { memoryFolder } from "../memoryFolder"
import { Coverage } from "./coverage"
import { fuzz } from "./fuzz"
import { keep } from "./keep"
import { allTargets } from "./targets"

/** Share of each target's time in which the search goes by what code an input reaches, which costs as much again. */
const GUIDED = 0.4

/**
 * Gives everything that takes something from outside as many changed inputs as there is time for, and prints what
 * came of it.
 * @param isKept whether inputs that reach new code go into the corpus
 * @returns a sentence
 */
export async function tortureByHostileInput(
  seed: number,
  until_ms: number,
  isKept: boolean,
): Promise<string> {
  const root = memoryFolder("hostile")
  const coverage = new Coverage()
  const targets = allTargets(root)
  let inputs = 0
  let failures = 0
  for (const [i, target] of targets.entries()) {
    const began_ms = performance.now()
    const each_ms = (until_ms - began_ms) / (targets.length - i)
    const isEnough = { inputs: Number.POSITIVE_INFINITY }
    await coverage.start()
    const guided = await fuzz(
      target,
      seed,
      { ...isEnough, until_ms: began_ms + GUIDED * each_ms },
      coverage,
    )
    if (isKept) await keep(target, guided.found, coverage)
    await coverage.stop()
    const seeds = [...target.seeds, ...guided.found.map(({ input }) => input)]
    const budget = { ...isEnough, until_ms: began_ms + each_ms }
    const blind = await fuzz({ ...target, seeds }, seed + 1, budget)
    await target.close?.()
    inputs += guided.inputs + blind.inputs
    const broken = [...guided.failures, ...blind.failures]
    failures += broken.length
    const took_s = ((performance.now() - began_ms) / 1000).toFixed(0)
    console.log(
      `${target.name}: ${guided.inputs + blind.inputs} inputs in ${took_s} s, ${guided.found.length} reached new code, ` +
        `${broken.length} failures`,
    )
    for (const { message, input } of broken)
      console.log(`${message}\n  ${input.toString("base64")}`)
  }
  rmSync(root, { recursive: true })
  return `${inputs} hostile inputs of ${targets.length} kinds, seed ${seed}, ${failures} failures`
}
