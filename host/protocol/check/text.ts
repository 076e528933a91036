import type { Cell } from "../../cell"
import type { Check, Finding, Plan } from "../check"
import { atLine } from "../read"
import { LOG_BYTES } from "./logSpace"
import { brief, number, time } from "./numbers"

/** What a check has found, for a person to read. */
export function checkText({ findings, plan }: Check, fileName: string, cell: Cell): string {
  const told = findings.map((finding) => findingText(finding, fileName))
  if (plan === undefined) return told.join("\n")
  const blocks = [
    [`${fileName} for ${cellText(cell)}`],
    plan.lines.map(lineText),
    plan.frame,
    [durationText(plan), ...logText(plan)],
    told,
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")
}

/** "warning: file:12: method[3]: …". */
export function findingText({ severity, path, line, message }: Finding, fileName: string): string {
  const where = path.startsWith("cell.") ? path : `${atLine(fileName, line)}: ${path}`
  return `${severity}: ${where}: ${message}`
}

function cellText({ name, type, area_cm2, capacity_mAh, active_mass_mg }: Cell): string {
  const known = [
    type,
    area_cm2 === undefined ? undefined : `${number(area_cm2)} cm²`,
    capacity_mAh === undefined ? undefined : `${number(capacity_mAh)} mAh`,
    active_mass_mg === undefined ? undefined : `${number(active_mass_mg)} mg`,
  ].filter((text) => text !== undefined)
  return known.length === 0 ? name : `${name} (${known.join(", ")})`
}

function lineText({ number: entry, depth, text, takes }: Plan["lines"][number]): string {
  const head = entry === undefined ? "   " : String(entry).padStart(3)
  return `${head}  ${"  ".repeat(depth)}${text}${takes === undefined ? "" : `  [${takes}]`}`
}

/** A sentence. */
export function durationText({ duration: { least_s, most_s, expected_s } }: Plan): string {
  if (most_s === least_s) return `Duration: ${time(most_s)}.`
  const expected =
    expected_s === undefined || expected_s === most_s
      ? ""
      : `; about ${time(expected_s)} if each charge and discharge passes the cell's capacity`
  return most_s === Infinity
    ? `Duration: unknown, for some steps end by the cell alone${expected}.`
    : `Duration: at most ${time(most_s)}${expected}.`
}

/** What it writes into the board's log, a sentence each. */
export function logText({ log: { bytes, bytesPerDay } }: Plan): string[] {
  const days = LOG_BYTES / bytesPerDay
  const full =
    `At this pace it is full after ${brief(days)} days, with four such channels after ` +
    `${brief(days / 4)}, unless a host fetches it.`
  if (bytes === undefined) return [`Log: at least ${size(bytesPerDay)} a day. ${full}`]
  return [
    `Log: about ${size(bytes)}, ${brief((100 * bytes) / LOG_BYTES)} % of the board's 16 MiB. ${full}`,
  ]
}

function size(bytes: number): string {
  return bytes < 1024 ** 2 ? `${brief(bytes / 1024)} KiB` : `${brief(bytes / 1024 ** 2)} MiB`
}
