import type { CheckFinding } from "../../api"

/** Of the protocol's text. */
export const EDITOR_ID = "protocol-text"

export function fieldId(key: string): string {
  return `cell-${key}`
}

/** The first character of a line, and the one after its last. @param line from 1 */
export function lineRange(text: string, line: number): [from: number, to: number] {
  const lines = text.split("\n")
  const before = lines.slice(0, line - 1)
  const from = before.reduce((length, each) => length + each.length + 1, 0)
  return [from, from + (lines[line - 1]?.length ?? 0)]
}

/** Brings a person to what a finding is about. */
export function jumpTo({ of, path, line }: CheckFinding): void {
  if (of === "cell") toField(path)
  else toLine(line)
}

function toLine(line: number | undefined): void {
  const editor = document.getElementById(EDITOR_ID)
  if (!(editor instanceof HTMLTextAreaElement)) return
  editor.scrollIntoView({ block: "nearest" })
  editor.focus({ preventScroll: true })
  if (line === undefined) return
  editor.setSelectionRange(...lineRange(editor.value, line))
  const lineHeight_px = editor.scrollHeight / editor.value.split("\n").length
  editor.scrollTop = Math.max(0, (line - 1) * lineHeight_px - editor.clientHeight / 2)
  editor.scrollLeft = 0
}

function toField(key: string): void {
  const field = document.getElementById(fieldId(key))
  const folded = field?.closest("details")
  if (folded) folded.open = true
  field?.focus()
}
