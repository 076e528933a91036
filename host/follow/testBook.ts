import { CALIBRATION_TEST } from "../calibrate"
import { TesterError } from "../errors"
import { checkProtocol } from "../protocol/check"
import type { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"

/** What the store knows of the test on a channel. */
export interface KnownTest {
  id: string
  /** The cell's name, and what else `cell.yaml` says; undefined when it cannot be read. */
  cell: string | undefined
  operator: string | undefined
  project: string | undefined
  /** What a step of the program does, as a chemist would say it. */
  stepText(step: number): string | undefined
  /** How long all of it takes; undefined when that is not known. */
  expected_s: number | undefined
  /** How many cycles its protocol asks for; undefined when that is not known. */
  cycles: number | undefined
}

/** A test that was not found is looked for again after this: other hosts' get a folder with their first page. */
const LOOK_AGAIN_ms = 10_000

/** Finds the tests that boards speak of by number. Of each channel it keeps one. */
export class TestBook {
  private readonly known = new Map<string, { test: number; known: KnownTest }>()
  /** Tests that were looked for in vain, and when. */
  private readonly missing = new Map<string, { test: number; looked_ms: number }>()

  constructor(private readonly store: Store) {}

  /** @param board its id */
  find(board: string, channel: number, test: number): KnownTest | undefined {
    if (test === CALIBRATION_TEST) return undefined
    const key = `${board} ${channel}`
    const kept = this.known.get(key)
    if (kept?.test === test) return kept.known
    const missed = this.missing.get(key)
    const now_ms = performance.now()
    if (missed?.test === test && now_ms - missed.looked_ms < LOOK_AGAIN_ms) return undefined
    const stored = this.look(board, channel, test)
    if (stored === undefined) {
      this.missing.set(key, { test, looked_ms: now_ms })
      return undefined
    }
    const known = knownTest(stored)
    this.known.set(key, { test, known })
    return known
  }

  /** Forgets a channel's test: a number may come again. */
  forget(board: string, channel: number): void {
    this.known.delete(`${board} ${channel}`)
    this.missing.delete(`${board} ${channel}`)
  }

  /** Of several with one number, the latest. */
  private look(board: string, channel: number, test: number): StoredTest | undefined {
    return readable(() => this.store.board(board).tests())
      ?.filter((one) => one.channel === channel && one.test === test)
      .at(-1)
  }
}

function knownTest(stored: StoredTest): KnownTest {
  const cell = readable(() => stored.cell)
  const file = readable(() => stored.protocol)
  const plan =
    cell === undefined || file === undefined
      ? undefined
      : checkProtocol(file.text, file.fileName, cell).plan
  return {
    id: stored.id,
    cell: cell?.name,
    operator: cell?.operator,
    project: cell?.project,
    stepText: (step) => {
      const entry = plan?.compiled.methodIndex[step]
      return entry === undefined
        ? undefined
        : plan?.lines.find(({ number }) => number === entry + 1)?.text
    },
    expected_s: plan?.duration.expected_s,
    cycles: plan?.cycles,
  }
}

/** What people can mend in a test's folder must not keep anybody from seeing how it stands. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    const isOfSystem = error instanceof Error && "code" in error
    if (error instanceof TesterError || isOfSystem) return undefined
    throw error
  }
}
