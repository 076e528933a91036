import type { Printed } from "../paper"
import type { Line } from "./lines"
import { VERDICTS } from "./judge"

/** Stands above the table, wherever that is printed. */
export const MEANING =
  "Each test ran on a simulated board, through its front end with all errors on, after a two-point calibration. The " +
  "cells are simulated with parameters fitted to these papers' printed numbers, and the tester knows none of them. " +
  "So agreement shows that the tester recovers a known value, not that the paper is right."

export const BARS =
  "Equal (=) and about (≈) are met within: overpotentials 1 mV or 5 %, whichever is larger; Coulombic efficiencies " +
  "0.1 % absolute; lives 2 cycles or 1 %; capacities and retentions 1 %. Above, below, at least and at most (>, <, ≥, ≤) " +
  "are judged by the number alone; a life '> 1000 h' is met by a test that its protocol ended at 1000 h. Class A: by " +
  "constant current; B: with a held or swept voltage; C: needs an impedance analyser, D: larger than the tester, E: no " +
  "measurement of a cell; for these stands what was done instead."

/** Columns of the table; the fifth and the sixth are numbers. */
export const HEADS = [
  "Test",
  "Class",
  "Conditions",
  "Quantity",
  "Paper",
  "Tester",
  "Difference",
  "Verdict",
  "Note",
] as const

/** How many lines there are of each verdict, in the order of `VERDICTS`. */
export function counts(lines: readonly Line[]): string {
  return VERDICTS.map((verdict) => {
    const count = lines.filter((line) => line.verdict === verdict).length
    return `${verdict}: ${count}`
  }).join(" · ")
}

export interface Texts {
  quantity: string
  paper: string
  source: string
  tester: string
  difference: string
}

/** A line's cells, but for those that are its row's. */
export function textsOf({ printed, measured }: Line): Texts {
  if (printed === undefined)
    return { quantity: "–", paper: "–", source: "", tester: "–", difference: "–" }
  const { quantity, at, unit, source } = printed
  return {
    quantity: at === undefined ? quantity : `${quantity}, ${at}`,
    paper: paperNumber(printed),
    source,
    tester: measured === undefined ? "–" : withUnit(measured, unit),
    difference: difference(printed, measured),
  }
}

function paperNumber({ value, qualifier, unit }: Printed): string {
  if (value === undefined) return "–"
  return `${qualifier === "=" ? "" : `${qualifier} `}${withUnit(value, unit)}`
}

function difference({ value, unit }: Printed, measured: number | undefined): string {
  if (value === undefined || measured === undefined) return "–"
  const by = measured - value
  const share =
    value === 0 ? "" : ` (${signed(Number(((100 * by) / Math.abs(value)).toFixed(2)))} %)`
  return `${signed(Number(by.toPrecision(3)))}${unit === "" ? "" : ` ${unit}`}${share}`
}

function withUnit(value: number, unit: string): string {
  const text = number(value)
  return unit === "" || unit === "1" ? text : `${text} ${unit}`
}

/** Five digits: an efficiency to its hundredth of a per cent. */
function number(value: number): string {
  return `${Number(value.toPrecision(5))}`.replace("-", "−")
}

function signed(value: number): string {
  if (value === 0) return "0"
  return `${value > 0 ? "+" : "−"}${Math.abs(value)}`
}
