import { type CycleRow, cycleTable } from "../../host/analysis/cycles"
import type { Protocol } from "../../host/protocol/schema"
import type { BoardOptions, SimulatedBoard } from "../../sim/board"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import * as Ma2024 from "../../sim/cells/parameters/Ma2024"
import { manifest } from "../../sim/manifest"
import type { ScriptHeap } from "../../sim/pico/heap"
import { finish, logged, protocol, type Rig, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { HeartbeatWatch } from "./heartbeat"

const PARAMETERS = [
  Ma2024.bareLithium_1,
  Ma2024.kneadedLithiumAlN_1,
  Ma2024.bareLithium_20,
  Ma2024.kneadedLithiumAlN_20,
]
const AREA_cm2 = 1.539
/** Both of the paper: 1 and 20 mA cm⁻². */
export const CURRENTS_mA = [1, 1, 20, 20].map((density) => density * AREA_cm2)
/** The heap is looked at so often; its least use in a minute is what the script holds. */
const LOOK_EVERY_ms = 250
const MINUTE_ms = 60_000

/** A board with a microcontroller of some kind. */
export interface Target {
  firmware: BoardOptions["firmware"]
  /** Of the microcontroller's time since its last reset; undefined where that is not known. */
  times?: () => Times
  heap(board: SimulatedBoard): ScriptHeap | undefined
  plug(): void
  unplug(): void
}

export interface Times {
  /** All of it, what it was awake, and between the first and last bus access of each piece of work. */
  now_ns: number
  awake_ns: number
  worked_ns: number
}

export interface TrialOptions {
  seed: number
  cycles: number
  halfCycle_s: number
  quiet_minutes: number
}

export interface TrialResult {
  /** By channel. */
  tables: CycleRow[][]
  /** Of the control loop while four channels cycle. */
  periods_ms: number[]
  /** Shares of the microcontroller's time meanwhile. */
  shares: { awake: number; worked: number } | undefined
  /** From a reset of the microcontroller until the current flows again. */
  restart_ms: number
  quiet: {
    /** Of the control loop without USB. */
    periods_ms: number[]
    /** What the script held, the least of each minute, bytes. */
    heap_bytes: (number | undefined)[]
  }
}

/** Four channels cycle at once; then one of their long steps is watched over a reset, and without USB. */
export async function runTrial(target: Target, options: TrialOptions): Promise<TrialResult> {
  const cells = PARAMETERS.map((one) => new LithiumSymmetric(one))
  let watch: HeartbeatWatch | undefined
  const rig = await startRig({
    seed: options.seed,
    cells,
    firmware: target.firmware,
    prepare: (board) => {
      watch = new HeartbeatWatch(board)
    },
  })
  if (watch === undefined) throw new Error("The board was not prepared.")
  const cycling = await cycle(rig, target, options, watch)
  const restart_ms = await restart(rig)
  const quiet = await beQuiet(rig, target, options.quiet_minutes, watch)
  await rig.close()
  return { ...cycling, restart_ms, quiet }
}

async function cycle(rig: Rig, target: Target, options: TrialOptions, watch: HeartbeatWatch) {
  const { cycles, halfCycle_s } = options
  const charge_mAh = (current_mA: number) => (current_mA * halfCycle_s) / 3600
  for (const [channel, current_mA] of CURRENTS_mA.entries())
    await start(rig, channel, 1, cycling(current_mA, charge_mAh(current_mA), cycles), {
      area_cm2: AREA_cm2,
    })
  await running(rig, CURRENTS_mA.length - 1, 1)
  const before = target.times?.()
  const began_ms = rig.board.now_ms
  rig.board.advanceBy_ms(1.8 * cycles * halfCycle_s * 1000)
  const periods_ms = watch.periods_ms(began_ms)
  const after = target.times?.()
  await finish(rig, 600)
  const tables: CycleRow[][] = []
  for (const channel of CURRENTS_mA.keys())
    tables.push(cycleTable((await logged(rig, channel, 1)).records, { area_cm2: AREA_cm2 }))
  return { tables, periods_ms, shares: before && after && shares(before, after) }
}

function shares(before: Times, after: Times): TrialResult["shares"] {
  const all_ns = after.now_ns - before.now_ns
  return {
    awake: (after.awake_ns - before.awake_ns) / all_ns,
    worked: (after.worked_ns - before.worked_ns) / all_ns,
  }
}

function cycling(current_mA: number, until_charge_mAh: number, cycle_count: number): Protocol {
  const until_areal_capacity_mAh_per_cm2 = until_charge_mAh / AREA_cm2
  return protocol(
    [
      { step: "tag", tag: "cycle" },
      { step: "constant_current", current_mA, until_areal_capacity_mAh_per_cm2 },
      { step: "constant_current", current_mA: -current_mA, until_areal_capacity_mAh_per_cm2 },
      { step: "loop", loop_to: "cycle", cycle_count },
    ],
    { record: { time_s: 1, voltage_V: 0.001, burst_s: 5 } },
  )
}

/** All channels run for hours: what comes after is about the board alone. */
async function restart(rig: Rig): Promise<number> {
  const { board } = rig
  for (const [channel, current_mA] of CURRENTS_mA.entries())
    await start(
      rig,
      channel,
      2,
      protocol([{ step: "constant_current", current_mA: current_mA / 10, until_time_s: 36_000 }], {
        resume: "continue",
      }),
      { area_cm2: AREA_cm2 },
    )
  await running(rig, CURRENTS_mA.length - 1, 1)
  const flows = () =>
    CURRENTS_mA.every((current_mA, i) => board.channels[i].current_A > (current_mA / 1e4) * 0.99)
  board.resetMcu()
  const began_ms = board.now_ms
  // The relays stay closed until their pump has run down for want of a heartbeat.
  board.advanceBy_ms(700)
  while (!flows()) {
    board.advanceBy_ms(10)
    if (board.now_ms - began_ms > MINUTE_ms) return Number.POSITIVE_INFINITY
  }
  return board.now_ms - began_ms
}

async function beQuiet(rig: Rig, target: Target, minutes: number, watch: HeartbeatWatch) {
  const { board } = rig
  target.unplug()
  board.advanceBy_ms(1000)
  const began_ms = board.now_ms
  const heap_bytes: (number | undefined)[] = []
  for (let minute = 0; minute < minutes; minute++) heap_bytes.push(heldInMinute(board, target))
  const periods_ms = watch.periods_ms(began_ms)
  // A loop that stands still to the end has no next edge that would show it.
  periods_ms.push(board.now_ms - (watch.edges_ms.at(-1) ?? began_ms))
  target.plug()
  return { periods_ms, heap_bytes }
}

function heldInMinute(board: SimulatedBoard, target: Target): number | undefined {
  let least: number | undefined
  for (let at_ms = 0; at_ms < MINUTE_ms; at_ms += LOOK_EVERY_ms) {
    board.advanceBy_ms(LOOK_EVERY_ms)
    const heap = target.heap(board)
    if (heap === undefined) continue
    const held = heap.size - heap.free
    least = least === undefined ? held : Math.min(least, held)
  }
  return least
}

export const PERIOD_ms = manifest.control.period_ms
