import type { Finding } from "./finding"

const MARKS = { ok: "ok", warning: "warning", problem: "PROBLEM" }

/** Findings for a person to read: one a line, with what mends it below. */
export function findingsText(findings: readonly Finding[]): string {
  const about = Math.max(0, ...findings.map((one) => one.about.length))
  const lines = findings.flatMap(({ level, about: of, what, fix }) => [
    `${MARKS[level].padEnd(7)}  ${of.padEnd(about)}  ${what}`,
    ...(fix === undefined ? [] : [`${" ".repeat(7 + 2 + about)}  → ${fix}`]),
  ])
  return [...lines, "", summary(findings)].join("\n")
}

function summary(findings: readonly Finding[]): string {
  const count = (level: Finding["level"]) => findings.filter((one) => one.level === level).length
  const problems = count("problem")
  const warnings = count("warning")
  if (problems + warnings === 0) return "All is well."
  const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`
  return `${plural(problems, "problem")}, ${plural(warnings, "warning")}.`
}
