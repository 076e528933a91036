import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { exportTest, type Format } from "../../../host/formats/export"
import { makeFolder, writeFile } from "../../../host/store/files"
import { Store } from "../../../host/store/store"
import { aStep, batchesOf, testOf } from "../../formats/batches"
import { FakeBoard, fetchTo } from "../../store/fakeBoard"
import { pageAt } from "../../store/logOf"

/** Something that a host writes, and how it is known to be sound whatever stopped the writing. */
export interface Work {
  /** @param tell says that something is done for good, as a board or a person is told */
  run(folder: string, tell: (what: string) => void): Promise<void> | void
  /**
   * @param told all that was told before
   * @throws when something that was told is not there, or something is there that is not whole
   */
  check(folder: string, told: readonly string[]): void
}

const PAGES = 150
const CHANNEL = { channel: 0, test: 1 }

/** The board's own page, then those of a test. */
const pageOf = (sequence: number) =>
  sequence === 0
    ? pageAt(0)
    : pageAt(sequence, {
        ...CHANNEL,
        testTime_ms: 1000 * (sequence - 1),
        beginsTest: sequence === 1,
      })
const LOG = Buffer.concat(Array.from({ length: PAGES }, (_, i) => pageOf(i)))

class TellingBoard extends FakeBoard {
  constructor(private readonly tell: (what: string) => void) {
    super(PAGES, pageOf)
  }

  override async acknowledgeLog(next: number): Promise<void> {
    await super.acknowledgeLog(next)
    this.tell(String(next))
  }
}

const storing: Work = {
  async run(folder, tell) {
    await fetchTo(folder, new TellingBoard(tell))
  },
  check(folder, told) {
    const store = Store.open(folder)
    const log = store.board(new TellingBoard(() => {}).id)
    const { next } = log
    const most = Math.max(0, ...told.map(Number))
    if (next < most) throw new Error(`${most} pages were told of, ${next} are there`)
    if ([...log.verify()].length > 0) throw new Error("an entry that is not whole is believed")
    if (!Buffer.concat([...log.pages()]).equals(LOG.subarray(0, next * 256)))
      throw new Error("a page is not as it came")
    const ids = store.tests().map(({ id }) => id)
    if (ids.length > 1) throw new Error(`one test has folders ${ids.join()}`)
    for (const { cell } of store.tests())
      if (cell.name === "") throw new Error("a cell without a name")
  },
}

const TEXTS = { cell: "name: cell 5\ntype: Li||Li\n", protocol: "method: []\n" }
const PROGRAM = Uint8Array.from({ length: 3_000 }, (_, i) => i & 0xff)
const BOARD = { id: "0123456789abcdef", name: "AB12" }

const starting: Work = {
  run(folder, tell) {
    const store = Store.open(folder)
    for (let count = 0; count < 2; count++) {
      const test = store.nextTestNumber(BOARD.id, 0)
      const { id } = store.createTest({
        board: BOARD,
        firmware: { version: "0.1.0", board: "pico" },
        isSimulated: false,
        channel: 0,
        test,
        boot: 1,
        boardTime_ms: 1000 * test,
        unixTime_ms: Date.UTC(2026, 0, 1),
        cell: TEXTS.cell,
        protocol: { fileName: "plating.yaml", text: TEXTS.protocol },
        program: PROGRAM,
      })
      tell(id)
    }
  },
  check(folder, told) {
    const store = Store.open(folder)
    const tests = store.tests()
    for (const id of told)
      if (!tests.some((test) => test.id === id))
        throw new Error(`${id} runs, and nobody knows what it is`)
    if (store.brokenTests().length > 0) throw new Error("a folder is half written")
    for (const { id, cell, protocol, program } of tests)
      if (
        cell.name !== "cell 5" ||
        protocol?.text !== TEXTS.protocol ||
        Buffer.compare(program ?? Buffer.of(), PROGRAM) !== 0
      )
        throw new Error(`${id} is half written`)
  },
}

const FORMATS: readonly Format[] = ["csv", "parquet"]

function exported() {
  const steps = Array.from({ length: 40 }, (_, i) => ({ ...aStep, cycle: 1 + i }))
  return testOf(batchesOf(steps), {
    id: "AB12-0-7",
    board: BOARD.id,
    boardName: "AB12",
    channel: 0,
  })
}

const exporting: Work = {
  async run(folder, tell) {
    for (const format of FORMATS) {
      const { file } = await exportTest(exported(), format, folder)
      tell(file.slice(folder.length + 1))
    }
  },
  check(folder, told) {
    for (const name of told)
      if (!existsSync(join(folder, name))) throw new Error(`${name} is not there`)
    for (const [name, bytes] of filesIn(folder)) {
      if (name.endsWith(".partial")) continue
      const text = bytes.toString("latin1")
      const isWhole = name.endsWith(".json")
        ? text.endsWith("}\n")
        : name.endsWith(".csv")
          ? text.split("\n").length === 2 + 40 * aStep.times_s.length
          : text.startsWith("PAR1") && text.endsWith("PAR1")
      if (!isWhole) throw new Error(`${name} is half written`)
    }
  },
}

const PAGE_TEXT = `<!doctype html>${"<p>a report</p>".repeat(5_000)}</html>\n`

const reporting: Work = {
  run(folder, tell) {
    const out = join(folder, "reports", "2026")
    makeFolder(out)
    writeFile(join(out, "AB12-0-7.html"), PAGE_TEXT)
    tell("AB12-0-7.html")
  },
  check(folder, told) {
    const path = join(folder, "reports", "2026", "AB12-0-7.html")
    if (!existsSync(path)) {
      if (told.length > 0) throw new Error("the report is not there")
    } else if (readFileSync(path, "utf8") !== PAGE_TEXT)
      throw new Error("the report is half written")
  },
}

/** All that a host writes. */
export const WORKS = { storing, starting, exporting, reporting }
export type WorkName = keyof typeof WORKS

function filesIn(folder: string): [name: string, bytes: Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name))])
}
