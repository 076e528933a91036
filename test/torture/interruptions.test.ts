import { expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { endureInterruptions } from "./interruptions"

test.each([1, 2, 3])(
  "twenty resets, lost timers and held clocks at any instant: the test ends as it should, seed %i",
  (seed) => {
    const { resets, stalls } = endureInterruptions(seed, readFirmware())
    expect(resets + stalls).toBe(20)
  },
)
