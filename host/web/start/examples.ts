import { readFileSync } from "node:fs"
import { type Cell, readCell } from "../../cell"
import { readDocument } from "../../document"
import {
  aboutExample,
  cellPathOfExample,
  exampleNames,
  resolveProtocolPath,
} from "../../protocol/examples"
import type { Example, ExampleLine } from "../api"
import { NotFoundError } from "../../errors"

let lines: readonly ExampleLine[] | undefined

/** The ready protocols, with what they are for. They come with the program, and are read once. */
export function exampleLines(): readonly ExampleLine[] {
  lines ??= exampleNames().map(lineOf)
  return lines
}

/** @throws NotFoundError when there is none of that name */
export function exampleOf(name: string): Example {
  if (!exampleNames().includes(name))
    throw new NotFoundError(`There is no example '${name}'. GET /api/examples lists them.`)
  const text = readFileSync(resolveProtocolPath(`example:${name}`), "utf8")
  const keys = readDocument(cellText(name), name).value as Record<string, unknown>
  return { ...lineOf(name), text, cell: keys }
}

function lineOf(name: string): ExampleLine {
  const { type }: Cell = readCell(cellText(name), name)
  return { name, title: aboutExample(name).title, cellType: type ?? "" }
}

function cellText(name: string): string {
  return readFileSync(cellPathOfExample(`example:${name}`) ?? "", "utf8")
}
