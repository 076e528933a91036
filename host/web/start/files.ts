import { basename } from "node:path"
import { stringify } from "yaml"
import type { TextFile } from "../../start"
import type { CellKeys } from "./body"

/** What a file may be called on any computer: no folders, nothing that is not seen. */
function plainName(name: string): string {
  return basename(name.replaceAll("\\", "/")).replace(/\p{C}/gu, "").trim()
}

/** The protocol as a file, under the name that its author gave it. */
export function protocolFile(fileName: string, text: string): TextFile {
  const name = plainName(fileName)
  return { fileName: /[^.]/.test(name) ? name : "protocol.yaml", text }
}

/** The cell's file, as if its keys had been written by hand. */
export function cellFile(keys: CellKeys): TextFile {
  const given = Object.entries(keys).filter(([, value]) => value !== null)
  return { fileName: "cell", text: stringify(Object.fromEntries(given), { lineWidth: 0 }) }
}
