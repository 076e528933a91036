import { basename, join, resolve } from "node:path"
import packageJson from "../../package.json" with { type: "json" }
import type { FirmwareMark } from "../board/firmware"
import { TesterError } from "../errors"
import { BoardLog, boardIds } from "./boardLog"
import type { TestFile } from "./documents"
import { StoredTest } from "./storedTest"
import { type BrokenFolder, TestFolders } from "./testFolders"

/** What a test is started with. */
export interface NewTest {
  board: { id: string; name: string }
  firmware: FirmwareMark
  isSimulated: boolean
  channel: number
  /** As `nextTestNumber` gives it. */
  test: number
  /** The board's starts, and its time in this one, just before the test is started. */
  boot: number
  boardTime_ms: number
  /** UTC now, by the link's clock. */
  unixTime_ms: number
  /** Resistor and meter of the calibration in force; undefined without one. */
  calibrationStandard?: string
  /** `cell.yaml`, as a person wrote it. */
  cell: string
  /** The protocol's file, as a person wrote it. */
  protocol: { fileName: string; text: string }
  /** What the board is given. */
  program: Uint8Array
}

/**
 * A folder with the logs of boards and with what people wrote about tests; `STORE_FORMAT.md` tells its bytes.
 * The log as the boards sent it is the truth; all else is worked out from it.
 */
export class Store {
  private readonly logs = new Map<string, BoardLog>()
  private readonly folders: TestFolders

  private constructor(readonly folder: string) {
    this.folders = new TestFolders(join(folder, "tests"))
  }

  /** The folder need not be there: the first test or download makes it. */
  static open(folder: string): Store {
    return new Store(resolve(folder))
  }

  /** What is stored of a board, were it nothing. @param id 16 hexadecimal digits */
  board(id: string): BoardLog {
    const log = this.logs.get(id) ?? new BoardLog(join(this.folder, "boards", id), id, this.folders)
    this.logs.set(id, log)
    return log
  }

  boards(): BoardLog[] {
    return boardIds(join(this.folder, "boards")).map((id) => this.board(id))
  }

  /** All tests that have a folder which tells which they are, by board, channel and beginning. */
  tests(): StoredTest[] {
    const boards = new Set(this.folders.all().map(({ about }) => about.board))
    return [...boards].flatMap((id) => this.board(id).tests())
  }

  /** Folders of tests whose `test.yaml` is not to be understood: what to mend in each. */
  brokenTests(): BrokenFolder[] {
    return this.folders.broken()
  }

  /**
   * One test.
   * @param name its id, the beginning of that if no other has the same, or the name of its cell
   * @throws TesterError when there is none, or several: it lists them; or naming what is to be mended in it
   */
  test(name: string): StoredTest {
    const tests = this.tests()
    const exact = tests.filter(({ id }) => id === name)
    const fitting = [
      exact,
      tests.filter(({ id }) => id.startsWith(name)),
      tests.filter((test) => cellName(test) === name),
    ].find(({ length }) => length > 0)
    const broken = this.brokenTests().find(({ folder }) => basename(folder).startsWith(name))
    if (fitting === undefined && broken !== undefined) throw broken.problem
    if (fitting === undefined)
      throw new TesterError(
        `No test ${name} in ${this.folder}. ` +
          (tests.length === 0
            ? "There is none yet: 'coincell download' fetches what the boards have."
            : "'coincell list' shows those that there are; 'coincell download' fetches what the boards have."),
      )
    if (fitting.length > 1)
      throw new TesterError(
        `${name} may be ${fitting.map(({ id }) => id).join(", ")}: give one of these ids.`,
      )
    return fitting[0]
  }

  /**
   * Writes a test's folder, durably: do so before the board is told to start, so that nothing runs of which
   * nobody knows what it is.
   */
  createTest(about: NewTest): StoredTest {
    const { board, channel, test, firmware, isSimulated, protocol } = about
    const file: TestFile = {
      format: 1,
      board: board.id,
      board_name: board.name,
      channel,
      test,
      log: this.board(board.id).logCount,
      boot: about.boot,
      board_time_ms: about.boardTime_ms,
      started: new Date(about.unixTime_ms).toISOString(),
      host_version: packageJson.version,
      firmware,
      simulated: isSimulated,
      calibration_standard: about.calibrationStandard,
      protocol_file: protocol.fileName,
    }
    const protocolName = /\.json$/i.test(protocol.fileName) ? "protocol.json" : "protocol.yaml"
    const { folder } = this.folders.write(file, {
      "cell.yaml": about.cell,
      [protocolName]: protocol.text,
      "program.bin": about.program,
    })
    return new StoredTest(folder, file, this.board(board.id), undefined)
  }

  /** A number that neither a board's stored log nor a folder has for this channel. */
  nextTestNumber(id: string, channel: number): number {
    return this.board(id).nextTestNumber(channel)
  }
}

function cellName(test: StoredTest): string | undefined {
  try {
    return test.cell.name
  } catch (error) {
    if (error instanceof TesterError) return undefined
    throw error
  }
}
