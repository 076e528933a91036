import { existsSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const MEMORY = "/dev/shm"

/** A new folder in memory, where the system has such: thousands of small stores are made and thrown away. */
export function memoryFolder(name: string): string {
  return mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), `coincell-${name}-`))
}
