import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { BoardClock } from "../../../log/clock"
import type { LoggedRun } from "../../../store/boardLog"
import { matchRuns } from "../../../store/matching"
import type { Store } from "../../../store/store"
import { StoredTest } from "../../../store/storedTest"
import { byBeginning } from "../../../store/testFolders"
import type { TestSummary } from "../../../store/summary"
import { NotFoundError } from "../../../errors"
import { TestFolder } from "./testFolder"

/** A test of the store whose `test.yaml` tells which it is. */
export interface CataloguedTest {
  folder: TestFolder
  test: StoredTest
}

export interface BrokenTest {
  folder: TestFolder
  problem: unknown
}

interface Summed {
  run: LoggedRun | undefined
  clock: BoardClock
  summary: TestSummary
}

/** The tests of a store, for whoever asks again and again: only what has changed is read anew. */
export class Catalogue {
  private folders = new Map<string, TestFolder>()
  private readonly summaries = new Map<string, Summed>()

  constructor(private readonly store: Store) {}

  /** All folders of tests; those that are not to be understood, or whose board's log is not, apart. */
  all(): { tests: CataloguedTest[]; broken: BrokenTest[] } {
    const boards = new Map<string, TestFolder[]>()
    const tests: CataloguedTest[] = []
    const broken: BrokenTest[] = []
    for (const folder of this.look()) {
      const { value, error } = folder.attempt()
      if (value === undefined) broken.push({ folder, problem: error })
      else boards.set(value.board, [...(boards.get(value.board) ?? []), folder])
    }
    for (const [board, folders] of boards)
      try {
        tests.push(...this.ofBoard(board, folders))
      } catch (problem) {
        broken.push(...folders.map((folder) => ({ folder, problem })))
      }
    return { tests, broken }
  }

  /**
   * One test, and whether it is the last one of its number on its channel: others of that number are long over.
   * @param id looked up among those that there are: it may come from anybody
   * @throws NotFoundError when there is none; TesterError when its `test.yaml` is not to be understood
   */
  test(id: string): CataloguedTest & { isLast: boolean } {
    const folders = this.look()
    const folder = folders.find((one) => one.id === id)
    if (folder === undefined)
      throw new NotFoundError(
        `There is no test ${id} here. The list of tests shows those that there are.`,
      )
    const { board } = folder.about
    const tests = this.ofBoard(
      board,
      folders.filter((one) => one.isOf(board)),
    )
    const found = tests.find((one) => one.folder === folder)
    if (found === undefined) throw new NotFoundError(`Test ${id} has just gone from the store.`)
    const { about } = found.test
    const isLast = !tests.some(
      ({ test }) =>
        test.channel === about.channel &&
        test.test === about.test &&
        byBeginning(test.about, about) > 0,
    )
    return { ...found, isLast }
  }

  /** Where a test stands; read again only when there is more of it, or the board's clock is better known. */
  summary({ test }: CataloguedTest): TestSummary {
    const { run } = test
    const clock = this.clock(test)
    const known = this.summaries.get(test.id)
    if (known !== undefined && known.clock === clock && isSame(known.run, run)) return known.summary
    const summary = test.summary()
    this.summaries.set(test.id, { run, clock, summary })
    return summary
  }

  /** UTC of the clock of a test's board. */
  clock({ board, run, about }: StoredTest): BoardClock {
    return this.store.board(board).clock(run?.log ?? about.log)
  }

  private look(): TestFolder[] {
    const path = join(this.store.folder, "tests")
    const folders = new Map<string, TestFolder>()
    for (const name of existsSync(path) ? readdirSync(path) : []) {
      if (name.endsWith(".draft") || !existsSync(join(path, name, "test.yaml"))) continue
      folders.set(name, this.folders.get(name) ?? new TestFolder(join(path, name)))
    }
    this.folders = folders
    return [...folders.values()]
  }

  private ofBoard(board: string, folders: readonly TestFolder[]): CataloguedTest[] {
    const log = this.store.board(board)
    const abouts = folders.map(({ about }) => about)
    const runOf = new Map([...matchRuns(log.runs(), abouts)].map(([run, about]) => [about, run]))
    return folders.map((folder, i) => {
      const about = abouts[i]
      return { folder, test: new StoredTest(folder.path, about, log, runOf.get(about)) }
    })
  }
}

function isSame(a: LoggedRun | undefined, b: LoggedRun | undefined): boolean {
  return a?.log === b?.log && a?.first === b?.first && a?.next === b?.next && a?.pages === b?.pages
}
