import { END_OF_PROGRAM, STOPPED_BY_RESTART } from "../../firmware/core/states"
import type { LogPoint, LogRecord } from "../../host/log/decodePage"
import {
  act,
  AFTER_ms,
  afterwards,
  begin,
  CALIBRATED_s,
  CURRENT_A,
  LAST,
  type Life,
  POLICIES,
  script,
} from "./life"
import { type Scenario, WINDOW, Worn } from "./scenarios"
import { type Found, type FoundTest, found } from "./witness"

const C_PER_nAh = 3.6e-6
/** A record is in FRAM within the control period after the one that it tells of. */
const COMMITTED_ms = 250
/** Of the board's integral against the cell's, in the seconds of such a life. */
const INTEGRAL_C = 2e-4
/** The charge that the log may call uncertain after a cut: a checkpoint's second, as an uncalibrated channel reads it. */
const UNCERTAIN_C = 1.01 * CURRENT_A
const OFF_ms = 5_000

/** A life without a cut, to which the others are held. */
export interface Reference {
  seed: number
  firmware: Uint8Array | "native"
  scenario: Scenario
  /** What lives are lived on, one after another. */
  worn: Worn
  found: Found
  boot: number
  /** Bytes that its buses moved. */
  bytes: number
}

export function reference(
  seed: number,
  firmware: Uint8Array | "native",
  scenario: Scenario,
): Reference {
  const worn = new Worn(scenario)
  const life = begin(seed, firmware, worn.renew())
  if (!act(life, script(scenario.first))) throw new Error("the power failed by itself")
  const whole = found(life.board.flashMemory, scenario.first, WINDOW)
  const boot = Math.max(...[...whole.records.keys()].map((key) => Number(key.split(" ")[2])))
  return { seed, firmware, scenario, worn, found: whole, boot, bytes: life.board.supply.bytes }
}

/** How many records of each test, by channel, a cut left, and which calibration. */
export interface Left {
  records: number[]
  calibration: number
}

/**
 * Lives as the reference did until the power fails after `byte` bytes of its buses, switches it on again and
 * goes on.
 * @param again each time after so many bytes more the power fails once more: in the start that follows, if they
 *   are few
 * @throws what was lost, changed or invented, or not done by the test's policy
 */
export function cutAt(reference: Reference, byte: number, again: readonly number[] = []): Left {
  const { first } = reference.scenario
  const life = begin(reference.seed, reference.firmware, reference.worn.renew())
  const { board } = life
  board.supply.failAfter(byte)
  if (act(life, script(first))) throw new Error(`no byte ${byte} was moved`)
  const { cut_ms } = board
  for (const bytes of again) {
    switchOn(life)
    board.supply.failAfter(board.supply.bytes + bytes)
    board.advanceBy_ms(AFTER_ms)
    if (board.isOn) throw new Error(`no byte ${bytes} was moved after the cut`)
  }
  switchOn(life)
  const { now_ms } = board
  act(life, afterwards(now_ms, first), now_ms + AFTER_ms)
  const after = found(board.flashMemory, first, WINDOW)
  const records = compare(reference, after, cut_ms)
  for (const test of after.tests)
    if (test.boot >= reference.boot && !isMereBeginning(test, reference, cut_ms)) checkTest(test)
  life.cells.forEach(({ charge_C }, channel) => {
    checkCharge(channel, charge_C, after.tests, 1 + again.length)
  })
  return { records, calibration: checkCalibration(after, cut_ms) }
}

/** After a while without power. */
function switchOn({ board }: Life): void {
  board.advanceBy_ms(OFF_ms)
  board.powerOn()
}

/** A start that the power cut, of which no host was told that it was done, may leave no more than that. */
function isMereBeginning(
  { channel, test, records }: FoundTest,
  { found, boot }: Reference,
  cut_ms: number,
): boolean {
  const [first] = found.records.get(`${channel} ${test} ${boot}`) ?? []
  const isFresh = first !== undefined && timeOf(first) >= cut_ms - COMMITTED_ms
  return isFresh && records.length === 1
}

/** Nothing that was committed is missing or changed, nothing is there that was not. */
function compare(reference: Reference, after: Found, cut_ms: number): number[] {
  const counts: number[] = []
  for (const [key, expected] of reference.found.records) {
    const [channel, , boot] = key.split(" ").map(Number)
    const there = after.records.get(key) ?? []
    const committed = expected.filter((text) => timeOf(text) <= cut_ms - COMMITTED_ms)
    if (boot < reference.boot && there.length !== expected.length)
      throw new Error(
        `${key}: ${expected.length - there.length} records of a start before are gone`,
      )
    if (boot === reference.boot && there.length < committed.length)
      throw new Error(`${key}: lost ${committed[there.length]}`)
    there.forEach((text, i) => {
      if (text !== expected[i]) throw new Error(`${key}: ${text}, not ${expected[i]}`)
    })
    if (boot === reference.boot) counts[channel] = there.length
  }
  for (const key of after.records.keys()) {
    const [, test, boot] = key.split(" ").map(Number)
    const isKnown = reference.found.records.has(key)
    // A start that came to nothing is not counted.
    if (!isKnown && test !== 2 && boot <= reference.boot) throw new Error(`test ${key} never was`)
  }
  return counts
}

function timeOf(text: string): number {
  return (JSON.parse(text) as { boardTime_ms: number }).boardTime_ms
}

/** A test went on, or ended, by its policy. */
function checkTest({ channel, test, records }: FoundTest): void {
  const name = `channel ${channel}, test ${test}`
  if (records[0].kind !== "testBegins") throw new Error(`${name}: it has no beginning`)
  const isRestarted = records.some(({ kind }) => kind === "restarted")
  const isStopped = POLICIES[channel] === "stop" && isRestarted
  const end = records.at(-1)
  const wanted = isStopped ? STOPPED_BY_RESTART : END_OF_PROGRAM
  if (end?.kind !== "testEnds" || end.reason !== wanted)
    throw new Error(`${name}: ${JSON.stringify(end)}, and no end for reason ${wanted}`)
  const points = records.filter(isPoint)
  const ended = points.filter(({ isLast }) => isLast).map(({ stepIndex }) => stepIndex)
  // A step that ended within the second after its last checkpoint ends once more.
  const order = ended.filter((step, i) => step !== ended[i - 1])
  if (!isStopped && order.join() !== "0,1,2") throw new Error(`${name}: steps ${ended.join()}`)
  points.forEach(({ testTime_ms }, i) => {
    if (testTime_ms < (points[i - 1]?.testTime_ms ?? 0)) throw new Error(`${name}: time went back`)
  })
}

function isPoint(record: LogRecord): record is LogRecord & LogPoint {
  return record.kind === "point"
}

/** A channel's charge is right within what its log calls uncertain. */
function checkCharge(
  channel: number,
  passed_C: number,
  tests: readonly FoundTest[],
  cuts: number,
): void {
  let counted_C = 0
  let uncertain_C = 0
  for (const { records } of tests.filter((one) => one.channel === channel)) {
    const charges_nAh = new Map<number, number>()
    for (const record of records) {
      if (isPoint(record)) charges_nAh.set(record.stepCount, record.stepCharge_nAh)
      if (record.kind === "restarted") uncertain_C += C_PER_nAh * record.uncertain_nAh
    }
    for (const charge_nAh of charges_nAh.values()) counted_C += C_PER_nAh * charge_nAh
  }
  const name = `channel ${channel}`
  if (uncertain_C > cuts * UNCERTAIN_C)
    throw new Error(`${name}: ${uncertain_C} C are called uncertain`)
  const off_C = Math.abs(passed_C - counted_C)
  if (off_C > uncertain_C + INTEGRAL_C)
    throw new Error(`${name}: ${off_C} C are not accounted for, ${uncertain_C} C are uncertain`)
}

/** The one or the other, and whole. */
function checkCalibration({ tests }: Found, cut_ms: number): number {
  const last = tests.filter(({ channel }) => channel === LAST).at(-1)?.records[0]
  if (last === undefined) throw new Error(`after the cut at ${cut_ms} ms nothing could be started`)
  const date_s = last.kind === "testBegins" ? last.calibrationDate_s : Number.NaN
  if (![0, ...CALIBRATED_s].includes(date_s)) throw new Error(`calibrated on ${date_s}`)
  return date_s
}
