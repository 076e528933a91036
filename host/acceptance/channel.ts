import type { BoardClient } from "../boardClient"
import { AcceptanceError } from "../errors"
import { faultText } from "../follow/faultText"
import type { MethodStep } from "../protocol/schema"
import type { Sample } from "../sample"
import type { Link } from "../transport/link"
import { type AcceptanceBench, type Placed, placeInstruction } from "./bench"
import { type Check, judge } from "./check"
import { REACHED_A, REACHED_SHARE } from "./limits"
import { type Run, runMethod } from "./run"

/** Onto nothing: a current that drives an open output to its rail at once. */
const OPEN_mA = 1
const REST_s = 10
const STEP_s = 6
/** Readings before count as settling. */
const SETTLED_s = 2
/**
 * On the standard: the corner of 4.9 V at 49 mA, the lower limit, and both smaller ranges with a current near
 * their ends and one near nothing.
 */
const STANDARD_mA = [49, -9.5, 3, -3, 1.4, -1.4, 0.1]
/** On the short: the largest current of either sign. */
const SHORT_mA = [-49, 49]

/** All checks of one channel, in the order in which they were made. */
export async function acceptChannel(
  link: Link,
  board: BoardClient,
  bench: AcceptanceBench,
  channel: number,
): Promise<Check[]> {
  const run = async (what: Placed, method: MethodStep[]): Promise<Run> => {
    await bench.place(what, channel, placeInstruction(what, channel, bench.standard_ohm))
    return runMethod(link, board, channel, method)
  }
  await refuseIfTaken(board, channel)
  const open = await run("nothing", [constant(OPEN_mA)])
  const checks = openChecks(channel, open)
  // A channel whose relay or dummy is wrong is not given a current through anything.
  if (checks.some(({ passes }) => !passes)) return checks
  const standard = await run("standard", [
    { step: "open_circuit_voltage", until_time_s: REST_s },
    ...STANDARD_mA.map(constant),
  ])
  checks.push(...standardChecks(channel, standard, bench.standard_ohm))
  if (standard.fault !== undefined) return checks
  return [...checks, ...shortChecks(channel, await run("short", SHORT_mA.map(constant)))]
}

async function refuseIfTaken(board: BoardClient, channel: number): Promise<void> {
  const { state } = await board.status(channel)
  if (state !== "Idle" && state !== "Finished")
    throw new AcceptanceError(channel, "a test is on it: stop that first, or let it finish.")
}

function constant(current_mA: number): MethodStep {
  return { step: "constant_current", current_mA, until_time_s: STEP_s }
}

/**
 * With the holder empty the dummy must read as itself, so the relay rests on it; and the closed relay must find
 * nothing, so it has left the dummy.
 */
export function openChecks(channel: number, run: Run): Check[] {
  const { selfTest, fault, lostPages } = run
  return [
    judge(channel, "dummy", selfTest && selfTest.ratioError_ppm / 1e4),
    judge(channel, "voltageOffset", selfTest && selfTest.offset_uV / 1e3),
    {
      channel,
      what: "relay closes onto the empty holder",
      measured: fault ?? "current flows",
      unit: "",
      limit: "OpenCell",
      passes: fault === "OpenCell",
      why: "at rest force and sense are on the dummy, closed they are not",
    },
    judge(channel, "lostPages", lostPages, "holder empty"),
  ]
}

export function standardChecks(channel: number, run: Run, standard_ohm: number): Check[] {
  const [rest = [], ...steps] = run.steps
  const quiet = settled(rest)
  return [
    ended(channel, run, "the standard"),
    judge(channel, "zeroVoltage", scaled(1e3, mean(quiet.map(voltage)))),
    judge(channel, "voltageNoise", scaled(1e6, deviation(quiet.map(voltage)))),
    judge(channel, "currentNoise", scaled(1e6, deviation(quiet.map(current)))),
    ...STANDARD_mA.flatMap((current_mA, k) => {
      const readings = settled(steps[k] ?? [])
      const at = `at ${current_mA} mA`.replace("-", "−")
      return [
        judge(channel, "current", offSetpoint_uA(readings, current_mA), at),
        judge(
          channel,
          "standard",
          scaled(1e3, mean(readings.map((one) => one.voltage_V - one.current_A * standard_ohm))),
          at,
          scaled(1e3, mean(readings.map(voltage))),
        ),
        judge(channel, "settling", reached_s(steps[k] ?? [], current_mA / 1e3), at),
      ]
    }),
    judge(channel, "lostPages", run.lostPages, "standard"),
  ]
}

export function shortChecks(channel: number, run: Run): Check[] {
  return [
    ended(channel, run, "the short"),
    ...SHORT_mA.flatMap((current_mA, k) => {
      const readings = settled(run.steps[k] ?? [])
      const at = `${current_mA} mA into the short`.replace("-", "−")
      return [
        judge(channel, "current", offSetpoint_uA(readings, current_mA), at),
        judge(channel, "shorted", scaled(1e3, mean(readings.map(voltage))), at),
      ]
    }),
    judge(channel, "lostPages", run.lostPages, "short"),
  ]
}

function ended(channel: number, { fault }: Run, on: string): Check {
  return {
    channel,
    what: `run on ${on}`,
    measured: fault ?? "to its end",
    unit: "",
    limit: "to its end",
    passes: fault === undefined,
    why: fault === undefined ? "no fault at full current" : faultText(fault).what,
  }
}

const voltage = (sample: Sample) => sample.voltage_V
const current = (sample: Sample) => sample.current_A

function settled(readings: Sample[]): Sample[] {
  const [first] = readings
  return readings.filter(({ time_s }) => time_s - first.time_s >= SETTLED_s)
}

function offSetpoint_uA(readings: Sample[], current_mA: number): number | undefined {
  const mean_A = mean(readings.map(current))
  return mean_A === undefined ? undefined : 1e6 * (mean_A - current_mA / 1e3)
}

/** From the step's first reading to the first of those that are all at the set-point; undefined: never. */
function reached_s(readings: Sample[], set_A: number): number | undefined {
  const reach_A = Math.max(REACHED_A, Math.abs(set_A) * REACHED_SHARE)
  const isOff = (one: Sample) => Math.abs(one.current_A - set_A) > reach_A
  const from = readings.map(isOff).lastIndexOf(true) + 1
  return from < readings.length ? readings[from].time_s - readings[0].time_s : undefined
}

function mean(values: number[]): number | undefined {
  return values.length > 0 ? values.reduce((sum, one) => sum + one, 0) / values.length : undefined
}

function deviation(values: number[]): number | undefined {
  const middle = mean(values)
  return middle === undefined
    ? undefined
    : Math.sqrt(mean(values.map((v) => (v - middle) ** 2)) ?? 0)
}

function scaled(factor: number, value: number | undefined): number | undefined {
  return value === undefined ? undefined : factor * value
}
