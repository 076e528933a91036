import { join } from "node:path"
import type { BoardLog } from "./boardLog"
import { type BoardFile, writeYaml } from "./documents"
import { makeFolder } from "./files"
import { Lock } from "./lock"
import { LogWriter } from "./logWriter"

/** The right to add to what is stored of a board, and the log that is added to. Close it in any case. */
export class BoardWriter {
  private writer: LogWriter

  private constructor(
    private readonly board: BoardLog,
    private readonly lock: Lock,
    /** Which of the board's logs is written to, from 1. */
    public number: number,
  ) {
    this.writer = this.open()
  }

  /** @throws StoreError when another process has the board's lock, saying who */
  static open(board: BoardLog): BoardWriter {
    makeFolder(board.folder)
    const lock = Lock.take(join(board.folder, "lock"))
    try {
      return new BoardWriter(board, lock, board.logCount)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** Sequence number of the page to come. */
  get next(): number {
    return this.writer.next
  }

  append(first: number, pages: Uint8Array): void {
    this.writer.append(first, pages)
  }

  repair(sequence: number, page: Uint8Array): void {
    this.writer.repair(sequence, page)
  }

  /** Goes on in another of the board's logs; in a new one if there is none of that number. */
  goTo(number: number): void {
    if (number === this.number) return
    this.number = number
    this.writer = this.open()
  }

  /** Says what is known of the board, if that is new. */
  describe(about: Omit<BoardFile, "format" | "id">): void {
    const { id, folder } = this.board
    const file: BoardFile = { format: 1, id, ...about }
    if (JSON.stringify(this.board.about) === JSON.stringify(file)) return
    writeYaml(join(folder, "board.yaml"), file, `Board ${about.name}. Its log is beside this file.`)
  }

  close(): void {
    this.lock.release()
  }

  private open(): LogWriter {
    return new LogWriter(this.board.logFolder(this.number), () => this.lock.check())
  }
}
