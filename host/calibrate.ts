import { CALIBRATION_BYTES, Calibration, NO_CORRECTION } from "../firmware/core/calibration"
import type { BoardClient } from "./boardClient"
import { BoardError } from "./errors"
import { readTests } from "./log/read"
import { circuit } from "./manifest"
import { compileProtocol } from "./protocol/compile"
import type { Protocol } from "./protocol/schema"
import type { Sample } from "./sample"
import type { Link } from "./transport/link"

/**
 * What stands on the bench for a calibration: a standard resistor in place of the cell, and a meter
 * across it. Current is measured as the voltage on the standard, never on a meter's current range.
 */
export interface CalibrationBench {
  readonly standard_ohm: number
  /** Puts the standard into a channel's holder. */
  connect(channel: number): Promise<void>
  /** The meter's reading across the standard, V. */
  read_V(channel: number): Promise<number>
  /** Puts back what was in the holder. */
  disconnect(channel: number): Promise<void>
}

/** One point: what the board read, and what the bench says. */
interface Point {
  read: number
  actual: number
}

/**
 * Two currents for each range, widest range first, on a 100 Ω standard: −0.9 V and 4 V in the first, which
 * also calibrate the voltage.
 */
const CURRENTS_mA = [
  [-9, 40],
  [-3, 3],
  [-1.4, 1.4],
]
const STEP_s = 20
/** The meter is read, and the board's readings averaged, after this much of a step. */
const SETTLED_s = 5

/**
 * Calibrates channels against the bench, voltage and every current range at two points each, and writes
 * the result to the board. The channels must be idle.
 * @param now_s Unix time, which becomes the calibration's date
 */
export async function calibrate(
  link: Link,
  board: BoardClient,
  bench: CalibrationBench,
  channels: number[],
  test: number,
  now_s: number,
): Promise<void> {
  const currents_mA = CURRENTS_mA.flat()
  const program = compileProtocol(staircase(currents_mA), { name: "standard" }, circuit).bytes
  for (const channel of channels) {
    await bench.connect(channel)
    // What is found is then the whole correction.
    await board.writeCalibration(channel, bytesOf(new Calibration(NO_CORRECTION)))
    await board.start(channel, test, program)
  }
  const meter_V: number[][] = channels.map(() => [])
  for (let step = 0; step < currents_mA.length; step++) {
    for (const [i, channel] of channels.entries()) {
      await reach(link, board, channel, step, step * STEP_s + STEP_s * 0.75)
      meter_V[i].push(await bench.read_V(channel))
    }
  }
  for (const channel of channels) {
    while ((await board.status(channel)).state === "Running") await link.sleep_ms(1000)
    await bench.disconnect(channel)
  }
  const tests = await readTests(link, board)
  for (const [i, channel] of channels.entries()) {
    const logged = tests.find((one) => one.channel === channel && one.test === test)
    if (logged?.end?.kind !== "finished")
      throw new BoardError(
        `Channel ${channel}'s calibration run did not finish: is the standard in?`,
      )
    const calibration = calibrationOf(logged.samples, meter_V[i], bench.standard_ohm)
    calibration.date_s = now_s
    await board.writeCalibration(channel, bytesOf(calibration))
  }
}

/** One step at each current. */
function staircase(currents_mA: number[]): Protocol {
  return {
    record: { time_s: 1, voltage_V: 0.001, burst_s: STEP_s },
    safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 45 },
    method: currents_mA.map((current_mA) => ({
      step: "constant_current",
      current_mA,
      until_time_s: STEP_s,
    })),
  }
}

async function reach(
  link: Link,
  board: BoardClient,
  channel: number,
  step: number,
  time_s: number,
): Promise<void> {
  for (;;) {
    const status = await board.status(channel)
    const isRunning = status.state === "Running"
    if (!isRunning && status.state !== "Zeroing")
      throw new BoardError(
        `Channel ${channel}'s calibration run ended early (state ${status.state}, fault ` +
          `${status.fault}): is the standard in the holder? The channel is uncalibrated now.`,
      )
    if (isRunning && status.step === step && status.testTime_s >= time_s) return
    if (isRunning && status.step > step)
      throw new BoardError(`Channel ${channel} was read too late in its calibration. Try again.`)
    await link.sleep_ms(isRunning ? Math.max(100, 1000 * (time_s - status.testTime_s)) : 500)
  }
}

/** Works out gains and offsets. Point k of `meter_V` belongs to step k of the staircase. */
function calibrationOf(samples: Sample[], meter_V: number[], standard_ohm: number): Calibration {
  const mean = (step: number, key: "voltage_V" | "current_A") => {
    const ofStep = samples.filter((one) => one.stepIndex === step)
    const settled = ofStep.filter((one) => one.time_s >= ofStep[0].time_s + SETTLED_s)
    return settled.reduce((sum, one) => sum + one[key], 0) / settled.length
  }
  const calibration = new Calibration(NO_CORRECTION)
  const voltage = line(
    [0, 1].map((step) => ({ read: mean(step, "voltage_V"), actual: meter_V[step] })),
  )
  calibration.voltageGain = voltage.gain
  calibration.voltageOffset_V = voltage.offset
  CURRENTS_mA.forEach((_, range) => {
    const current = line(
      [2 * range, 2 * range + 1].map((step) => ({
        read: mean(step, "current_A"),
        actual: meter_V[step] / standard_ohm,
      })),
    )
    calibration.currentGain[range] = current.gain
    calibration.currentOffset_A[range] = current.offset
  })
  return calibration
}

/** The line through two points: actual = read × (1 + gain) + offset. */
export function line([a, b]: Point[]): { gain: number; offset: number } {
  const slope = (b.actual - a.actual) / (b.read - a.read)
  return { gain: slope - 1, offset: a.actual - slope * a.read }
}

function bytesOf(calibration: Calibration): Uint8Array {
  const bytes = new Uint8Array(CALIBRATION_BYTES)
  calibration.write(bytes)
  return bytes
}
