import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { PAGE_BYTES } from "../../../host/log/page"
import { encodeEntries } from "../../../host/store/entry"
import { BEGAN_ms, BOARD, LoggingBoard } from "../../web/storeOfPages"

export const TEST = "KX42-1-3"
export const OTHER_TEST = "KX42-0-7"
/** Of the other test. */
export const POINTS = 360

const LOG = `boards/${BOARD}/pages-0000000000.log`
const WRITTEN = [
  LOG,
  `boards/${BOARD}/board.yaml`,
  ...[TEST, OTHER_TEST].flatMap((id) => [`tests/${id}/test.yaml`, `tests/${id}/cell.yaml`]),
]
const CELL = "name: A1\ntype: Li||Cu\narea_cm2: 1.54\ncapacity_mAh: 2.5\ninstitution: Lab\n"
const SINCE = new Date(BEGAN_ms).toISOString()

/** A store of one board with two tests on two channels, of which each file can be spoilt, and mended again. */
export class SoundStore {
  /** What a file holds, or could hold if it were there, by its path in the store. */
  readonly files: ReadonlyMap<string, Buffer>

  constructor(readonly data: string) {
    const board = new LoggingBoard(data)
    board.begin(0, 7)
    board.half(0, 1, 1)
    board.begin(1, 3)
    board.half(1, 1, -1)
    board.download()
    for (const id of [TEST, OTHER_TEST]) board.describe(id, CELL)
    const log = readFileSync(join(data, LOG))
    this.files = new Map([
      ...WRITTEN.map((name): [string, Buffer] => [name, readFileSync(join(data, name))]),
      [`boards/${BOARD}/repairs.log`, encodeEntries(1, log.subarray(4, 4 + PAGE_BYTES))],
      [
        `boards/${BOARD}/lock`,
        Buffer.from(
          `{"pid":1,"host":"elsewhere","process_started":"","since":"${SINCE}","token":"t"}\n`,
        ),
      ],
      [`tests/${TEST}/protocol.yaml`, Buffer.from("method: []\n")],
    ])
  }

  /** All as it was. */
  mend(): void {
    rmSync(this.data, { recursive: true })
    for (const name of WRITTEN) {
      mkdirSync(dirname(join(this.data, name)), { recursive: true })
      writeFileSync(join(this.data, name), this.files.get(name) ?? "")
    }
  }
}

/** The pages of a log with whatever happens in a test. */
export function soundPages(folder: string): Buffer {
  const board = new LoggingBoard(folder)
  board.begin(0, 7)
  board.half(0, 1, 1)
  board.pause(0, 100)
  board.half(0, 1, -1)
  board.fault(0, 5)
  board.end(0)
  board.download()
  return Buffer.concat([...board.store.board(BOARD).pages()])
}
