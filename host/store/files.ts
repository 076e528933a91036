import { randomBytes } from "node:crypto"
import * as fs from "node:fs"
import { dirname, join } from "node:path"
import { diskError } from "./storeError"

/** Makes the names in a folder durable. Windows does that by itself, and opens no folders. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return
  try {
    const fd = fs.openSync(folder, "r")
    try {
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
  } catch (error) {
    throw diskError(error, folder)
  }
}

/** Makes a folder and those above it, durably. */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  try {
    const highest = fs.mkdirSync(folder, { recursive: true })
    if (highest === undefined) return
    for (let made = folder; made.length >= highest.length; made = dirname(made))
      syncFolder(dirname(made))
  } catch (error) {
    throw diskError(error, folder)
  }
}

/** Writes a file as a whole and durably: a cut leaves the old one or the new one. */
export function writeFile(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}.draft`
  try {
    fs.writeFileSync(draft, content, { flush: true })
    fs.renameSync(draft, path)
    syncFolder(dirname(path))
  } catch (error) {
    fs.rmSync(draft, { force: true })
    throw diskError(error, path)
  }
}

/**
 * Writes a folder with its files, durably and at once: a cut leaves all of it or nothing.
 * @returns false, changing nothing, when there is something of that name
 */
export function writeFolder(folder: string, files: Record<string, string | Uint8Array>): boolean {
  const parent = dirname(folder)
  makeFolder(parent)
  const draft = join(parent, `.${randomBytes(6).toString("hex")}.draft`)
  try {
    fs.mkdirSync(draft)
    for (const [name, content] of Object.entries(files))
      fs.writeFileSync(join(draft, name), content, { flush: true })
    syncFolder(draft)
    // Renaming onto an empty folder would replace it.
    if (fs.existsSync(folder)) return false
    fs.renameSync(draft, folder)
    syncFolder(parent)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === "ENOTEMPTY" || code === "EEXIST") return false
    throw diskError(error, folder)
  } finally {
    fs.rmSync(draft, { recursive: true, force: true })
  }
}
