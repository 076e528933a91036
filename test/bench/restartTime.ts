// What does the firmware compute from a reset of the microcontroller until the current flows again?
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { manifest } from "../../sim/manifest"
import { Watchdog } from "../../sim/watchdog"
import { protocol, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { VmWatch } from "./period"

const RUNS = 12
const CURRENT_A = 1.5e-3
/** The relays are open by then, and the runtime has not yet loaded the program. */
const WAITED_ms = 1150

/** What passes between two edges of the heartbeat. */
interface Stretch {
  /** Inside this machine's VM, from one call of the simulated board to the next. */
  parts_us: number[]
  /** Virtual time of its transfers. */
  transfer_us: number
}

export interface Restart {
  /** On the simulated board, whose script computes in no time. */
  simulated_ms: number
  /**
   * From the loading of the program to the first heartbeat, then each control period: in the last of them the current
   * sets in.
   */
  stretches: Stretch[]
}

/**
 * All channels run at constant current when the microcontroller is reset. A simulation is repeatable, so that each
 * part's time is the least of several runs: what else went on in this machine is not in it.
 */
export async function measureRestart(channels: number): Promise<Restart> {
  const first = await run(channels)
  for (let i = 1; i < RUNS; i++)
    for (const [k, { parts_us }] of (await run(channels)).stretches.entries()) {
      const least_us = first.stretches[k].parts_us
      for (const [j, part_us] of parts_us.entries()) least_us[j] = Math.min(least_us[j], part_us)
    }
  return first
}

/**
 * How long it takes on a chip that is `ratio` times as slow, ms. Before the loop all script adds to the simulated time,
 * and so it does in the last period. In those between it runs while the loop would wait: only what a period has no room
 * for adds to it.
 * @param waits_ms what of each period is waiting whatever happens: its conversions
 */
export function restart_ms({ simulated_ms, stretches }: Restart, ratio: number, waits_ms: number) {
  const script_ms = ({ parts_us }: Stretch) =>
    (parts_us.reduce((sum, part_us) => sum + part_us, 0) * ratio) / 1000
  const periods = stretches.slice(1, -1)
  const late_ms = periods.map((period) => {
    const took_ms = waits_ms + script_ms(period) + period.transfer_us / 1000
    return Math.max(0, took_ms - manifest.control.period_ms)
  })
  const outside_ms = script_ms(stretches[0]) + script_ms(stretches[stretches.length - 1])
  return simulated_ms + outside_ms + late_ms.reduce((sum, late) => sum + late, 0)
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
  board.resetMcu()
  const began_ms = board.now_ms
  board.advanceBy_ms(WAITED_ms)
  const watch = new VmWatch(board)
  const stretches: Stretch[] = []
  const begun = { parts: 0, transfer_us: 0 }
  let simulated_ms = 0
  const endStretch = (now_us: number) => {
    const { parts_us } = watch
    const { transfer_us } = watch.work()
    stretches.push({
      parts_us: parts_us.slice(begun.parts),
      transfer_us: transfer_us - begun.transfer_us,
    })
    Object.assign(begun, { parts: parts_us.length, transfer_us })
    // The set-points go out just before the heartbeat does.
    if (cells.every((_, i) => board.channels[i].current_A > 0.99 * CURRENT_A))
      simulated_ms = now_us / 1000 - began_ms
  }
  const { setDone } = Watchdog.prototype
  // The first edge of the loop rises: the start has put it low.
  let last = 1
  Watchdog.prototype.setDone = function (this: Watchdog, level, now_us) {
    const isEdge = level > last || (level < last && stretches.length > 0)
    last = level
    if (isEdge && simulated_ms === 0) endStretch(now_us)
    return setDone.call(this, level, now_us)
  }
  try {
    while (simulated_ms === 0) board.advanceBy_ms(10)
  } finally {
    Watchdog.prototype.setDone = setDone
    watch.stop()
  }
  await rig.close()
  return { simulated_ms, stretches }
}
