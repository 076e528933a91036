import type { ReadingRow } from "../../fleetApi"
import { ago } from "../words"

/** A channel that runs is read each second; after this long its reading counts as old, s. */
const OLD_s = 15

/** Of a channel that runs: that its last reading is old, or that none came; nothing while it is fresh. */
export function oldText(row: ReadingRow | undefined, now_unix_s: number): string {
  if (row === undefined) return "no reading"
  const age_s = now_unix_s - row[6]
  return age_s > OLD_s ? `read ${ago(age_s)}` : ""
}
