import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CORPUS } from "./corpus"
import type { Coverage } from "./coverage"
import { failureOf } from "./fuzz"
import type { Target } from "./target"

/** Of one target; the corpus is to be small. */
const MOST = 10

/**
 * Keeps inputs that reached new code, one for each function, as short as they still reach it.
 * @returns their names: file, function, and where in the file the code stands
 */
export async function keep(
  target: Target,
  found: readonly { input: Buffer; part: string }[],
  coverage: Coverage,
): Promise<string[]> {
  const byFunction = new Map(found.map((one) => [one.part.replace(/:[^:]*$/, ""), one]))
  const names: string[] = []
  mkdirSync(join(CORPUS, target.name), { recursive: true })
  for (const { input, part } of [...byFunction.values()].slice(-MOST)) {
    const name = part.replace(/-\d+$/, "").replace(/[^A-Za-z0-9]+/g, "-")
    writeFileSync(join(CORPUS, target.name, name), await shortest(target, input, part, coverage))
    names.push(name)
  }
  return names
}

async function shortest(
  target: Target,
  input: Buffer,
  part: string,
  coverage: Coverage,
): Promise<Buffer> {
  let least = input
  for (let size = input.length >> 1; size >= Math.max(1, input.length >> 6); size >>= 1)
    for (let at = 0; at < least.length; ) {
      const shorter = Buffer.concat([least.subarray(0, at), least.subarray(at + size)])
      await coverage.forget(part)
      await failureOf(target, shorter)
      if ((await coverage.news()).includes(part)) least = shorter
      else at += size
    }
  return least
}
