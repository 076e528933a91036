import { expect, test } from "vitest"
import { halfCycles } from "../../host/analysis/halfCycles"
import { nucleation } from "../../host/analysis/nucleation"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { bareLithium_20 } from "../../sim/cells/parameters/Ma2024"
import { finish, logged, protocol, start, startRig } from "./harness"

const { area_cm2, nucleation: spike } = bareLithium_20
const AMPLITUDE_mV = spike.amplitude_mV
const CURRENT_mA_per_cm2 = 20
/** Each way: fifty times the charge over which the spike decays. */
const CAPACITY_mAh_per_cm2 = 0.5

/** No burst: a first point, and then what a decay of 1.8 s is recorded by. */
const method = protocol(
  [
    { step: "open_circuit_voltage", until_time_s: 5 },
    { step: "tag", tag: "cycle" },
    {
      step: "constant_current",
      current_density_mA_per_cm2: CURRENT_mA_per_cm2,
      until_areal_capacity_mAh_per_cm2: CAPACITY_mAh_per_cm2,
    },
    {
      step: "constant_current",
      current_density_mA_per_cm2: -CURRENT_mA_per_cm2,
      until_areal_capacity_mAh_per_cm2: CAPACITY_mAh_per_cm2,
    },
    { step: "loop", loop_to: "cycle", cycle_count: 2 },
  ],
  { record: { time_s: 10, voltage_V: 0.001, burst_s: 0 } },
)

/** |V| that the model settles to, its spike gone. */
function modelPlateau_V(): number {
  const cell = new LithiumSymmetric(bareLithium_20)
  const current_A = (CURRENT_mA_per_cm2 * area_cm2) / 1e3
  cell.advance(current_A, 0.6 * CAPACITY_mAh_per_cm2 * (3600 / CURRENT_mA_per_cm2))
  return cell.voltage_V(current_A)
}

test.each([101, 102])(
  "bare lithium at 20 mA/cm2: the first point after each reversal shows the spike of 51 mV within 2 %, seed %i",
  async (seed) => {
    const cell = new LithiumSymmetric(bareLithium_20)
    const rig = await startRig({ seed, cells: [cell], calibrated: [0] })
    await start(rig, 0, 2, method, { area_cm2 })
    await finish(rig, 1200)
    const { records, end } = await logged(rig, 0, 2)
    expect(end?.kind).toBe("finished")
    const halves = halfCycles(records)
    expect(halves.map(({ cycle, sign }) => [cycle, sign])).toEqual([
      [1, 1],
      [1, -1],
      [2, 1],
      [2, -1],
    ])
    const plateau_V = modelPlateau_V()
    for (const half of halves) {
      const found = nucleation(half)
      const [first_V] = half.records.voltage_V
      expect(found).toBeDefined()
      if (found === undefined) continue
      // The tip is the very first point: nothing on the way up, nothing missed before it.
      expect(found.tip_s).toBe(0)
      expect(found.tip_V).toBe(Math.abs(first_V))
      expect(Math.abs(found.plateau_V / plateau_V - 1)).toBeLessThan(0.002)
      const off = (found.overpotential_V * 1e3) / AMPLITUDE_mV - 1
      expect(Math.abs(off)).toBeLessThan(0.02)
    }
    await rig.close()
  },
)
