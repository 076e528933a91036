import { TesterError } from "../errors"
import type { PageHead } from "../log/page"
import type { BoardLog } from "../store/boardLog"
import type { StoredTest } from "../store/storedTest"

/** What a message calls the test that it is of. */
export interface TestNames {
  board: string
  board_name: string
  test: string | null
  cell: string | null
}

/** What the pages of one log of a board are called, besides what they say themselves: as the store has it now. */
export class PageNames {
  private readonly tests: StoredTest[]
  /** Reading a cell's file for each page would take long. */
  private readonly known = new Map<StoredTest | undefined, TestNames>()
  private readonly clock: { unix_ms(boot: number, boardTime_ms: number): number | undefined }

  constructor(
    private readonly board: BoardLog,
    readonly log: number,
  ) {
    this.tests = board.tests().filter(({ run }) => run?.log === log)
    this.clock = board.clock(log)
  }

  of({ channel, sequence }: PageHead): TestNames {
    const test = this.tests.find(
      ({ run }) => run?.channel === channel && run.first <= sequence && sequence < run.next,
    )
    const known = this.known.get(test) ?? namesOf(this.board, test)
    this.known.set(test, known)
    return known
  }

  /** UTC; null where the board was never told. */
  unix_s(boot: number, boardTime_ms: number): number | null {
    const unix_ms = this.clock.unix_ms(boot, boardTime_ms)
    return unix_ms === undefined || Number.isNaN(unix_ms) ? null : unix_ms / 1000
  }
}

export function namesOf(board: BoardLog, test: StoredTest | undefined): TestNames {
  return {
    board: board.id,
    board_name: board.name,
    test: test?.id ?? null,
    cell: test === undefined ? null : cellName(test),
  }
}

/** A cell's file that somebody has to mend keeps no record from being published. */
function cellName(test: StoredTest): string | null {
  try {
    return test.cell.name
  } catch (error) {
    if (error instanceof TesterError) return null
    throw error
  }
}
