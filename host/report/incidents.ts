import { faultText, pauseText } from "../follow/faultText"
import type { Gap, Restart, TestAbout, TestEvent } from "../log/testAbout"
import { enumName } from "../service"

/** Where a test did not go on, or its records are missing: a gap, or the fault that stopped it for good. */
export interface Incident {
  kind: Gap["kind"]
  /** Test time, and UTC where the board had been told that. */
  time_s: number
  unixTime_s: number | undefined
  cycle: number | undefined
  /** What happened, without a full stop. */
  what: string
  /** When it went on; undefined while it has not. */
  resumed: { time_s: number; unixTime_s: number | undefined } | undefined
  /** The board restarted within it: what that leaves uncertain. */
  restart: Restart | undefined
  /** A person let it go on, or nobody has yet. */
  waited: boolean
}

/** All of a test, in order of time. */
export function incidents({ gaps, end, events, last }: TestAbout): Incident[] {
  const found = gaps.map((gap) => ofGap(gap, events))
  if (end?.kind !== "fault") return found.sort(byTime)
  const fault = events.filter(({ kind }) => kind === "fault").at(-1)
  const { time_s } = end
  return [
    ...found,
    {
      kind: "fault" as const,
      time_s,
      unixTime_s: fault?.unixTime_s,
      cycle: fault?.cycle ?? last?.cycle,
      what: faultWhat(end.fault),
      resumed: undefined,
      restart: undefined,
      waited: true,
    },
  ].sort(byTime)
}

/** Charge that restarts leave uncertain, all together; undefined if one of them does not tell. */
export function uncertainCharge_Ah(all: readonly Incident[]): number | undefined {
  let sum_Ah = 0
  for (const { kind, restart } of all) {
    if (kind === "restart" && restart === undefined) return undefined
    sum_Ah += restart?.uncertain_Ah ?? 0
  }
  return sum_Ah
}

function ofGap(gap: Gap, events: readonly TestEvent[]): Incident {
  const { kind, time_s, unixTime_s, resumed, restart } = gap
  const within = events.filter(
    (event) =>
      event.sampleIndex === gap.sampleIndex &&
      event.time_s >= time_s &&
      event.time_s <= (resumed?.time_s ?? Number.POSITIVE_INFINITY),
  )
  const before = events.filter(({ sampleIndex }) => sampleIndex <= gap.sampleIndex).at(-1)
  return {
    kind,
    time_s,
    unixTime_s,
    cycle: within[0]?.cycle ?? before?.cycle,
    what: whatOf(kind, within),
    resumed,
    restart,
    waited: within.some((event) => event.kind === "paused" || event.kind === "fault"),
  }
}

function whatOf(kind: Gap["kind"], within: readonly TestEvent[]): string {
  const pause = within.find((event) => event.kind === "paused")
  const fault = within.find((event) => event.kind === "fault")
  switch (kind) {
    case "pause":
      return pause === undefined
        ? "the test was paused"
        : pauseText(enumName("Pause", pause.reason)).what
    case "fault":
      return fault === undefined ? "a fault" : faultWhat(fault.fault)
    case "restart":
      if (fault !== undefined) return `the board restarted; then ${faultWhat(fault.fault)}`
      return pause === undefined
        ? "the board restarted, and the test went on by itself"
        : "the board restarted, and the test waited for a person"
    case "lost":
      return "pages of the log are lost: nothing stands in for these records"
  }
}

function faultWhat(fault: number): string {
  const name = enumName("Fault", fault)
  return `${faultText(name).what} (${name})`
}

function byTime(a: Incident, b: Incident): number {
  return a.time_s - b.time_s
}
