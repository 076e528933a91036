import { checkProtocol, type Finding, type Plan } from "../../protocol/check"
import { durationText, logText } from "../../protocol/check/text"
import type { Checked, CheckedPlan, CheckFinding } from "../api"
import type { CellKeys } from "./body"
import { checkCell } from "./cellCheck"

/** More than anybody reads. */
const MOST_FINDINGS = 100

/**
 * Tells all that is wrong or worth knowing of a protocol for a cell, and what it would do.
 * @param keys of the cell's file; undefined: any cell
 */
export function checked(text: string, fileName: string, keys: CellKeys | undefined): Checked {
  const { cell, findings: ofCell } = checkCell(keys)
  const { findings, plan } = checkProtocol(text, fileName, cell)
  const { area_cm2, active_mass_mg, capacity_mAh } = cell
  return {
    findings: cut([...ofCell, ...findings.map(placed).filter((one) => !isKnown(one, ofCell))]),
    cell: { area_cm2, active_mass_mg, capacity_mAh },
    plan: plan && planOf(plan),
  }
}

/** What is wrong with a key is not told to be missing besides. */
function isKnown({ of, path }: CheckFinding, known: readonly CheckFinding[]): boolean {
  return of === "cell" && known.some((other) => other.path === path)
}

const SEVERITIES = ["error", "warning", "note"] as const

/** The worst first, of each kind the cell's before the protocol's, and those by their lines. */
function cut(all: CheckFinding[]): CheckFinding[] {
  const ordered = SEVERITIES.flatMap((severity) =>
    all
      .filter((finding) => finding.severity === severity)
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  )
  const more = ordered.length - MOST_FINDINGS
  if (more <= 0) return ordered
  const { severity, of } = ordered[MOST_FINDINGS]
  const rest: CheckFinding = { severity, of, path: of, message: `… and ${more} more.` }
  return [...ordered.slice(0, MOST_FINDINGS), rest]
}

function placed({ severity, path, line, message }: Finding): CheckFinding {
  return path.startsWith("cell.")
    ? { severity, of: "cell", path: path.slice("cell.".length), message }
    : { severity, of: "protocol", path, line, message }
}

function planOf(plan: Plan): CheckedPlan {
  const { lines, frame, duration, cycles } = plan
  return {
    lines,
    frame,
    expected_s: duration.expected_s,
    cycles,
    durationText: durationText(plan),
    logText: logText(plan).join(" "),
  }
}
