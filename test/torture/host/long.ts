import { Random } from "../../../sim/random"
import { DISK_ERRORS, refuse } from "./diskErrors"
import { Killer } from "./kills"
import { WORKS, type WorkName } from "./works"

const NAMES = Object.keys(WORKS) as WorkName[]

/**
 * Kills a host's works at any call of the file system, and refuses it room and rights there.
 * @returns a sentence
 */
export async function tortureByHostFaults(seed: number, until_ms: number): Promise<string> {
  const random = new Random(seed, "host faults")
  const below = (most: number) => Math.floor(random.uniform(0, most))
  const killer = await new Killer().make()
  const calls = new Map(NAMES.map((work) => [work, killer.calls(work)]))
  let kills = 0
  let refusals = 0
  let failures = 0
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      failures++
      console.log(`${what}: ${(error as Error).message}`)
    }
  }
  while (performance.now() < until_ms) {
    const work = NAMES[below(NAMES.length)]
    const most = calls.get(work) ?? 1
    const at = Array.from({ length: 1 + below(3) }, () => ({
      call: 1 + below(most),
      share: random.uniform(),
    }))
    await attempt(`${work} killed at ${JSON.stringify(at)}`, async () => {
      kills += await killer.kill(work, at)
    })
    for (let i = 0; i < 5; i++) {
      const refusal = {
        work,
        code: DISK_ERRORS[below(DISK_ERRORS.length)],
        at: 1 + below(most),
        isLasting: random.uniform() < 0.5,
        share: random.uniform(),
      }
      refusals++
      await attempt(JSON.stringify(refusal), () => refuse(refusal))
    }
  }
  killer.close()
  return `${kills} kills and ${refusals} refusals of the disk, seed ${seed}, ${failures} failed`
}
