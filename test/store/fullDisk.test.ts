import { spawnSync } from "node:child_process"
import { existsSync, symlinkSync, unlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { TesterError } from "../../host/errors"
import { Store } from "../../host/store/store"
import { newFolder } from "./folder"
import { pagesAt } from "./logOf"

const ID = "0123456789abcdef"
const child = fileURLToPath(new URL("limitedWriter.ts", import.meta.url))

test.runIf(existsSync("/dev/full"))(
  "a full disk is an error that says where, and what to do",
  () => {
    const log = Store.open(newFolder()).board(ID)
    const writer = log.writer()
    writer.append(0, pagesAt(0, 2))
    const path = join(log.folder, "pages-0000000009.log")
    symlinkSync("/dev/full", path)
    const failure = catchError(() => writer.append(9, pagesAt(9, 12)))
    expect(failure).toBeInstanceOf(TesterError)
    expect(failure.message).toContain(log.folder)
    expect(failure.message).toMatch(
      /disk is full.*Tests on the boards go on.*keep their logs.*download/,
    )
    unlinkSync(path)
    expect(log.next).toBe(2)
    writer.append(9, pagesAt(9, 12))
    writer.close()
    expect(log.next).toBe(12)
  },
)

test.runIf(process.platform === "linux")(
  "a disk that fills in the middle of a batch keeps the batches before",
  () => {
    const folder = newFolder()
    const log = Store.open(folder).board(ID)
    // Blocks of 512 or 1024 bytes: room for 38 entries, or for 77 and a part.
    const command = `ulimit -f 20; trap '' XFSZ; exec "$0" --import tsx "$@"`
    const run = spawnSync("sh", ["-c", command, process.execPath, child, folder, ID], {
      encoding: "utf8",
    })
    expect(run.stderr).toContain("a file may not grow further here")
    const { next } = log
    expect(next).toBeGreaterThan(0)
    expect(next % 10).toBe(0)
    expect(Buffer.concat([...log.pages()]).equals(pagesAt(0, next))).toBe(true)
    log.append(next, pagesAt(next, 100))
    expect(Buffer.concat([...log.pages()]).equals(pagesAt(0, 100))).toBe(true)
  },
)

function catchError(act: () => void): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error("nothing was thrown")
}
