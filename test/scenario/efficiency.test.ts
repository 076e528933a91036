import { expect, test } from "vitest"
import { strippedOverPlated } from "../../host/analysis/coulombicEfficiency"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { finish, logged, protocol, start, startRig } from "./harness"

/** Copper at the positive terminal, as such cells are wired: negative current plates. */
const method = protocol(
  [
    { step: "tag", tag: "cycle" },
    {
      step: "constant_current",
      current_density_mA_per_cm2: -1,
      until_areal_capacity_mAh_per_cm2: 0.5,
    },
    { step: "constant_current", current_density_mA_per_cm2: 1, until_voltage_V: 1 },
    { step: "loop", loop_to: "cycle", cycle_count: 2 },
  ],
  { safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 10 } },
)

test.each([71, 72, 73])(
  "a cell's Coulombic efficiency of 98.50 % is reported within 0.02 %, seed %i",
  async (seed) => {
    const cell = new LithiumCopper(copper_985, "copper")
    const rig = await startRig({ seed, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, method, { area_cm2: copper_985.area_cm2 })
    await finish(rig, 4 * 3600)
    const { records } = await logged(rig, 0, 2)
    const efficiencies = strippedOverPlated(cycleCharges(records), -1).map(
      ({ efficiency }) => efficiency,
    )
    expect(efficiencies).toHaveLength(2)
    for (const efficiency of efficiencies)
      expect(Math.abs((efficiency ?? 0) - 0.985)).toBeLessThan(0.0002)
    await rig.close()
  },
)
