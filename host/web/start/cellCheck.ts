import type { z } from "zod"
import { type Cell, cellSchema } from "../../cell"
import { problemsOf, withoutNulls } from "../../document"
import type { CheckFinding } from "../api"
import type { CellKeys } from "./body"

/** A cell that has no name yet, in messages. */
const UNNAMED = "(no name yet)"

/** What is known of a cell in spite of what is wrong with its keys, so that a protocol can be checked for it. */
export function checkCell(keys: CellKeys | undefined): { cell: Cell; findings: CheckFinding[] } {
  const given = withoutNulls(keys ?? { name: UNNAMED }) as CellKeys
  const findings: CheckFinding[] = []
  const result = cellSchema.safeParse(given)
  if (result.success) return { cell: result.data, findings }
  note(result.error, findings)
  let kept: CellKeys = { name: UNNAMED, ...given }
  for (;;) {
    const attempt = cellSchema.safeParse(kept)
    if (attempt.success) return { cell: attempt.data, findings }
    const wrong = wrongKeys(attempt.error)
    const left = Object.entries(kept).filter(([key]) => !wrong.has(key))
    // Keys that do not agree with each other are judged once each of them is right.
    note(attempt.error, findings)
    kept = { name: UNNAMED, ...Object.fromEntries(left) }
  }
}

function note(error: z.ZodError, findings: CheckFinding[]): void {
  problemsOf(error).forEach(({ path, message }, i) => {
    const key = String(path[0] ?? "cell")
    if (findings.some((known) => known.path === key)) return
    const text = wording(error.issues[i]) ?? message
    findings.push({ severity: "error", of: "cell", path: key, message: text })
  })
}

/** What a person who fills in a form needs to be told. */
function wording({ code, path, ...issue }: z.core.$ZodIssue): string | undefined {
  if (code !== "invalid_type") return undefined
  if (path[0] === "name") return "give the cell a name."
  if ("expected" in issue && issue.expected === "number")
    return "is no number: write it such as 14 or 0.785."
  return undefined
}

function wrongKeys({ issues }: z.ZodError): ReadonlySet<string> {
  return new Set(
    issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])],
    ),
  )
}
