// What does the firmware compute from a reset of the microcontroller until the current flows again?
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { protocol, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { VmWatch } from "./period"

const RUNS = 12
const CURRENT_A = 1.5e-3
/** By then the runtime has loaded the program, which its 1.2 s on the chip have in them, and the relays are open. */
const LOADED_ms = 1150

export interface Restart {
  /** On the simulated board, whose script computes in no time. */
  simulated_ms: number
  /** Inside this machine's VM from the script's first line on. */
  vm_us: number
}

/** All channels run at constant current when the microcontroller is reset. */
export async function measureRestart(channels: number): Promise<Restart> {
  const first = await run(channels)
  for (let i = 1; i < RUNS; i++) first.vm_us = Math.min(first.vm_us, (await run(channels)).vm_us)
  return first
}

async function run(channels: number): Promise<Restart> {
  const cells = Array.from({ length: channels }, () => new LithiumSymmetric(kneadedLithiumAlN_1))
  const rig = await startRig({ seed: 1, cells })
  const method = protocol(
    [{ step: "constant_current", current_mA: CURRENT_A * 1000, until_time_s: 36_000 }],
    { resume: "continue" },
  )
  for (const channel of cells.keys()) await start(rig, channel, 1, method)
  await running(rig, channels - 1, 60)
  const { board } = rig
  board.onFrame = () => {}
  const watch = new VmWatch(board)
  board.resetMcu()
  const began_ms = board.now_ms
  board.advanceBy_ms(LOADED_ms)
  const loading_us = watch.inside_us
  while (cells.some((_, i) => board.channels[i].current_A < 0.99 * CURRENT_A))
    board.advanceBy_ms(10)
  watch.stop()
  await rig.close()
  return { simulated_ms: board.now_ms - began_ms, vm_us: watch.inside_us - loading_us }
}
