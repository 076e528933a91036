import { FAULT_HARD_SHORT, STOP_EFFICIENCY_LOW } from "../../../firmware/core/states"
import { END_REASONS, type TestAbout } from "../../log/testAbout"
import type { CycleRow } from "../cycles"
import { type CycleLife, type Life, lifeSoFar, lifeUntil } from "./cycleLife"
import type { ShortSign } from "./shortSign"

/** How a test ended, and whether its cell did. */
export interface Verdict extends Life {
  /**
   * - `failed`: the cell, by a criterion, by a short, or by what the board stops for;
   * - `protocolEnded`: the cell had not failed when the program was through;
   * - `stopped`: by a person, or after a restart, before either;
   * - `fault`: the tester stopped for safety or for itself, which may or may not be the cell's doing;
   * - `running`: nothing of it yet, or the end is not in the log.
   */
  outcome: "failed" | "protocolEnded" | "stopped" | "fault" | "running"
  /** What ended it: a criterion, a short, or the board in its own words. */
  cause: CycleLife | ShortSign | { kind: "board"; reason: string; fault: number } | undefined
  /** Cycle and test time of what ended it; undefined while nothing did. */
  cycle: number | undefined
  time_s: number | undefined
  /** The cell did not fail: it lives longer than `cycles` and `life_s`. */
  isLowerBound: boolean
}

/** What is known of how a test went. */
export interface Evidence {
  /** Of the test's log. */
  about: Pick<TestAbout, "end" | "last">
  rows: readonly CycleRow[]
  /** By whichever criteria count for this cell. */
  lives: readonly CycleLife[]
  /** Of whichever signs count for it. */
  shorts: readonly ShortSign[]
}

/**
 * End of life or end of the protocol: the earliest failure or short that the records show, else how the board ended
 * the test. A failure counts even if the test went on after it. What counts as one, `lives` and `shorts` say; a
 * verdict is as good as these.
 */
export function verdict({ about, rows, lives, shorts }: Evidence): Verdict {
  const found = earliest(lives, shorts)
  if (found !== undefined) {
    const { cause, cycle, time_s } = found
    const life = lifeUntil(rows, { cycle, time_s })
    return { outcome: "failed", cause, cycle, time_s, ...life, isLowerBound: false }
  }
  const { end, last } = about
  if (end === undefined) {
    const nothing = { cause: undefined, cycle: undefined, time_s: undefined }
    return { outcome: "running", ...nothing, ...lifeSoFar(rows), isLowerBound: true }
  }
  const outcome = outcomeOf(end)
  const { reason, fault, time_s } = end
  const cause = { kind: "board", reason, fault } as const
  const cycle = last?.cycle
  const hasFailed = outcome === "failed" && cycle !== undefined
  const life = hasFailed ? lifeUntil(rows, { cycle, time_s }) : lifeSoFar(rows)
  return { outcome, cause, cycle, time_s, ...life, isLowerBound: outcome !== "failed" }
}

function earliest(lives: readonly CycleLife[], shorts: readonly ShortSign[]) {
  const all = [
    ...lives.flatMap((cause) => (cause.failed === undefined ? [] : [{ cause, ...cause.failed }])),
    ...shorts.map((cause) => ({ cause, cycle: cause.cycle, time_s: cause.time_s })),
  ]
  return all.sort((a, b) => a.time_s - b.time_s).at(0)
}

/** What the board says of the end: some of its reasons are the cell's. */
function outcomeOf({ kind, reason, fault }: NonNullable<TestAbout["end"]>): Verdict["outcome"] {
  if (kind === "fault") return fault === FAULT_HARD_SHORT ? "failed" : "fault"
  if (kind === "finished") return "protocolEnded"
  return END_REASONS.indexOf(reason) >= STOP_EFFICIENCY_LOW ? "failed" : "stopped"
}
