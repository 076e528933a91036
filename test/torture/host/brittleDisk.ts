import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

/** Calls of the file system that change something, or give what changes need. */
const CALLS = [
  "openSync",
  "writeSync",
  "writeFileSync",
  "fsyncSync",
  "ftruncateSync",
  "truncateSync",
  "renameSync",
  "linkSync",
  "mkdirSync",
  "rmSync",
  "closeSync",
] as const
type Call = (typeof CALLS)[number]
type AnyCall = (...args: unknown[]) => unknown

/** What happens at a call. A write may be done in part before. */
export interface Accident {
  /** Counts calls from 1; undefined: none. */
  at: number
  /** From then on every call that needs room, or only this one. */
  isLasting: boolean
  /** Share of a write that is done, 0 … 1. */
  share: number
  /** Ends the process, or throws. */
  happen(call: Call): void
}

/** Calls that a full or failing disk refuses; what has been opened can always be closed, and removed. */
export const NEED_ROOM: ReadonlySet<Call> = new Set([
  "openSync",
  "writeSync",
  "writeFileSync",
  "fsyncSync",
  "mkdirSync",
  "renameSync",
  "linkSync",
])

/**
 * Breaks this process's synchronous file system at a given call, after a share of what was to be written.
 * @param only which calls count and can be hit
 * @returns what tells how many calls there were, and makes it whole again
 */
export function breakDisk(
  accident: Accident,
  only: ReadonlySet<Call> = new Set(CALLS),
): { calls: () => number; mend: () => void } {
  const real = new Map<Call, AnyCall>()
  let calls = 0
  const table = fs as unknown as Record<Call, AnyCall>
  for (const name of CALLS) {
    const call = table[name]
    real.set(name, call)
    if (!only.has(name)) continue
    table[name] = (...args) => {
      const isHit = ++calls === accident.at || (accident.isLasting && calls > accident.at)
      if (!isHit) return call(...args)
      part(name, call, args, accident.share)
      accident.happen(name)
      return call(...args)
    }
  }
  syncBuiltinESMExports()
  return {
    calls: () => calls,
    mend() {
      for (const [name, call] of real) table[name] = call
      syncBuiltinESMExports()
    },
  }
}

/** Does a share of a write: what a full disk, or a process that is killed, has done of it. */
function part(name: Call, call: AnyCall, args: unknown[], share: number): void {
  if (name === "writeSync" && args[1] instanceof Uint8Array) {
    const [fd, bytes, offset = 0, length = bytes.length, at] = args as [
      number,
      Uint8Array,
      ...number[],
    ]
    const some = Math.floor(length * share)
    if (some > 0) call(fd, bytes, offset, some, at)
  }
  if (name === "writeFileSync" && share > 0) {
    const [path, content, options] = args as [string, string | Uint8Array, object]
    const bytes = Buffer.from(content as string)
    call(path, bytes.subarray(0, Math.floor(bytes.length * share)), { ...options, flush: false })
  }
}
