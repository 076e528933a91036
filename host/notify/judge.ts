import type { ChannelStatus } from "../boardClient"
import { changesOf, runs } from "../follow/changes"
import { type Alarm, advanceAlarm, QUIET } from "./alarm"

/** What somebody may be told of. */
export const NOTICE_KINDS = [
  /** A test is over. */
  "end",
  /** A fault stopped a test. */
  "fault",
  /** After a restart a test waits for a person. */
  "waiting",
  "board_lost",
  "disk_nearly_full",
  /** A test that should run has given no new reading. */
  "sample_too_old",
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** One occurrence of something that somebody wants to be told of. */
export interface Notice {
  kind: NoticeKind
  unixTime_s: number
  /** The board's id; undefined when it is about the host. */
  board: string | undefined
  /** The channel as it was seen; undefined when it is about more than a channel. */
  status: ChannelStatus | undefined
  /** Age of the last reading, or time since the board was heard; 0 for other kinds. */
  age_s: number
  /** Of the disk; 0 for other kinds. */
  free_bytes: number
}

/** A board as it was last seen. */
export interface BoardSeen {
  id: string
  /** It answers now. */
  isHere: boolean
  /** When it last answered, and gave each reading, by the same clock as `now_ms`. */
  heard_ms: number
  channels: readonly { status: ChannelStatus; reading_ms: number }[]
}

/** All that a notice can be made of, at one moment. */
export interface Seen {
  unixTime_s: number
  /** By a clock that nobody sets: how long something lasts is told by this one. */
  now_ms: number
  boards: readonly BoardSeen[]
  /** Room where tests are kept; undefined when that could not be asked. */
  free_bytes: number | undefined
}

export interface Limits {
  board_lost_after_s: number
  sample_too_old_after_s: number
  disk_free_below_bytes: number
}

/** What has been told, and seen: what `judge` needs to tell each thing once. */
export interface Told {
  readonly alarms: ReadonlyMap<string, Alarm>
  readonly seen: ReadonlyMap<string, ChannelStatus>
}

export const NOTHING_TOLD: Told = { alarms: new Map(), seen: new Map() }

/** A disk is no longer nearly full with this much more room than the limit. */
const DISK_MARGIN = 1.2

/**
 * What is to be told now. Each occurrence once: a fault when it comes, a lost board when it has been away for
 * as long as the limit says, and again only after it was back for as long.
 */
export function judge(told: Told, now: Seen, limits: Limits): { told: Told; notices: Notice[] } {
  const alarms = new Map<string, Alarm>()
  const seen = new Map<string, ChannelStatus>()
  const notices: Notice[] = []
  const { unixTime_s, now_ms } = now

  const tell = (kind: NoticeKind, about: Partial<Notice>) =>
    notices.push({
      kind,
      unixTime_s,
      board: undefined,
      status: undefined,
      age_s: 0,
      free_bytes: 0,
      ...about,
    })
  const watch = (
    key: string,
    looks: "bad" | "good" | "between",
    hold_s: number,
    kind: NoticeKind,
    about: Partial<Notice>,
  ) => {
    const before = told.alarms.get(key) ?? QUIET
    const after = advanceAlarm(before, looks, now_ms / 1000, { raise: hold_s, clear: hold_s })
    alarms.set(key, after)
    if (after.isRaised && !before.isRaised) tell(kind, about)
  }

  for (const { id, isHere, heard_ms, channels } of now.boards) {
    const away = { board: id, age_s: (now_ms - heard_ms) / 1000 }
    const lost_s = limits.board_lost_after_s
    watch(`lost ${id}`, isHere ? "good" : "bad", lost_s, "board_lost", away)
    for (const { status, reading_ms } of channels) {
      const key = `${id} ${status.channel}`
      seen.set(key, status)
      for (const { kind } of changesOf(told.seen.get(key), status)) {
        if (kind === "ended") tell("end", { board: id, status })
        if (kind === "fault") tell("fault", { board: id, status })
        if (kind === "paused" && status.waitsForPerson) tell("waiting", { board: id, status })
      }
      const age_s = (now_ms - reading_ms) / 1000
      const isOld = runs(status) && age_s >= limits.sample_too_old_after_s
      watch(`old ${key}`, isOld ? "bad" : "good", 0, "sample_too_old", { board: id, status, age_s })
    }
  }
  const { free_bytes } = now
  watch("disk", diskLooks(free_bytes, limits), 0, "disk_nearly_full", { free_bytes })
  return { told: { alarms, seen }, notices }
}

function diskLooks(free_bytes: number | undefined, limits: Limits): "bad" | "good" | "between" {
  if (free_bytes === undefined) return "between"
  if (free_bytes < limits.disk_free_below_bytes) return "bad"
  return free_bytes > DISK_MARGIN * limits.disk_free_below_bytes ? "good" : "between"
}
