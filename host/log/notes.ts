import type { LogEvent } from "./event"
import { END_REASONS, type Gap, type Restart, type TestAbout, type TestEvent } from "./testAbout"

/** A moment by both clocks. */
export interface Moment {
  time_s: number
  unixTime_s: number | undefined
}

/** Gathers what the log says of a test besides its points, as its pages are read. */
export class Notes {
  readonly about: TestAbout = {
    channel: undefined,
    test: undefined,
    calibrationDate_s: undefined,
    start_unix_s: undefined,
    temperature_degC: undefined,
    events: [],
    gaps: [],
    end: undefined,
    lostPages: 0,
    duplicatePages: 0,
    last: undefined,
  }
  /** The test stands still. */
  private gap: Gap | undefined
  /** Pages were lost while it did, perhaps the one that says that it went on. */
  private isGapDoubtful = false

  begin(channel: number, test: number): void {
    this.about.channel = channel
    this.about.test = test
  }

  event(event: TestEvent): void {
    const { about } = this
    about.events.push(event)
    switch (event.kind) {
      case "testBegins":
        about.calibrationDate_s = event.calibrationDate_s
        about.start_unix_s = event.unixTime_s
        about.temperature_degC = event.temperature_degC
        break
      case "paused":
        this.standStill("pause", event, event.sampleIndex)
        break
      case "fault":
        this.standStill("fault", event, event.sampleIndex)
        about.end = { kind: "fault", reason: "", fault: event.fault, time_s: event.time_s }
        break
      case "restarted":
        // Without a start of the board: its loop had stood still.
        this.standStill("restart", event, event.sampleIndex)
        if (this.gap !== undefined) this.gap.restart = restartOf(event, this.gap.restart)
        break
      case "resumed":
        this.goOn(event)
        break
      case "testEnds": {
        // A test that a fault stopped is ended by the person who looks after it.
        if (about.end?.kind === "fault") break
        const reason = END_REASONS[event.reason] ?? `reason ${event.reason}`
        const kind = event.reason === 0 ? "finished" : "stopped"
        about.end = { kind, reason, fault: 0, time_s: event.time_s }
      }
    }
  }

  /** The test stands still from now on, after so many points. */
  standStill(kind: Gap["kind"], { time_s, unixTime_s }: Moment, sampleIndex: number): void {
    if (this.gap !== undefined) return
    const resumed = undefined
    this.gap = { kind, sampleIndex, time_s, unixTime_s, resumed, restart: undefined }
    this.isGapDoubtful = false
    // A fault is an end until somebody goes on.
    if (kind !== "fault") this.about.gaps.push(this.gap)
  }

  /** So many pages are missing between two moments, after so many points. */
  lose(pages: number, from: Moment, to: Moment, sampleIndex: number): void {
    const { time_s, unixTime_s } = from
    this.about.lostPages += pages
    this.about.gaps.push({
      kind: "lost",
      sampleIndex,
      time_s,
      unixTime_s,
      resumed: { time_s: to.time_s, unixTime_s: to.unixTime_s },
      restart: undefined,
    })
    this.isGapDoubtful = true
  }

  /** Whether the next point shall tell that the test goes on, since the page that said so may be lost. */
  get isAwaitingPoint(): boolean {
    return this.isGapDoubtful && this.gap !== undefined
  }

  goOn({ time_s, unixTime_s }: Moment): void {
    if (this.gap === undefined) return
    this.gap.resumed = { time_s, unixTime_s }
    if (this.gap.kind === "fault") this.about.gaps.push(this.gap)
    this.gap = undefined
    this.about.end = undefined
  }
}

/** A test that waits for a person tells of its restart at once, and again when it looks at the cell. */
function restartOf(event: LogEvent & { kind: "restarted" }, before: Restart | undefined): Restart {
  return {
    uncertain_Ah: (before?.uncertain_Ah ?? 0) + event.uncertain_nAh / 1e9,
    checkpoint_V: inVolts(event.checkpoint_uV) ?? before?.checkpoint_V,
    openCircuit_V: inVolts(event.openCircuit_uV),
  }
}

function inVolts(voltage_uV: number | undefined): number | undefined {
  return voltage_uV === undefined ? undefined : voltage_uV / 1e6
}
