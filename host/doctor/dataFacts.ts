import { accessSync, constants, existsSync, statfsSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { Store } from "../store/store"
import type { DataFacts } from "./data"

/** More pages than these are not listed one by one. */
const MOST_LISTED = 5

/** Looks at the data folder, and reads all that is stored. */
export function dataFacts(store: Store): DataFacts {
  const { folder } = store
  const exists = existsSync(folder)
  return {
    folder,
    exists,
    isWritable: isWritable(nearest(folder)),
    free_bytes: free_bytes(nearest(folder)),
    boards: store.boards().map((log) => ({
      name: log.name,
      pages: log.current.stretches().reduce((sum, { first, next }) => sum + next - first, 0),
      faults: listed([...log.verify()].map(({ path, sequence }) => `page ${sequence} in ${path}`)),
    })),
  }
}

/** The folder, or the one above it that is there. */
function nearest(folder: string): string {
  let at = resolve(folder)
  while (!existsSync(at)) at = dirname(at)
  return at
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function free_bytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

function listed(faults: string[]): string[] {
  if (faults.length <= MOST_LISTED) return faults
  return [...faults.slice(0, MOST_LISTED), `and ${faults.length - MOST_LISTED} more`]
}
