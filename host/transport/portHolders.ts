import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs"
import { join } from "node:path"

/** A program that has a file open. */
export interface Holder {
  pid: number
  /** Its name, as `ps` shows it. */
  name: string
}

/**
 * Programs other than this one that have a port open, as far as Linux's /proc tells: it shows a person's own
 * programs, and root all.
 */
export function holdersOf(path: string, proc = "/proc"): Holder[] {
  let target: string
  try {
    target = realpathSync(path)
  } catch {
    return []
  }
  return names(proc)
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => hasOpen(join(proc, pid, "fd"), target))
    .map((pid) => ({ pid: Number(pid), name: commandOf(join(proc, pid)) }))
}

function hasOpen(folder: string, target: string): boolean {
  return names(folder).some((fd) => {
    try {
      return readlinkSync(join(folder, fd)) === target
    } catch {
      return false
    }
  })
}

function commandOf(folder: string): string {
  try {
    return readFileSync(join(folder, "comm"), "utf8").trim()
  } catch {
    return "?"
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
