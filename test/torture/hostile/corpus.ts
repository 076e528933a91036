import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const CORPUS = fileURLToPath(new URL("corpus", import.meta.url))

/** The inputs that are kept for a target, by what they show: each once broke something, or goes where no other does. */
export function keptInputs(target: string): Map<string, Buffer> {
  const folder = join(CORPUS, target)
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}
