import { readdirSync, rmSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { ZipFile } from "yazl"
import { platingSign } from "../../../cell"
import { exportedTest } from "../../../commands/export"
import { exportTest } from "../../../formats/export"
import { Store } from "../../../store/store"
import type { StoredTest } from "../../../store/storedTest"
import { Catalogue } from "../tests/catalogue"
import { type SentError, sentError } from "../worker/messages"
import type { Wanted } from "./files"

/**
 * Makes one file of a test: says over IPC that it did or why not, and then writes it to stdout. Ends when who started
 * it has ended, and leaves nothing behind.
 */

export type FileMessage = { isDone: true } | { error: SentError }

const [store, id, wanted, out] = process.argv.slice(3)
const orphaned = new AbortController()
process.once("disconnect", () => orphaned.abort())
const say = (message: FileMessage) => process.send?.(message)

try {
  const file = await made(new Catalogue(Store.open(store)).test(id).test, wanted as Wanted)
  say({ isDone: true })
  await pipeline(file, process.stdout)
} catch (error) {
  if (process.connected) say({ error: sentError(error) })
  process.exitCode = 1
} finally {
  rmSync(out, { recursive: true, force: true })
  if (process.connected) process.disconnect()
}

async function made(test: StoredTest, what: Wanted): Promise<NodeJS.ReadableStream> {
  switch (what) {
    case "report": {
      const { testReport } = await import("../../../report/testReport")
      return Readable.from([(await testReport(test)).html])
    }
    case "plot": {
      const { plotCells } = await import("../../../report/plot")
      const { cell } = test
      const records = () => test.reader()
      const plotted = { name: cell.name, records, platingSign: platingSign(cell) }
      return Readable.from([await plotCells([plotted])])
    }
    default:
      await exportTest(exportedTest(test), what, out, { signal: orphaned.signal })
      return zipOf(out)
  }
}

function zipOf(folder: string): NodeJS.ReadableStream {
  const zip = new ZipFile()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    // Parquet is compressed already.
    const compress = !entry.name.endsWith(".parquet")
    zip.addFile(path, relative(folder, path).split(sep).join("/"), { compress })
  }
  zip.end()
  return zip.outputStream
}
