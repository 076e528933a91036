import type { Cell } from "../../cell"
import type { CycleReport } from "../cycles/cycleReport"
import type { CycleResult } from "../cycles/column"
import { normalised } from "../figures/overCycles"
import type { Incident } from "../incidents"
import { duration } from "../words"
import { type Html, html } from "./escape"

/** A number that a reader looks for first. */
export interface KeyNumber {
  label: string
  value: string
  note?: string
}

export function summary(numbers: readonly KeyNumber[]): Html {
  return html`<dl class="key">
${numbers.map(
  ({ label, value, note }) =>
    html`<div><dt>${label}</dt><dd>${value}${note === undefined ? undefined : html`<span>${note}</span>`}</dd></div>
`,
)}</dl>`
}

/** What a test is judged by, as its cell's type wants it. */
export function keyNumbers(
  report: CycleReport,
  cell: Partial<Cell>,
  all: readonly Incident[],
): KeyNumber[] {
  const { results, about } = report
  const whole = results.filter(({ row }) => row.complete)
  const open = results.length - whole.length
  return [
    {
      label: "Cycles",
      value: `${whole.length}`,
      ...(open > 0 && { note: `and ${open} incomplete` }),
    },
    ...(about.last === undefined
      ? []
      : [{ label: "Test time", value: duration(about.last.time_s) }]),
    ...byType(report, cell, whole),
    {
      label: "Faults and gaps",
      value: all.length === 0 ? "none" : `${all.length}`,
      ...(all.length > 0 && { note: kinds(all) }),
    },
  ]
}

function byType(
  report: CycleReport,
  cell: Partial<Cell>,
  whole: readonly CycleResult[],
): KeyNumber[] {
  const { type, platingSign } = report
  const found =
    platingSign === undefined
      ? [capacity(whole, cell), retention(report, whole), efficiency(report)]
      : type === "Li||Li"
        ? [hysteresis(whole), nucleation(whole), cumulative(report, cell)]
        : [efficiency(report), cumulative(report, cell)]
  return found.filter((one) => one !== undefined)
}

function hysteresis(whole: readonly CycleResult[]): KeyNumber | undefined {
  const known = whole.filter(({ row }) => row.hysteresis_V !== undefined)
  return firstToLast(
    "Hysteresis 2η",
    known,
    ({ row }) => (1000 * (row.hysteresis_V ?? 0)).toFixed(1),
    "mV",
  )
}

function nucleation([first]: readonly CycleResult[]): KeyNumber | undefined {
  const found_V = first?.row.plating?.nucleation?.overpotential_V
  if (found_V === undefined) return undefined
  const value = `${(1000 * found_V).toFixed(1)} mV`
  return { label: "Nucleation", value, note: `plating of cycle ${first.cycle}` }
}

function cumulative({ results, about }: CycleReport, { area_cm2 }: Partial<Cell>) {
  if (results.length === 0 || about.lostPages > 0) return undefined
  const plated_mAh = results.reduce((sum, { row }) => sum + (row.plating?.charge_mAh ?? 0), 0)
  const label = "Plated in all"
  if (area_cm2 === undefined) return { label, value: `${plated_mAh.toPrecision(4)} mAh` }
  return { label, value: `${(plated_mAh / area_cm2).toPrecision(4)} mAh cm⁻²` }
}

function efficiency({ efficiency: found }: CycleReport): KeyNumber | undefined {
  if (found === undefined) return undefined
  return {
    label: "Coulombic efficiency",
    value: `${(100 * found.mean).toFixed(2)} %`,
    note: `mean of cycles ${found.from} to ${found.to}`,
  }
}

function capacity(whole: readonly CycleResult[], cell: Partial<Cell>): KeyNumber | undefined {
  const { unit, of } = normalised([cell])
  const known = whole.filter(({ row }) => row.stripping !== undefined)
  const text = ({ row }: CycleResult) => of(row.stripping?.charge_mAh ?? 0, cell).toPrecision(4)
  return firstToLast("Discharge capacity", known, text, unit)
}

function retention({ reference }: CycleReport, whole: readonly CycleResult[]) {
  const last = whole.filter((one) => one.retention !== undefined).at(-1)
  if (last?.retention === undefined || last.cycle === reference) return undefined
  return {
    label: "Retention",
    value: `${(100 * last.retention).toFixed(1)} %`,
    note: `cycle ${last.cycle} of cycle ${reference}`,
  }
}

function firstToLast(
  label: string,
  known: readonly CycleResult[],
  text: (result: CycleResult) => string,
  unit: string,
): KeyNumber | undefined {
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (first === last)
    return { label, value: `${text(first)} ${unit}`, note: `cycle ${first.cycle}` }
  return {
    label,
    value: `${text(first)} → ${text(last)} ${unit}`.replaceAll("-", "−"),
    note: `cycle ${first.cycle} to ${last.cycle}`,
  }
}

/** 2 restarts, 1 fault. */
function kinds(all: readonly Incident[]): string {
  const names = { restart: "restart", fault: "fault", pause: "pause", lost: "× records lost" }
  return (["fault", "restart", "pause", "lost"] as const)
    .flatMap((kind) => {
      const count = all.filter((one) => one.kind === kind).length
      if (count === 0) return []
      return [`${count} ${names[kind]}${count === 1 || kind === "lost" ? "" : "s"}`]
    })
    .join(", ")
}
