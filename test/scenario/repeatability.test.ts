import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { bareLithium_20, kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { protocol, start, startRig } from "./harness"

/** A day in the life of a board: calibrated, two cells cycling, the host looking in now and then. */
async function run(seed: number) {
  const cells = [new LithiumSymmetric(kneadedLithiumAlN_1), new LithiumSymmetric(bareLithium_20)]
  const rig = await startRig({ seed, cells, calibrated: [0, 1] })
  for (const channel of cells.keys())
    await start(
      rig,
      channel,
      2,
      protocol([
        {
          step: "constant_current",
          current_density_mA_per_cm2: 1 + 19 * channel,
          until_time_s: 300,
        },
        {
          step: "constant_current",
          current_density_mA_per_cm2: -1 - 19 * channel,
          until_time_s: 300,
        },
        { step: "loop", loop_to: 1, cycle_count: 3 },
      ]),
      { area_cm2: 1.539 },
    )
  for (let i = 0; i < 5; i++) {
    await rig.link.sleep_ms(400_000)
    await rig.client.status(i % 2)
  }
  const { first, next } = await rig.client.logRange()
  const log = await rig.client.readLog(first, next)
  const flash = createHash("sha256").update(rig.board.flashMemory).digest("hex")
  const fram = createHash("sha256").update(rig.board.framMemory).digest("hex")
  await rig.close()
  return { log: Buffer.from(log).toString("hex"), flash, fram, now_ms: rig.board.now_ms }
}

test("seed 11 twice gives the same log, the same flash and the same instant, to the byte", async () => {
  const [once, again] = [await run(11), await run(11)]
  expect(once.log.length).toBeGreaterThan(10_000)
  expect(again).toEqual(once)
})

test("seeds 11 and 12 give different boards", async () => {
  expect((await run(12)).log).not.toEqual((await run(11)).log)
})
