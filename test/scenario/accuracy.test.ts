import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { platingAndStripping } from "../../host/protocol/platingAndStripping"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import * as Ma2024 from "../../sim/cells/parameters/Ma2024"
import { finish, logged, type Rig, start, startRig } from "./harness"

const AREA_cm2 = 1.539
const FULL_SCALE_A = 0.0512
const parameters = [
  Ma2024.bareLithium_1,
  Ma2024.kneadedLithiumAlN_1,
  Ma2024.bareLithium_20,
  Ma2024.kneadedLithiumAlN_20,
]
const densities = [1, 1, 20, 20]

describe.each([1, 2, 3])("every analog error on, two-point calibration, seed %i", (seed) => {
  const cells = parameters.map((one) => new LithiumSymmetric(one))
  let rig: Rig

  beforeAll(async () => {
    rig = await startRig({ seed, cells, calibrated: [0, 1, 2, 3] })
    for (const [channel, density] of densities.entries())
      await start(
        rig,
        channel,
        2,
        platingAndStripping({
          current_density_mA_per_cm2: density,
          areal_capacity_mAh_per_cm2: density / 4,
          cycles: 1,
        }),
        { area_cm2: AREA_cm2 },
      )
  })
  afterAll(() => rig.close())

  test("voltage within 0.2 mV and current within 0.05 % of full scale, while it runs", async () => {
    await rig.link.sleep_ms(600_000)
    for (const channel of cells.keys()) {
      const status = await rig.client.status(channel)
      const truth = rig.board.channels[channel]
      expect(Math.abs(status.voltage_V - (truth.cell_V ?? 0))).toBeLessThan(0.2e-3)
      expect(Math.abs(status.current_A - truth.current_A)).toBeLessThan(0.0005 * FULL_SCALE_A)
    }
  })

  test("charge of each half-cycle within 0.05 % of what passed through the cell", async () => {
    await finish(rig, 3600)
    for (const [channel, cell] of cells.entries()) {
      const [row] = cycleTable((await logged(rig, channel, 2)).records, { area_cm2: AREA_cm2 })
      const plated_mAh = cell.platedCharge_C / 3.6
      const stripped_mAh = cell.strippedCharge_C / 3.6
      expect(Math.abs((row.plating?.charge_mAh ?? 0) / plated_mAh - 1)).toBeLessThan(0.0005)
      expect(Math.abs((row.stripping?.charge_mAh ?? 0) / stripped_mAh - 1)).toBeLessThan(0.0005)
    }
  })
})
