import { statSync } from "node:fs"
import { basename, join } from "node:path"
import { type Cell, readCell } from "../../../cell"
import { readText, readYaml, type TestFile, testFileSchema } from "../../../store/documents"

/** A test's folder, whose files are read when they are first asked for, and again once they have changed. */
export class TestFolder {
  private readonly test: Cached<TestFile>
  private readonly cellFile: Cached<Cell>

  constructor(readonly path: string) {
    const testPath = join(path, "test.yaml")
    const cellPath = join(path, "cell.yaml")
    this.test = new Cached(testPath, () => readYaml(testPath, testFileSchema))
    this.cellFile = new Cached(cellPath, () => readCell(readText(cellPath), cellPath))
  }

  get id(): string {
    return basename(this.path)
  }

  /** @throws TesterError when `test.yaml` is not to be understood */
  get about(): TestFile {
    return this.test.value
  }

  /** @throws TesterError when `cell.yaml` is missing or not to be understood */
  get cell(): Cell {
    return this.cellFile.value
  }

  /** Changes with `cell.yaml`. */
  get cellStamp(): string {
    return this.cellFile.stamp
  }

  /** Whether it is a board's; one that is not to be understood is nobody's. @param board its id */
  isOf(board: string): boolean {
    try {
      // To look for it in the text is ten times as fast as to make out what the text says.
      if (!this.test.isRead && !readText(join(this.path, "test.yaml")).includes(board)) return false
      return this.about.board === board
    } catch {
      return false
    }
  }

  /** What `test.yaml` says, or what is wrong with it. */
  attempt(): { value?: TestFile; error?: unknown } {
    return this.test.attempt()
  }
}

/** What a file says, or what is wrong with it. */
class Cached<Value> {
  private known: { stamp: string; value?: Value; error?: unknown } | undefined

  constructor(
    private readonly path: string,
    private readonly read: () => Value,
  ) {}

  get isRead(): boolean {
    return this.known?.stamp === this.stamp
  }

  get stamp(): string {
    const stat = statSync(this.path, { throwIfNoEntry: false })
    return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
  }

  get value(): Value {
    const { value, error } = this.attempt()
    if (value === undefined) throw error
    return value
  }

  attempt(): { value?: Value; error?: unknown } {
    const { stamp } = this
    if (this.known?.stamp !== stamp)
      try {
        this.known = { stamp, value: this.read() }
      } catch (error) {
        this.known = { stamp, error }
      }
    return this.known
  }
}
