// How fast does a board run compiled for Node, beside the VM, as a multiple of real time?
import { cpus } from "node:os"
import { readFirmware } from "../../host/transport/simulated"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { protocol, start, startRig } from "../scenario/harness"

const RUNS = 5
/** Virtual seconds of one run: about a quarter of a second of ours. */
const RUN_s = { native: 6000, vm: 600 }

/** Virtual seconds per second of wall time, control at 10 Hz: the best and the median of some runs. */
async function speed(
  engine: "native" | "vm",
  channels: number,
): Promise<{ best: number; median: number }> {
  const cells = Array.from({ length: channels }, () => new LithiumSymmetric(kneadedLithiumAlN_1))
  const firmware = engine === "native" ? "native" : readFirmware()
  const rig = await startRig({ seed: 1, cells, firmware })
  const half = (sign: number) =>
    ({ step: "constant_current", current_density_mA_per_cm2: sign, until_time_s: 600 }) as const
  const cycling = protocol([half(1), half(-1), { step: "loop", loop_to: 1, cycle_count: 1000 }])
  for (const channel of cells.keys()) await start(rig, channel, 1, cycling, { area_cm2: 1.539 })
  await rig.link.sleep_ms(100_000)
  const speeds = []
  for (let i = 0; i < RUNS; i++) {
    const started = performance.now()
    await rig.link.sleep_ms(RUN_s[engine] * 1000)
    speeds.push((RUN_s[engine] * 1000) / (performance.now() - started))
  }
  await rig.close()
  speeds.sort((a, b) => a - b)
  return { best: speeds[RUNS - 1], median: speeds[(RUNS - 1) / 2] }
}

const column = (value: number, width = 8) => value.toFixed(0).padStart(width)
console.log(`simulated seconds per second (${cpus()[0].model}, ${cpus().length} cores, one used)`)
console.log("channels   native     best       VM     best   native ÷ VM   must reach")
for (const [channels, bar] of [
  [1, 10_000],
  [4, undefined],
] as const) {
  const native = await speed("native", channels)
  const vm = await speed("vm", channels)
  console.log(
    `${channels}        ${column(native.median)} ${column(native.best)} ${column(vm.median)} ${column(vm.best)}` +
      `${(native.median / vm.median).toFixed(1).padStart(14)} ${bar === undefined ? "" : column(bar, 12)}`,
  )
}
