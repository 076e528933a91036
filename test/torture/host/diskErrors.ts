import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { TesterError } from "../../../host/errors"
import { memoryFolder } from "../memoryFolder"
import { breakDisk, NEED_ROOM } from "./brittleDisk"
import { WORKS, type WorkName } from "./works"

export const DISK_ERRORS = ["ENOSPC", "EIO", "EROFS", "EACCES"] as const
export type DiskError = (typeof DISK_ERRORS)[number]

/** Which call the disk refuses, and how. */
export interface Refusal {
  work: WorkName
  code: DiskError
  /** From 1. */
  at: number
  /** All calls from then on, as when the disk is full; else it is this one alone. */
  isLasting: boolean
  /** Of a write, what is done before. */
  share: number
}

/**
 * Does a work on a disk that refuses.
 * @returns how many calls could have been refused
 * @throws when that is not told in words, something is lost or half written, or the work does not go on later
 */
export async function refuse({ work, code, at, isLasting, share }: Refusal): Promise<number> {
  const root = memoryFolder("disk")
  const folder = join(root, "data")
  mkdirSync(folder)
  const { run, check } = WORKS[work]
  const told: string[] = []
  const tell = (what: string) => told.push(what)
  const accident = { at, isLasting, share, happen: throwing(code, folder) }
  const { calls, mend } = breakDisk(accident, NEED_ROOM)
  let failure: unknown
  try {
    await run(folder, tell)
  } catch (error) {
    failure = error
  } finally {
    mend()
  }
  const count = calls()
  if (failure !== undefined && !(failure instanceof TesterError))
    throw new Error(`${work}, ${code} at call ${at}: a person is told ${(failure as Error).stack}`)
  if (failure === undefined && isLasting && at > 0 && at <= count)
    throw new Error(`${work}: ${code} from call ${at} on was passed over`)
  check(folder, told)
  await run(folder, tell)
  check(folder, told)
  rmSync(root, { recursive: true })
  return count
}

function throwing(code: DiskError, path: string) {
  return (syscall: string): never => {
    throw Object.assign(new Error(`${code}: ${syscall} '${path}'`), {
      code,
      syscall,
      path,
      errno: -1,
    })
  }
}
