import { Files } from "./files/files"
import { Lane } from "./worker/lane"

/** Tables are asked for again while a test runs. */
const TABLES_IDLE_ms = 120_000

/**
 * What is stored, for a server that must not wait for it: traces are read by one worker and tables made by another, so
 * that a zoom does not wait for them; files are made by processes of their own.
 */
export class StoredData {
  readonly traces: Lane
  readonly tables: Lane
  readonly files: Files

  /** @param folder the store's */
  constructor(folder: string) {
    this.traces = new Lane(folder)
    this.tables = new Lane(folder, TABLES_IDLE_ms)
    this.files = new Files(folder)
  }

  /** Finds out in good time which tests there are: of a thousand that takes a second. */
  warm(): void {
    // Whoever asks hears what is wrong, too.
    this.traces.ask("tests", [], new AbortController().signal).catch(() => {})
  }

  async close(): Promise<void> {
    await Promise.all([this.traces, this.tables, this.files].map((one) => one.close()))
  }
}
