import type { LoggedRun } from "./boardLog"
import type { TestFile } from "./documents"

/** A board checks a long program for seconds before it begins. */
const START_ms = 120_000
/** A simulated board may run so many times as fast as the host that starts it. */
const FASTEST = 1000
/** A page tells when it was opened to within a control period. */
const EARLY_ms = 1_000

type Begun = Pick<TestFile, "log" | "channel" | "test" | "boot" | "board_time_ms" | "simulated">

/**
 * Which test in a board's log belongs to which folder: by channel, number, and when it began by the board's
 * own clock, so that a number which two hosts gave, or a test that never began, mixes nothing up.
 * @param folders of one board
 * @returns the folder of each run; undefined for tests of other hosts that have none yet
 */
export function matchRuns<Folder extends Begun>(
  runs: readonly LoggedRun[],
  folders: readonly Folder[],
): Map<LoggedRun, Folder | undefined> {
  const free = new Set([...folders].sort(byBeginning))
  const matches = new Map<LoggedRun, Folder | undefined>()
  for (const run of runs) {
    const fitting = [...free].filter((folder) => fits(run, folder))
    // Of a run without its beginning, the folder that is nearest; else there is one, or the first came first.
    const folder = run.begins ? fitting[0] : fitting.at(-1)
    if (folder !== undefined) free.delete(folder)
    matches.set(run, folder)
  }
  return matches
}

function fits(run: LoggedRun, folder: Begun): boolean {
  if (run.channel !== folder.channel || run.test !== folder.test) return false
  // That the flash was replaced shows at the next download only.
  if (run.log < folder.log) return false
  const after_ms = run.boardTime_ms - folder.board_time_ms
  const most_ms = folder.simulated ? FASTEST * START_ms : START_ms
  if (run.begins) return run.boot === folder.boot && after_ms >= -EARLY_ms && after_ms <= most_ms
  return run.boot > folder.boot || (run.boot === folder.boot && after_ms >= -EARLY_ms)
}

function byBeginning(a: Begun, b: Begun): number {
  return a.log - b.log || a.boot - b.boot || a.board_time_ms - b.board_time_ms
}
