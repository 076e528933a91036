import { decodeTests } from "../../host/log/read"
import { circuit } from "../../host/manifest"
import { compileProtocol } from "../../host/protocol/compile"
import { SimulatedBoard } from "../../sim/board"
import { Resistor } from "../../sim/cells/resistor"
import { Random } from "../../sim/random"
import { protocol } from "../scenario/harness"
import { ScriptedHost } from "../scenario/scriptedHost"
import { Energised } from "./energised"
import { Silence } from "./silence"

const CURRENT_A = 5e-3
const HALF_s = 12
const CYCLES = 3
const INTERRUPTIONS = 20
/** As many in an hour are gone on from. */
const STALLS = 5
const MOST_ms = 600_000
/** From a reset, or the last byte before one, until the heart beats again. */
const START_ms = 4_500
/** Of an uncalibrated channel's gain, and of the periods around each interruption. */
const CALIBRATION_ERROR = 0.01
const PERIOD_s = 0.1

const cycling = protocol(
  [
    { step: "tag", tag: "cycle" },
    { step: "constant_current", current_mA: 1000 * CURRENT_A, until_time_s: HALF_s },
    { step: "constant_current", current_mA: -1000 * CURRENT_A, until_time_s: HALF_s },
    { step: "loop", loop_to: "cycle", cycle_count: CYCLES },
  ],
  { resume: "continue" },
)

/** What one life has endured. */
export interface Endured {
  resets: number
  stalls: number
}

/**
 * A test that is interrupted again and again, at whatever instant, byte or start it is just at, and that ends all the
 * same as if nothing had been, but for what the log calls uncertain.
 * @throws Error that says what did not hold
 */
export function endureInterruptions(seed: number, firmware: Uint8Array | "native"): Endured {
  const random = new Random(seed, "interruptions")
  const cell = new Resistor(50)
  const board = new SimulatedBoard({ seed, firmware, cells: [cell] })
  board.powerOn()
  const host = new ScriptedHost(board)
  host.load(5, 0, compileProtocol(cycling, { name: "cell" }, circuit).bytes)
  host.start(7, 0, 1)
  board.runUntil_ms(25_000)
  const watch = new Energised(board)
  const endured = { resets: 0, stalls: 0 }
  const silence = new Silence()
  const hear = board.onLog
  // No stall is as long as its interval, but starts in a row may be.
  board.onLog = (line) => {
    hear(line)
    if (/watchdog resets/.test(line) && !silence.explains(board.now_ms))
      throw new Error(
        `The watchdog reset the board at ${board.now_ms} ms, and nothing had held it up.`,
      )
  }
  for (let i = 0; i < INTERRUPTIONS; i++) {
    interrupt(board, random, endured, silence)
    // One in three comes in the start that the one before has made.
    watch.runFor_ms(random.uniform() < 0.33 ? random.uniform(0, 3_500) : random.uniform(0, 8_000))
  }
  watch.runFor_ms(MOST_ms)
  check(board, cell, watch)
  return endured
}

function interrupt(
  board: SimulatedBoard,
  random: Random,
  endured: Endured,
  silence: Silence,
): void {
  const kind = random.uniform()
  if (endured.stalls < STALLS && kind < 0.3) {
    endured.stalls++
    const duration_ms = random.uniform(50, 1_000)
    silence.add(board.now_ms, duration_ms)
    if (kind < 0.15) board.loseTimerFor_ms(duration_ms)
    else board.i2c.holdClockFor_ms(duration_ms)
    return
  }
  endured.resets++
  silence.add(board.now_ms, START_ms)
  if (kind < 0.6) board.resetMcu()
  else board.supply.resetAfter(board.supply.bytes + Math.floor(random.uniform(1, 600)))
}

function check(board: SimulatedBoard, cell: Resistor, watch: Energised): void {
  const expect = (holds: boolean, what: string) => {
    if (!holds) throw new Error(what)
  }
  expect(watch.longest_ms < 1000, `A cell was energised unseen for ${watch.longest_ms} ms.`)
  const tests = decodeTests(board.flashMemory.slice(0, 4096 * 256))
  expect(tests.length === 1, `The log holds ${tests.length} tests.`)
  const [{ samples, gaps, end }] = tests
  expect(end?.kind === "finished", `The test has not come to its end: ${JSON.stringify(end)}.`)
  // A step that ended within the second after its last checkpoint may end once more: the last time counts.
  const lasts = samples
    .filter(({ isLast }) => isLast)
    .filter(({ stepIndex }, i, all) => all[i + 1]?.stepIndex !== stepIndex)
  const steps = lasts.map(({ stepIndex }) => stepIndex).join("")
  expect(steps === "01".repeat(CYCLES), `Its steps were ${steps}.`)
  for (let i = 1; i < samples.length; i++)
    expect(samples[i].time_s >= samples[i - 1].time_s, `Time went back at point ${i}.`)
  const counted_C = lasts.reduce((sum, { stepCharge_Ah }) => sum + 3600 * stepCharge_Ah, 0)
  const uncertain_C = gaps.reduce((sum, gap) => sum + 3600 * (gap.restart?.uncertain_Ah ?? 0), 0)
  const off_C = Math.abs(counted_C - cell.charge_C)
  const slack_C = CURRENT_A * (CALIBRATION_ERROR * 2 * CYCLES * HALF_s + PERIOD_s * INTERRUPTIONS)
  expect(off_C < uncertain_C + slack_C, `${off_C} C are off, of which ${uncertain_C} are told.`)
}
