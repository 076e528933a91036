import { useLayoutEffect, useRef } from "preact/hooks"
import type { CheckFinding } from "../../api"
import { EDITOR_ID } from "./jump"

const LEAST_ROWS = 14
const MOST_ROWS = 34

/** The protocol's text, with the numbers of its lines and marks on those of which there is something to say. */
export function Editor(props: {
  text: string
  findings: readonly CheckFinding[]
  describedBy: string
  onChange: (text: string) => void
}) {
  const { text, onChange } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const numbers = useRef<HTMLDivElement>(null)
  const follow = () => {
    if (area.current && numbers.current)
      numbers.current.style.transform = `translateY(${-area.current.scrollTop}px)`
  }
  useLayoutEffect(follow, [text])
  const lines = text.split("\n")
  const marks = marksOf(props.findings)
  const isWrong = props.findings.some(({ severity }) => severity === "error")
  return (
    <div class="editor">
      <div class="editor-numbers" aria-hidden="true">
        <div ref={numbers}>
          {lines.map((_, i) => (
            <div key={i} class={marks.get(i + 1)}>
              {i + 1}
            </div>
          ))}
        </div>
      </div>
      <textarea
        ref={area}
        id={EDITOR_ID}
        value={text}
        rows={Math.min(MOST_ROWS, Math.max(LEAST_ROWS, lines.length + 1))}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        placeholder={PLACEHOLDER}
        aria-label="The protocol’s text"
        aria-describedby={props.describedBy}
        aria-invalid={isWrong}
        onScroll={follow}
        onKeyDown={(event) => keepIndent(event, event.currentTarget)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

const PLACEHOLDER = `safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 }
method:
  - { step: open_circuit_voltage, until_time_s: 3600 }
  - { step: constant_current, current_mA: 1, until_time_s: 3600 }`

/** The worst of what there is to say of each line. */
function marksOf(findings: readonly CheckFinding[]): ReadonlyMap<number, string> {
  const marks = new Map<number, string>()
  for (const { of, line, severity } of findings)
    if (of === "protocol" && line !== undefined && severity !== "note" && !marks.has(line))
      marks.set(line, `has-${severity}`)
  return marks
}

/** A new line begins below the one before it, as YAML wants it; the browser's undo knows of it. */
function keepIndent(event: KeyboardEvent, area: HTMLTextAreaElement): void {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return
  const before = area.value.slice(0, area.selectionStart)
  const indent = /^ */.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? ""
  if (indent === "") return
  event.preventDefault()
  document.execCommand("insertText", false, `\n${indent}`)
}
