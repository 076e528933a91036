/** What the exports are made from, as one hash. */
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import * as components from "../../components"

const hardware = join(dirname(fileURLToPath(import.meta.url)), "../..")

/**
 * Of every file under `board/` but its pages, and of the tools' versions. Of `components.ts` only values, packages and
 * part numbers count: simulation and error budget live by the rest.
 */
export function sourcesHash(): string {
  const hash = createHash("sha256")
  const add = (name: string, text: string) => hash.update(`${name}\n${text.length}\n${text}`)
  for (const file of filesUnder(join(hardware, "board")))
    add(
      relative(hardware, file).replaceAll("\\", "/"),
      readFileSync(file, "utf8").replaceAll("\r\n", "\n"),
    )
  add("components", JSON.stringify(drawn(components)))
  const { dependencies } = JSON.parse(readFileSync(join(hardware, "package.json"), "utf8"))
  add("tools", JSON.stringify(dependencies))
  return hash.digest("hex")
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesUnder(path)
      return entry.name.endsWith(".md") ? [] : [path]
    })
}

/** Of the shared values: what a board is drawn and bought from, in an order of its own. */
function drawn(of: unknown): unknown {
  if (typeof of !== "object" || of === null) return undefined
  const { value, package: size, parts } = of as Record<string, unknown>
  if (Array.isArray(parts)) return [value, size, parts]
  return Object.entries(of)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, drawn(inner)])
}
