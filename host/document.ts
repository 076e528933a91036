import { type Document, LineCounter, type Node, parseDocument } from "yaml"
import type { z } from "zod"
import { TesterError } from "./errors"
import { badAliases, type Misshape, tooDeep } from "./yamlShape"

export type Path = readonly PropertyKey[]

/** A file that people write: YAML 1.2, of which JSON is a part. */
export interface TextDocument {
  readonly fileName: string
  /** What the file says, as plain values. */
  readonly value: unknown
  /** The line, from 1, of a key or an entry; of what surrounds it where it is not in the file. */
  lineOf(path: Path): number | undefined
}

/** Something that is wrong in a file, and where. */
export interface Problem {
  readonly path: Path
  readonly message: string
}

/** A file that is neither YAML nor JSON. */
export class DocumentError extends TesterError {
  constructor(
    fileName: string,
    readonly problems: readonly { line: number; column: number; message: string }[],
  ) {
    super(
      problems
        .map(({ line, column, message }) => `${fileName}:${line}:${column}: ${message}`)
        .join("\n"),
    )
  }
}

/**
 * Reads YAML or JSON.
 * @throws DocumentError naming file, line and column of each thing that is neither
 */
export function readDocument(text: string, fileName: string): TextDocument {
  const lines = new LineCounter()
  const refuse = (problems: readonly Misshape[]) => {
    if (problems.length === 0) return
    throw new DocumentError(
      fileName,
      problems.map(({ offset, message }) => {
        const { line, col } = lines.linePos(offset)
        return { line, column: col, message: `${message}.` }
      }),
    )
  }
  const deep = tooDeep(text, lines)
  if (deep !== undefined) refuse([deep])
  const document = parseDocument(text, { version: "1.2", prettyErrors: false, logLevel: "error" })
  refuse(document.errors.map(({ pos, message }) => ({ offset: pos[0], message })))
  refuse(badAliases(document))
  return {
    fileName,
    value: plainValue(document, fileName),
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true) as Node | undefined
        if (node?.range) return lines.linePos(node.range[0]).line
      }
      return document.contents?.range ? lines.linePos(document.contents.range[0]).line : undefined
    },
  }
}

/** @throws DocumentError when few aliases stand for very much */
function plainValue(document: Document, fileName: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new DocumentError(fileName, [{ line: 1, column: 1, message: `${error.message}.` }])
  }
}

/** All of a schema's issues, in words. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({ path: issue.path, message: problemText(issue) }))
}

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return `is missing: expected ${issue.expected}.`
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.join(", ")}.`
  return `${issue.message}.`
}

/** `method[3].until_voltage_V`; `root` for the whole. */
export function pathText(path: Path, root: string): string {
  let text = ""
  for (const key of path)
    text += typeof key === "number" ? `[${key}]` : text === "" ? String(key) : `.${String(key)}`
  return text === "" ? root : text
}

/** `method[3].until_voltage_V` as its parts. */
export function pathOf(text: string): Path {
  return text
    .split(/[.[\]]/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Other programs write absent keys as null. */
export function withoutNulls(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNulls)
  if (typeof input !== "object" || input === null) return input
  const kept = Object.entries(input).filter(([, value]) => value !== null)
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]))
}
