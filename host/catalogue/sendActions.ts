import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { writeFile } from "../store/files"
import type { Catalogue } from "./catalogue"
import { CatalogueError } from "./catalogueError"
import { type FileCatalogue, rowOf } from "./fileCatalogue"

/**
 * Brings actions of this computer's own catalogue into one that is shared, from where that stood. What comes twice is one
 * row, so it does not matter who is cut short, or who else does it meanwhile.
 * @param lab whose they are, where they do not say so
 * @throws CatalogueError when some could not be sent; they are the next time
 */
export async function sendActions(
  own: FileCatalogue,
  shared: Catalogue,
  lab: string,
): Promise<void> {
  const path = own.path("actions")
  if (shared.name === own.name || !existsSync(path)) return
  const cursors = join(own.name, "sent.json")
  const bytes = readFileSync(path)
  const stood = readCursors(cursors)[shared.name] ?? 0
  let at = stood <= bytes.length ? stood : 0
  const before = at
  try {
    for (const line of lines(bytes.subarray(at))) {
      const row = rowOf(line.text)
      // The last line may be one that is just being written.
      if (row === undefined && at + line.bytes === bytes.length && line.text !== "") break
      if (row !== undefined) await shared.put("actions", { ...row, lab: labOf(row.lab, lab, own) })
      at += line.bytes
    }
  } finally {
    if (at !== before)
      writeFile(cursors, JSON.stringify({ ...readCursors(cursors), [shared.name]: at }))
  }
}

function labOf(noted: string, lab: string, own: FileCatalogue): string {
  const known = noted || lab
  if (known !== "") return known
  throw new CatalogueError(own.name, "nobody says which lab this is: set COINCELL_LAB.")
}

function* lines(bytes: Buffer): Generator<{ text: string; bytes: number }> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end
    yield { text: bytes.toString("utf8", from, to), bytes: (end < 0 ? to : to + 1) - from }
    from = end < 0 ? to : to + 1
  }
}

/** How many bytes of the actions each shared catalogue has. */
function readCursors(path: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    // None, or none to be understood: all are sent again, and make the same rows.
    return {}
  }
}
