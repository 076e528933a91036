// How fast does a board run through the VM, as a multiple of real time?
import { statSync } from "node:fs"
import { cpus } from "node:os"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { protocol, start, startRig } from "../scenario/harness"

const RUNS = 5
const RUN_s = 1000

/** Virtual seconds per second of wall time, control at 10 Hz: the best and the median of some runs. */
async function speed(channels: number): Promise<{ best: number; median: number }> {
  const cells = Array.from({ length: channels }, () => new LithiumSymmetric(kneadedLithiumAlN_1))
  const rig = await startRig({ seed: 1, cells })
  const half = (sign: number) =>
    ({
      step: "constant_current",
      current_density_mA_per_cm2: sign,
      until_time_s: 600,
    }) as const
  const cycling = protocol([half(1), half(-1), { step: "loop", loop_to: 1, cycle_count: 1000 }])
  for (const channel of cells.keys()) await start(rig, channel, 1, cycling, { area_cm2: 1.539 })
  await rig.link.sleep_ms(100_000)
  const speeds = []
  for (let i = 0; i < RUNS; i++) {
    const started = performance.now()
    await rig.link.sleep_ms(RUN_s * 1000)
    speeds.push((RUN_s * 1000) / (performance.now() - started))
  }
  await rig.close()
  speeds.sort((a, b) => a - b)
  return { best: speeds[RUNS - 1], median: speeds[(RUNS - 1) / 2] }
}

console.log(`simulated seconds per second (${cpus()[0].model}, ${cpus().length} cores, one used)`)
console.log("channels   median     best    must reach")
for (const [channels, bar] of [
  [4, 800],
  [1, 2500],
]) {
  const { best, median } = await speed(channels)
  console.log(
    `${channels}        ${median.toFixed(0).padStart(8)} ${best.toFixed(0).padStart(8)} ${String(bar).padStart(12)}`,
  )
}
const bytecode = new URL("../../firmware/.devicescript/sim/bytecode.devs", import.meta.url)
console.log(`bytecode: ${statSync(bytecode).size} bytes of the 110,000 that an RP2040 takes`)
