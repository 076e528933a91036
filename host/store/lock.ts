import { randomBytes } from "node:crypto"
import * as fs from "node:fs"
import { hostname } from "node:os"
import { z } from "zod"
import { isAlive, processStart } from "./processes"
import { diskError, StoreError } from "./storeError"

const holderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** Of the process, as `processStart` gives it. */
  process_started: z.string(),
  since: z.string(),
  /** No two locks have the same. */
  token: z.string(),
})
type Holder = z.infer<typeof holderSchema>

/** A lock file that says nothing yet is being written, which some disks show; one that stays so was left by a cut. */
const WRITING_ms = 10_000

/** The right to write to a board's folder: a file that says who has it. */
export class Lock {
  private constructor(
    private readonly path: string,
    private readonly token: string,
  ) {}

  /**
   * Takes the lock; from a process that no longer runs, too.
   * @throws StoreError when another one has it, saying who
   */
  static take(path: string): Lock {
    for (;;) {
      const token = randomBytes(8).toString("hex")
      if (create(path, token)) return new Lock(path, token)
      const text = read(path)
      if (text === undefined) continue
      const holder = holderOf(text)
      if (!isAbandoned(path, holder)) throw heldBy(path, holder)
      removeIfStill(path, text)
    }
  }

  /** @throws StoreError when somebody took the lock away, so that what is written could meet another's */
  check(): void {
    const holder = holderOf(read(this.path) ?? "")
    if (holder?.token !== this.token)
      throw new StoreError(this.path, "this lock was taken away while it was held. Try again.")
  }

  release(): void {
    const text = read(this.path)
    if (holderOf(text ?? "")?.token === this.token) fs.rmSync(this.path, { force: true })
  }
}

function create(path: string, token: string): boolean {
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    process_started: processStart(process.pid),
    since: new Date().toISOString(),
    token,
  }
  const draft = `${path}.${token}.draft`
  try {
    fs.writeFileSync(draft, `${JSON.stringify(holder)}\n`, { flag: "wx" })
    return putInPlace(draft, path)
  } catch (error) {
    throw diskError(error, path)
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** Where a file system has no links, such as FAT: a lock may then be seen, or left by a cut, that says nothing yet. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"])

/** Gives a lock its name, if nobody has that, with all that it says. */
function putInPlace(draft: string, path: string): boolean {
  try {
    fs.linkSync(draft, path)
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ""
    if (code === "EEXIST") return false
    if (!NO_LINKS.has(code)) throw error
    return copyInPlace(draft, path)
  }
}

function copyInPlace(draft: string, path: string): boolean {
  try {
    fs.copyFileSync(draft, path, fs.constants.COPYFILE_EXCL)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "EEXIST") return false
    // An empty lock would keep others out.
    if (code === "ENOSPC" || code === "EDQUOT") fs.rmSync(path, { force: true })
    throw error
  }
}

function read(path: string): string | undefined {
  try {
    return fs.readFileSync(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw diskError(error, path)
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function isAbandoned(path: string, holder: Holder | undefined): boolean {
  if (holder === undefined) {
    const written_ms = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    // The computer's clock may have been set back since.
    return Math.abs(Date.now() - written_ms) > WRITING_ms
  }
  // Whether a process of another computer runs cannot be seen from here.
  if (holder.host !== hostname()) return false
  if (!isAlive(holder.pid)) return true
  const started = processStart(holder.pid)
  return started !== "" && holder.process_started !== "" && started !== holder.process_started
}

/** Removes an abandoned lock, but not one that another process has put in its place by now. */
function removeIfStill(path: string, text: string): void {
  const aside = `${path}.${randomBytes(6).toString("hex")}.draft`
  try {
    fs.renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return
    throw diskError(error, path)
  }
  if (read(aside) !== text && !fs.existsSync(path)) fs.renameSync(aside, path)
  else fs.rmSync(aside, { force: true })
}

function heldBy(path: string, holder: Holder | undefined): StoreError {
  if (holder === undefined)
    return new StoreError(path, "another process is just taking this lock. Try again in a moment.")
  const { pid, host, since } = holder
  const isHere = host === hostname()
  return new StoreError(
    path,
    `this board's log is being written by process ${pid} on ${host} since ${since}. ` +
      (isHere
        ? "Let it finish, or end it; reading needs no lock."
        : "Let it finish. If it no longer runs there, delete this file."),
  )
}
