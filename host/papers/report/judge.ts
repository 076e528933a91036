import type { Bar, Printed } from "../paper"

/** What a line of the table comes to. */
export const VERDICTS = ["meets", "misses", "substitute", "no number printed", "not run"] as const
export type Verdict = (typeof VERDICTS)[number]

/** What a verdict is passed on. */
export type Claim = Pick<Printed, "value" | "qualifier" | "unit" | "bar">

/** Sums of steps' times and charges round. */
const ROUNDING = 1e-9

/**
 * Whether the tester's number agrees with the printed one. Equal and about are judged by the bar; above, below, at
 * least and at most by the number alone, but that a life "> 1000 h" is met by a test whose protocol ended it then.
 * @param measured undefined when the records of a test that was run do not tell
 * @param cycle_h what a cycle took, for lives in hours
 */
export function judge(claim: Claim, measured: number | undefined, cycle_h?: number): Verdict {
  const { value, qualifier, bar } = claim
  if (value === undefined) return "no number printed"
  if (measured === undefined || Number.isNaN(measured)) return "misses"
  const rounding = ROUNDING * Math.abs(value)
  const isMet = {
    "=": () => Math.abs(measured - value) <= tolerance(claim, cycle_h) + rounding,
    "≈": () => Math.abs(measured - value) <= tolerance(claim, cycle_h) + rounding,
    ">": () => (bar === "life" ? measured >= value - rounding : measured > value),
    "≥": () => measured >= value - rounding,
    "<": () => measured < value,
    "≤": () => measured <= value + rounding,
  }[qualifier]()
  return isMet ? "meets" : "misses"
}

/** How far from the printed value the tester may be, in its unit. */
export function tolerance({ value = 0, unit, bar }: Claim, cycle_h?: number): number {
  const size = Math.abs(value)
  switch (bar) {
    case "overpotential":
      return Math.max(oneMillivolt(unit), 0.05 * size)
    case "efficiency":
      return unit === "%" ? 0.1 : 0.001
    case "life":
      return Math.max(2 * cycleIn(unit, cycle_h), 0.01 * size)
    case "capacity":
      return 0.01 * size
    case "none":
      return 0
  }
}

/** A bar as people read it. */
export const BAR_TEXT: Record<Bar, string> = {
  overpotential: "±1 mV or 5 %",
  efficiency: "±0.1 % absolute",
  life: "±2 cycles or 1 %",
  capacity: "±1 %",
  none: "none",
}

/** Of a resistance or a current density that an overpotential's bar is set on, 5 % alone count. */
function oneMillivolt(unit: string): number {
  if (unit === "mV") return 1
  return unit === "V" ? 1e-3 : 0
}

function cycleIn(unit: string, cycle_h = 0): number {
  if (unit.startsWith("cycle")) return 1
  if (unit === "h") return cycle_h
  return unit === "d" ? cycle_h / 24 : 0
}
