import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { TesterError } from "../errors"

const FOLDER = fileURLToPath(new URL("./examples/", import.meta.url))
const CELLS = `${FOLDER}cells/`
const PREFIX = "example:"

/** Names of the ready protocols. */
export function exampleNames(): string[] {
  return names(FOLDER)
}

/** What a ready protocol is for, in a line, and the name of the cell that it is made for. */
export function aboutExample(name: string): { title: string; cell: string } {
  const text = readFileSync(resolveProtocolPath(PREFIX + name), "utf8")
  const [, title = ""] = /^# (.*?)[.:](?: |$)/m.exec(text.replace(/\n# (?!Cell: )/g, " ")) ?? []
  const [, cell = ""] = /^# Cell: (\S+)$/m.exec(text) ?? []
  return { title, cell }
}

/** Names of the cells that the ready protocols are for. */
export function exampleCellNames(): string[] {
  return names(CELLS)
}

function names(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort()
}

/**
 * Path of a protocol that is named on the command line.
 * @param given a file's path, or `example:NAME` for a ready one
 * @throws TesterError listing the names there are
 */
export function resolveProtocolPath(given: string): string {
  return resolved(given, FOLDER, exampleNames)
}

/** As `resolveProtocolPath`, of a cell's file. */
export function resolveCellPath(given: string): string {
  return resolved(given, CELLS, exampleCellNames)
}

/** The path of the cell that a ready protocol is made for; undefined for any other protocol. */
export function cellPathOfExample(given: string): string | undefined {
  if (!given.startsWith(PREFIX)) return undefined
  return resolveCellPath(PREFIX + aboutExample(given.slice(PREFIX.length)).cell)
}

function resolved(given: string, folder: string, known: () => string[]): string {
  if (!given.startsWith(PREFIX)) return given
  const name = given.slice(PREFIX.length)
  if (known().includes(name)) return `${folder}${name}.yaml`
  throw new TesterError(`There is no ${given}. There are ${known().join(", ")}.`)
}
