import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { makeFolder, writeFile } from "../store/files"
import { StoreError } from "../store/storeError"

/** How far a board's log has been acknowledged by the broker. */
const cursorSchema = z.object({
  /** Which of the board's logs, from 1, and the first page of it that may not be there yet. */
  log: z.int().min(1),
  next: z.int().min(0),
  /** Bytes of repairs of that log whose pages are there. */
  repairs: z.int().min(0),
  /** By test: the last cycle that is there, and whether no other will come. */
  cycles: z.record(z.string(), z.object({ last: z.int(), is_all: z.boolean() })),
})
export type Cursor = z.infer<typeof cursorSchema>

/**
 * Where the publishing of each board stands, in the data folder. A lost or older file makes pages be sent again,
 * which those who hear them recognise; it never makes any be left out.
 */
export class Cursors {
  private readonly folder: string

  constructor(data: string) {
    this.folder = join(data, "agent")
  }

  /** @throws StoreError when the file is not to be understood */
  read(board: string): Cursor {
    const path = this.pathOf(board)
    if (!existsSync(path)) return { log: 1, next: 0, repairs: 0, cycles: {} }
    const parsed = cursorSchema.safeParse(parse(readFileSync(path, "utf8")))
    if (parsed.success) return parsed.data
    throw new StoreError(
      path,
      "it does not say how far the broker has this board's log. Delete it: all of it is sent again then.",
    )
  }

  write(board: string, cursor: Cursor): void {
    makeFolder(this.folder)
    writeFile(this.pathOf(board), `${JSON.stringify(cursor)}\n`)
  }

  private pathOf(board: string): string {
    return join(this.folder, `${board}.json`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
