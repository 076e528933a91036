import { randomBytes } from "node:crypto"
import * as fs from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { makeFolder, syncFolder, writeFile } from "../store/files"
import { type Bucket, LakeError } from "./bucket"

/** Names that begin so are passed over by whoever reads datasets. */
const DRAFTS = "_drafts"
/** No file is in the making for so long. */
const LEFT_ms = 86_400_000

/** A dataset in a folder, on a disk or a network share. */
export class FolderBucket implements Bucket {
  private readonly folder: string
  private isTidy = false

  constructor(folder: string) {
    this.folder = resolve(folder)
  }

  get name(): string {
    return this.folder
  }

  async keys(prefix: string): Promise<string[]> {
    const below = join(this.folder, ...prefix.split("/"))
    if (!fs.existsSync(below)) return []
    return fs
      .readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".draft"))
      .map((entry) =>
        relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join("/"),
      )
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      return fs.readFileSync(this.pathOf(key))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
      throw this.problem(error as Error)
    }
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(key)
    try {
      makeFolder(dirname(path))
      writeFile(path, bytes)
    } catch (error) {
      throw this.problem(error as Error)
    }
  }

  /** The folder of a file that was alone in it goes, too. */
  async remove(key: string): Promise<void> {
    const path = this.pathOf(key)
    try {
      fs.rmSync(path, { force: true })
      fs.rmdirSync(dirname(path))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT")
        throw this.problem(error as Error)
    }
  }

  draft(): string {
    this.tidy()
    return join(this.folder, DRAFTS, randomBytes(8).toString("hex"))
  }

  async putDraft(key: string, draft: string): Promise<void> {
    const path = this.pathOf(key)
    try {
      makeFolder(dirname(path))
      fs.renameSync(draft, path)
      syncFolder(dirname(path))
    } catch (error) {
      throw this.problem(error as Error)
    }
  }

  /** Drafts of hosts that were ended while they wrote them. */
  private tidy(): void {
    if (this.isTidy) return
    this.isTidy = true
    const folder = join(this.folder, DRAFTS)
    if (!fs.existsSync(folder)) return
    for (const name of fs.readdirSync(folder)) {
      const path = join(folder, name)
      const written_ms = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - written_ms > LEFT_ms) fs.rmSync(path, { force: true })
    }
  }

  pathOf(key: string): string {
    return join(this.folder, ...key.split("/"))
  }

  private problem(error: Error): LakeError {
    return new LakeError(
      `The dataset in ${this.folder} cannot be used: ${error.message}. Is the disk or share there, with room and ` +
        "rights? The tests' own data are safe.",
    )
  }
}
