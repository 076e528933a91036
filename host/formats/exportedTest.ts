import type { Cell } from "../cell"
import type { TestAbout } from "../log/testAbout"
import type { Records } from "../records"

/** A test that can be exported. */
export interface ExportedTest {
  /** Unique among the tests of a store. */
  id: string
  /** The board's id, 16 hexadecimal digits, and its name. */
  board: string
  boardName: string
  channel: number
  /** The number that the board knows it by. */
  test: number
  /** ISO 8601 UTC, as its host noted it; the log's own word counts for more. */
  started?: string
  firmware?: { version: string; board: string; build?: string }
  /** The records come from a simulated board, not from a cell. */
  isSimulated: boolean
  /** What it runs, by name. */
  protocol?: string
  cell?: Cell
  /** Where the cell's metadata stand or are to be written, for a person to mend. */
  cellFile: string
  records: Iterable<Records>
  /** The board's pages within the test that it overwrote before they were fetched: some may be its. */
  overwritten: readonly { first: number; next: number }[]
  /** Resistor and meter of the calibration in force, if known. */
  calibrationStandard?: string
  /** What the log says besides, once the records were read to their end. */
  about(): TestAbout
}

/** When the test began, seconds since 1970 UTC; undefined if neither log nor host know. */
export function startOf(test: ExportedTest): number | undefined {
  const { start_unix_s } = test.about()
  if (start_unix_s !== undefined) return start_unix_s
  return test.started === undefined ? undefined : Date.parse(test.started) / 1000
}

/**
 * All that is known of a test besides its records, once these have been read: what stands in every sidecar.
 * Gaps tell from when to when the test stood still, or its records are lost.
 */
export function metadataOf(test: ExportedTest) {
  const about = test.about()
  return {
    source: {
      id: test.id,
      board: test.board,
      board_name: test.boardName,
      channel: test.channel,
      number: test.test,
      protocol: test.protocol,
      firmware: test.firmware,
      is_simulated: test.isSimulated,
      start_unix_s: startOf(test),
      calibrated_unix_s: about.calibrationDate_s,
      calibration_standard: test.calibrationStandard,
      end: about.end,
      is_running: about.end === undefined,
    },
    cell: test.cell,
    gaps: about.gaps,
    lost_pages: about.lostPages,
    duplicate_pages: about.duplicatePages,
    overwritten_board_pages: test.overwritten,
    current_sign: "positive current charges the cell (plates lithium on the working electrode)",
    capacity_source: "the tester's own integral of the measured current",
  }
}
