import { expect, test } from "vitest"
import { strippedOverPlated } from "../../host/analysis/coulombicEfficiency"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { finish, logged, protocol, start, startRig } from "./harness"

const AREA_cm2 = copper_985.area_cm2

test.each(["copper", "lithium"] as const)(
  "Coulombic efficiency of 0.9850 on copper is reported within 0.0002, %s at the positive terminal, seeds 71 to 73",
  async (terminal) => {
    const plating = terminal === "copper" ? -1 : 1
    for (const seed of [71, 72, 73]) {
      const cell = new LithiumCopper(copper_985, terminal)
      const rig = await startRig({ seed, cells: [cell], calibrated: [0] })
      const method = protocol(
        [
          { step: "tag", tag: "cycle" },
          {
            step: "constant_current",
            current_density_mA_per_cm2: plating,
            until_areal_capacity_mAh_per_cm2: 0.5,
          },
          {
            step: "constant_current",
            current_density_mA_per_cm2: -plating,
            until_voltage_V: -plating * 0.9,
          },
          { step: "loop", loop_to: "cycle", cycle_count: 3 },
        ],
        { safety: { max_voltage_V: 2.5, min_voltage_V: -1, max_current_mA: 10 } },
      )
      // A fresh cell with lithium at the positive terminal shows −2 V, which no board reaches: it comes
      // with a first plating.
      if (terminal === "lithium") cell.advance(1e-3, 3600)
      await start(rig, 0, 2, method, { area_cm2: AREA_cm2 })
      await finish(rig, 4 * 3600)
      const { samples } = await logged(rig, 0, 2)
      const efficiencies = strippedOverPlated(samples, plating === 1 ? 1 : -1)
      const first = terminal === "lithium" ? 1 : 0
      for (const { efficiency } of efficiencies.slice(first)) {
        expect(efficiency).toBeGreaterThan(0.9848)
        expect(efficiency).toBeLessThan(0.9852)
      }
      expect(efficiencies).toHaveLength(3)
      await rig.close()
    }
  },
)
