import { TesterError } from "../errors"
import { type ExportedTest, metadataOf, startOf } from "./exportedTest"

/** What BDF needs to know of a cell. */
const NEEDED = ["name", "institution", "area_cm2"] as const

/** The cell's name and institution, which file names carry. */
export interface BdfCell {
  name: string
  institution: string
}

/** @throws TesterError naming the cell's file and the keys that are missing there */
export function bdfCellOf({ id, cell, cellFile }: ExportedTest): BdfCell {
  const missing = NEEDED.filter((key) => cell?.[key] === undefined)
  if (cell?.institution !== undefined && missing.length === 0)
    return { name: cell.name, institution: cell.institution }
  throw new TesterError(
    `${id}: BDF needs ${missing.join(", ")} of the cell. Write ${missing.length === 1 ? "it" : "them"} into ` +
      `${cellFile}, such as "institution: My University" and "area_cm2: 1.539", and export again.`,
  )
}

/**
 * The metadata sidecar of a BDF file, once the test's records have been read. Keys outside BattINFO's records are
 * refused by BDF readers, so what those records have no place for, above all the area without which nothing can
 * be normalised, stands under `extras`.
 */
export function bdfMetadata(test: ExportedTest, cell: BdfCell) {
  const start_unix_s = startOf(test)
  return {
    battinfo_test: {
      test: {
        name: `${cell.name}, ${utcDay(start_unix_s)}`,
        kind: "cycling",
        instrument_name: `coincell ${test.boardName}, channel ${test.channel}`,
        protocol_name: test.protocol,
        started_at: start_unix_s === undefined ? undefined : Math.floor(start_unix_s),
        description: test.cell?.comment,
      },
      provenance: { source_type: test.isSimulated ? "simulation" : "measurement" },
    },
    battinfo_cell: { cell_instance: { name: cell.name } },
    extras: metadataOf(test),
  }
}

/**
 * `Institution__Cell__YYYYMMDD_XXX.bdf`, the day in UTC, XXX the number of the file that day; `.csv` or `.parquet`
 * follows. Whatever is not safe in a file name on every system becomes a hyphen, and so does a double underscore,
 * which divides the parts. A day that nobody knows is 00000000.
 */
export function bdfStem(cell: BdfCell, start_unix_s: number | undefined, serial = 1): string {
  const number = String(serial).padStart(3, "0")
  return `${safe(cell.institution)}__${safe(cell.name)}__${utcDay(start_unix_s)}_${number}.bdf`
}

/** Whatever follows the point, Windows takes these for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)\./i
/** Of a part: no system takes a name of more than 255 bytes. */
const LONGEST = 80

function safe(part: string): string {
  const name = part
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/_{2,}/g, "-")
    .replace(/^[-_.]+/, "")
    .replace(DEVICE, "$1-")
    .slice(0, LONGEST)
    .replace(/[-_.]+$/, "")
  return name === "" ? "unnamed" : name
}

function utcDay(unix_s: number | undefined): string {
  if (unix_s === undefined) return "00000000"
  return new Date(unix_s * 1000).toISOString().slice(0, 10).replaceAll("-", "")
}
