import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { dirname } from "node:path"

/**
 * A file that is there whole or not at all: written under another name, and renamed when it is complete and on
 * the disk. What an earlier export left there is replaced.
 */
export class PartialFile {
  /** Undefined once it is closed: its number may be another file's by then. */
  private file: number | undefined

  /** @param path where it stands until it is complete; not the name of any other file in the end */
  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true })
    // What an export that was killed left there goes; were it a link, it would lead elsewhere.
    rmSync(path, { force: true })
    this.file = openSync(path, "wx")
  }

  /** A write that fails leaves nothing behind. */
  write(bytes: Uint8Array): void {
    const { file } = this
    if (file === undefined) throw new Error(`${this.path} is closed.`)
    this.orDiscard(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  }

  /** Gives the file its name. */
  complete(path: string): void {
    const { file } = this
    this.orDiscard(() => {
      if (file !== undefined) fsyncSync(file)
      this.close()
      mkdirSync(dirname(path), { recursive: true })
      renameSync(this.path, path)
    })
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.close()
    rmSync(this.path, { force: true })
  }

  private orDiscard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.discard()
      throw error
    }
  }

  private close(): void {
    if (this.file !== undefined) closeSync(this.file)
    this.file = undefined
  }
}

/** Writes a small file as a whole. */
export function writeWhole(path: string, text: string): void {
  const file = new PartialFile(`${path}.partial`)
  file.write(Buffer.from(text))
  file.complete(path)
}
