import { expect, test } from "vitest"
import { readFirmware } from "../../host/transport/simulated"
import { sendNonsense } from "./frames"

test.each([91, 92])(
  "twenty thousand frames that are nearly right: no cell is energised, the board answers, seed %i",
  (seed) => {
    const { resets } = sendNonsense(seed, 20_000, readFirmware())
    // Among them are orders to reset, and empty packets, at which the runtime panics: so the board was hit.
    expect(resets).toBeGreaterThan(0)
  },
)
