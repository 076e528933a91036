import type { Example } from "../../api"
import { CELL_FIELDS, PROTOCOL_KEYS } from "./cellFields"

/** What was filled in so far. */
export interface Draft {
  /** As typed, by keys of a cell's file; empty where nothing is. */
  cell: Readonly<Record<string, string>>
  /** Size and capacity are those of an example's cell, as long as nobody has changed them. */
  isAssumed: boolean
  fileName: string
  text: string
}

export const EMPTY_DRAFT: Draft = {
  cell: {},
  isAssumed: false,
  fileName: "protocol.yaml",
  text: "",
}

const KEY = "coincell.draft"

/** The draft that was kept, or an empty one. Browsers may refuse to keep anything. */
export function keptDraft(): Draft {
  try {
    return draftOf(JSON.parse(localStorage.getItem(KEY) ?? "null"))
  } catch {
    return EMPTY_DRAFT
  }
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // Then it lives as long as the page.
  }
}

/** What another version of the page kept may look different. */
export function draftOf(kept: unknown): Draft {
  if (typeof kept !== "object" || kept === null) return EMPTY_DRAFT
  const { cell, isAssumed, fileName, text } = kept as { [key: string]: unknown }
  const filled = Object.entries(typeof cell === "object" && cell !== null ? cell : {})
  return {
    cell: Object.fromEntries(
      filled.filter(([key, value]) => typeof value === "string" && FIELDS.has(key)),
    ),
    isAssumed: isAssumed === true,
    fileName: typeof fileName === "string" ? fileName : EMPTY_DRAFT.fileName,
    text: typeof text === "string" ? text : "",
  }
}

const FIELDS = new Map(CELL_FIELDS.map((field) => [field.key, field]))
const NUMBER = /^[+-]?\d*[.,]?\d+(e[+-]?\d+)?$/i

/** Keys of the cell's file. What should be a number and is none stays a text, which the server refuses by name. */
export function cellKeys(cell: Draft["cell"]): Record<string, string | number> {
  const keys: Record<string, string | number> = {}
  for (const { key, kind } of CELL_FIELDS) {
    const text = (cell[key] ?? "").trim()
    if (text === "") continue
    const isNumber = kind === "number" && NUMBER.test(text)
    keys[key] = isNumber ? Number(text.replace(",", ".")) : text
  }
  return keys
}

/**
 * A draft that begins with an example. Its cell is taken over only while a person has filled in nothing of what
 * protocols need.
 */
export function withExample(draft: Draft, { name, text, cell: own }: Example): Draft {
  const example = { ...draft, fileName: `${name}.yaml`, text }
  const kept = Object.entries(draft.cell).filter(([key]) => !PROTOCOL_KEYS.includes(key))
  const isFilled = PROTOCOL_KEYS.some((key) => (draft.cell[key] ?? "") !== "")
  if (isFilled && !draft.isAssumed) return example
  const added = PROTOCOL_KEYS.filter((key) => own[key] !== undefined)
  const filled = added.map((key) => [key, String(own[key])])
  return { ...example, cell: Object.fromEntries([...kept, ...filled]), isAssumed: true }
}

/** A draft after a person has filled in the form. */
export function withCell(draft: Draft, cell: Draft["cell"]): Draft {
  const isTouched = PROTOCOL_KEYS.some((key) => (cell[key] ?? "") !== (draft.cell[key] ?? ""))
  return { ...draft, cell, isAssumed: draft.isAssumed && !isTouched }
}

/** The draft for the next cell of a series: all but what is this one's own. */
export function forNextCell(draft: Draft): Draft {
  return { ...draft, cell: { ...draft.cell, name: "", comment: "" } }
}
