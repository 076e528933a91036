import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PassThrough, type Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import type { Format } from "../../../formats/export"
import { TesterError } from "../../../errors"
import { receivedError } from "../worker/messages"
import type { FileMessage } from "./child"
import { Slots } from "./slots"

const BOOT = fileURLToPath(new URL("../worker/boot.mjs", import.meta.url))
const CHILD = new URL("child.ts", import.meta.url).href

/** A zip archive of an export; a report, HTML; its voltage figure, SVG. */
export type Wanted = Format | "report" | "plot"

/** Each takes up to 300 MB of memory and a core. */
const AT_ONCE = 2

/**
 * Files to be saved or printed, each made by a process of its own, so that a long one holds up nothing, can be ended at
 * any time, and leaves nothing in memory.
 */
export class Files {
  /** Those that run, and when each has ended. */
  private readonly children = new Map<ChildProcess, Promise<unknown>>()
  private readonly slots = new Slots(AT_ONCE)

  /** @param folder the store's */
  constructor(private readonly folder: string) {}

  /**
   * Makes one of a test.
   * @param signal ends it, be it that it waits, works or is being read; nothing of it remains
   * @returns the file, once all that it will hold is there
   * @throws NotFoundError when there is no such test; TesterError when more must be known of its cell
   */
  async make(id: string, wanted: Wanted, signal: AbortSignal): Promise<Readable> {
    const release = await this.slots.take(signal)
    let out: string | undefined
    const clear = () => {
      if (out !== undefined) rmSync(out, { recursive: true, force: true })
      release()
    }
    try {
      out = temporaryFolder()
      const child = fork(BOOT, [CHILD, this.folder, id, wanted, out], {
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        execArgv: [],
      })
      return await this.written(child, clear, signal)
    } catch (error) {
      clear()
      throw error
    }
  }

  /** What a child writes, once it says that it has all. @param onEnd called when it has ended */
  private async written(
    child: ChildProcess,
    onEnd: () => void,
    signal: AbortSignal,
  ): Promise<Readable> {
    const kill = () => child.kill()
    signal.addEventListener("abort", kill)
    const file = new PassThrough()
    file.once("close", kill)
    child.stdout?.pipe(file, { end: false })
    const ended = new Promise<Error | undefined>((resolve) => {
      child.once("error", resolve)
      child.once("close", (code) => {
        this.children.delete(child)
        signal.removeEventListener("abort", kill)
        onEnd()
        resolve(code === 0 ? undefined : new Error(`Making a file ended with code ${code}.`))
      })
    })
    this.children.set(child, ended)
    const told = new Promise<FileMessage>((resolve) => child.once("message", resolve))
    const answer = await Promise.race([told, ended])
    signal.throwIfAborted()
    if (answer === undefined || answer instanceof Error)
      throw answer ?? new Error("Making a file ended without a word.")
    if ("error" in answer) throw receivedError(answer.error)
    // What breaks off must not look whole.
    ended.then((error) => (error === undefined ? file.end() : file.destroy(error)))
    return file
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const child of this.children.keys()) child.kill()
    await Promise.all(this.children.values())
  }
}

/** @throws TesterError when there is no room, or no right, for one */
function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "coincell-export-"))
  } catch (error) {
    throw new TesterError(
      `Nothing can be made in ${tmpdir()}: ${(error as Error).message}. Make room or rights there, or start the ` +
        "server with TMPDIR set to another folder. The test's own data are safe.",
    )
  }
}
