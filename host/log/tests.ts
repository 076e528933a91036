import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { LogError } from "../errors"
import { type Sample, STEP_TYPES } from "../sample"
import type { BoardClock } from "./clock"
import type { LogEvent } from "./event"
import type { LogPage, LogPoint, Place } from "./page"
import { END_REASONS, type Gap, type LoggedTest } from "./samples"

/**
 * The tests in a log, in the order in which they began.
 * @throws LogError when a step is of a type that this program does not know
 */
export function testsOf(pages: LogPage[], clock: BoardClock): LoggedTest[] {
  const readers: TestReader[] = []
  const current = new Map<number, TestReader>()
  for (const page of pages) {
    if (page.channel === BOARD_CHANNEL) continue
    let reader = current.get(page.channel)
    // A number that is used again is another test.
    const begins = page.records.some((record) => record.kind === "testBegins")
    if (reader === undefined || begins || reader.test.test !== page.test) {
      reader = new TestReader(page, clock)
      current.set(page.channel, reader)
      readers.push(reader)
    }
    reader.add(page)
  }
  return readers.map(({ test }) => test)
}

/** Puts one test together from its pages. */
class TestReader {
  readonly test: LoggedTest
  private boot: number
  /** When the last record was. */
  private time_s = 0
  private unixTime_s: number | undefined
  /** The test stands still. */
  private gap: Gap | undefined

  constructor(
    page: LogPage,
    private readonly clock: BoardClock,
  ) {
    this.boot = page.boot
    this.time_s = page.testTime_ms / 1000
    this.test = {
      channel: page.channel,
      test: page.test,
      calibrationDate_s: undefined,
      start_unix_s: undefined,
      temperature_degC: undefined,
      samples: [],
      events: [],
      gaps: [],
      end: undefined,
    }
  }

  add(page: LogPage): void {
    if (page.boot !== this.boot) this.standStill("restart", this.time_s, this.unixTime_s)
    this.boot = page.boot
    for (const record of page.records) {
      const time_s = record.testTime_ms / 1000
      const unix_ms = this.clock.unix_ms(page.boot, record.boardTime_ms)
      const unixTime_s = unix_ms === undefined ? undefined : unix_ms / 1000
      if (record.kind === "point") this.test.samples.push(sampleOf(record, unixTime_s))
      else this.note(record, time_s, unixTime_s)
      this.time_s = time_s
      this.unixTime_s = unixTime_s
    }
  }

  private note(record: Place & LogEvent, time_s: number, unixTime_s: number | undefined): void {
    const { test } = this
    const { testTime_ms, boardTime_ms, stepIndex, stepType, isUncalibrated, ...event } = record
    test.events.push({ ...event, time_s, unixTime_s, sampleIndex: test.samples.length })
    switch (record.kind) {
      case "testBegins":
        test.calibrationDate_s = record.calibrationDate_s
        test.start_unix_s = unixTime_s
        test.temperature_degC = record.temperature_degC
        break
      case "paused":
        this.standStill("pause", time_s, unixTime_s)
        break
      case "fault":
        this.standStill("fault", time_s, unixTime_s)
        test.end = { kind: "fault", reason: "", fault: record.fault, time_s }
        break
      case "restarted":
        if (this.gap === undefined) break
        this.gap.restart = {
          uncertain_Ah: record.uncertain_nAh / 1e9,
          checkpoint_V: inVolts(record.checkpoint_uV),
          openCircuit_V: inVolts(record.openCircuit_uV),
        }
        break
      case "resumed":
        this.goOn(time_s, unixTime_s)
        break
      case "testEnds": {
        // A test that a fault stopped is ended by the person who looks after it.
        if (test.end?.kind === "fault") break
        const reason = END_REASONS[record.reason] ?? `reason ${record.reason}`
        const kind = record.reason === 0 ? "finished" : "stopped"
        test.end = { kind, reason, fault: 0, time_s }
      }
    }
  }

  private standStill(kind: Gap["kind"], time_s: number, unixTime_s: number | undefined): void {
    if (this.gap !== undefined) return
    this.gap = {
      kind,
      sampleIndex: this.test.samples.length,
      time_s,
      unixTime_s,
      resumed: undefined,
      restart: undefined,
    }
    // A fault is an end until somebody goes on.
    if (kind !== "fault") this.test.gaps.push(this.gap)
  }

  private goOn(time_s: number, unixTime_s: number | undefined): void {
    if (this.gap === undefined) return
    this.gap.resumed = { time_s, unixTime_s }
    if (this.gap.kind === "fault") this.test.gaps.push(this.gap)
    this.gap = undefined
    this.test.end = undefined
  }
}

function sampleOf(record: Place & LogPoint, unixTime_s: number | undefined): Sample {
  const stepType = STEP_TYPES.get(record.stepType)
  if (stepType === undefined)
    throw new LogError(`The log holds a step of type ${record.stepType}, which is not known here.`)
  return {
    time_s: record.testTime_ms / 1000,
    unixTime_s,
    voltage_V: record.voltage_uV / 1e6,
    current_A: record.current_nA / 1e9,
    stepCharge_Ah: record.stepCharge_nAh / 1e9,
    stepEnergy_Wh: record.stepEnergy_nWh / 1e9,
    temperature_degC: record.temperature_degC,
    cycle: record.cycle,
    stepCount: record.stepCount,
    stepIndex: record.stepIndex,
    stepType,
    isFirst: record.isFirst,
    isLast: record.isLast,
    isUncalibrated: record.isUncalibrated,
  }
}

function inVolts(voltage_uV: number | undefined): number | undefined {
  return voltage_uV === undefined ? undefined : voltage_uV / 1e6
}
