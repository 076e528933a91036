import { useState } from "preact/hooks"
import type { CheckFinding, Example } from "../../api"
import { type Draft, withExample } from "./draft"
import { Editor } from "./Editor"
import { Examples } from "./Examples"

/** Longer protocols the server does not take. */
const MOST_BYTES = 65_536

/** The protocol: written here, taken from a file, or begun with an example. */
export function ProtocolInput(props: {
  draft: Draft
  findings: readonly CheckFinding[]
  describedBy: string
  onChange: (to: (draft: Draft) => Draft) => void
}) {
  const { draft, onChange } = props
  const [isChoosing, setChoosing] = useState(false)
  const [problem, setProblem] = useState("")
  /** What stood here before something else was put in its place. */
  const [before, setBefore] = useState<Draft>()
  const replace = (to: (draft: Draft) => Draft) => {
    setBefore(draft.text.trim() === "" ? undefined : draft)
    setProblem("")
    onChange(to)
  }
  const load = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    input.value = ""
    if (file === undefined) return
    if (file.size > MOST_BYTES) {
      setProblem(`${file.name} is longer than 64 KiB: is it a protocol?`)
      return
    }
    const text = await file.text()
    const loaded = { fileName: file.name, text: text.replaceAll("\r\n", "\n") }
    replace((now) => ({ ...now, ...loaded }))
  }
  return (
    <>
      <div class="buttons">
        <button type="button" onClick={() => setChoosing(true)}>
          Begin with an example
        </button>
        <label class="button file-button">
          Load a file
          <input
            type="file"
            accept=".yaml,.yml,.json,.txt,application/json"
            onChange={(event) => load(event.currentTarget)}
          />
        </label>
        <span class="protocol-name quiet-text">{draft.text !== "" && draft.fileName}</span>
      </div>
      {problem !== "" && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      {before && (
        <p class="hint" role="status">
          It took the place of {before.fileName}.{" "}
          <button
            type="button"
            class="link"
            onClick={() => {
              setBefore(undefined)
              onChange((now) => ({ ...now, fileName: before.fileName, text: before.text }))
            }}
          >
            Bring that back
          </button>
        </p>
      )}
      <Editor
        text={draft.text}
        findings={props.findings}
        describedBy={props.describedBy}
        onChange={(text) => onChange((now) => ({ ...now, text }))}
      />
      {isChoosing && (
        <Examples
          onClose={() => setChoosing(false)}
          onTake={(example: Example) => {
            setChoosing(false)
            replace((now) => withExample(now, example))
          }}
        />
      )}
    </>
  )
}
