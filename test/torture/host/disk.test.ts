import { expect, test } from "vitest"
import { Random } from "../../../sim/random"
import { DISK_ERRORS, refuse } from "./diskErrors"
import { WORKS, type WorkName } from "./works"

const SEED = 61

test.each(Object.keys(WORKS) as WorkName[])(
  "%s, the disk being full from any call on, or failing at one: told in words, nothing half written, then it goes on, seed 61",
  async (work) => {
    const random = new Random(SEED, work)
    const share = () => Math.floor(random.uniform(0, 4)) / 3
    const count = await refuse({ work, code: "ENOSPC", at: 0, isLasting: false, share: 0 })
    expect(count).toBeGreaterThan(5)
    for (let at = 1; at <= count; at++) {
      await refuse({ work, code: "ENOSPC", at, isLasting: true, share: share() })
      const code = DISK_ERRORS[at % DISK_ERRORS.length]
      await refuse({ work, code, at, isLasting: random.uniform() < 0.5, share: share() })
    }
  },
)
