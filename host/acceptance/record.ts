import { join } from "node:path"
import { makeFolder, writeFile } from "../store/files"
import { type Acceptance, isAccepted } from "./accept"

export const ACCEPTANCE_FORMAT = 1

/** What `--json` prints and the record holds. */
export function acceptanceJson(acceptance: Acceptance): Record<string, unknown> {
  const { date_s, ...rest } = acceptance
  return {
    format: ACCEPTANCE_FORMAT,
    date: new Date(date_s * 1000).toISOString(),
    accepted: isAccepted(acceptance),
    ...rest,
  }
}

/**
 * Writes a record into the data folder, as `acceptance/<board id>-<date>.json`; none is ever replaced but by one of
 * the same second.
 * @returns its path
 */
export function writeRecord(folder: string, acceptance: Acceptance): string {
  const date = new Date(acceptance.date_s * 1000).toISOString().slice(0, 19).replaceAll(":", "-")
  const path = join(folder, "acceptance", `${acceptance.board.id}-${date}Z.json`)
  makeFolder(join(folder, "acceptance"))
  writeFile(path, `${JSON.stringify(acceptanceJson(acceptance), null, 2)}\n`)
  return path
}
