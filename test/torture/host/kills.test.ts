import { afterAll, beforeAll, expect, test } from "vitest"
import { Random } from "../../../sim/random"
import { Killer } from "./kills"
import { WORKS, type WorkName } from "./works"

const SEED = 71
const RUNS = 3

const killer = new Killer()
beforeAll(() => killer.make())
afterAll(() => killer.close())

test.each(Object.keys(WORKS) as WorkName[])(
  "%s, killed at any instant, twice: what was told of is there, nothing is half written, it goes on, seed 71",
  async (work) => {
    const random = new Random(SEED, work)
    const calls = killer.calls(work)
    expect(calls).toBeGreaterThan(5)
    const instant = () => ({
      call: 1 + Math.floor(random.uniform(0, calls)),
      share: random.uniform(),
    })
    let kills = 0
    for (let run = 0; run < RUNS; run++) kills += await killer.kill(work, [instant(), instant()])
    expect(kills).toBeGreaterThanOrEqual(RUNS)
  },
)
