import type { CheckFinding } from "../../api"
import { counted } from "../words"
import { jumpTo } from "./jump"

const WORDS = { error: "error", warning: "warning", note: "note" } as const

/** How many errors and warnings there are, read aloud when it changes. */
export function FindingCount({ findings, id }: { findings: readonly CheckFinding[]; id: string }) {
  const count = (severity: CheckFinding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length
  const parts = (["error", "warning", "note"] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => counted(count(severity), WORDS[severity]))
  return (
    <p id={id} class="finding-count" role="status">
      {parts.length === 0 ? "Nothing is wrong with it." : `${parts.join(", ")}.`}
    </p>
  )
}

/** What a check has found; each leads to its place. */
export function Findings({ findings }: { findings: readonly CheckFinding[] }) {
  if (findings.length === 0) return null
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li
          key={`${finding.of} ${finding.path} ${finding.line} ${finding.message}`}
          class={`is-${finding.severity}`}
        >
          <button type="button" onClick={() => jumpTo(finding)}>
            <span class="finding-place">
              <b>{WORDS[finding.severity]}</b> {placeText(finding)}
            </span>
            {finding.message}
          </button>
        </li>
      ))}
    </ul>
  )
}

function placeText({ of, path, line }: CheckFinding): string {
  if (of === "cell") return `cell: ${path}`
  return line === undefined ? path : `line ${line}: ${path}`
}
