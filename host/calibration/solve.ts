import { BoardError } from "../errors"
import type { Line } from "./bytes"

/** One settled point: what the board read, uncorrected, and what the meter says of the same instant. */
export interface Point {
  board_V: number
  board_A: number
  /** True voltage between the sense leads. */
  meter_V: number
}

/** What one channel was measured at. */
export interface Points {
  /** By current range two points on the standard, the widest range first. */
  standard: [Point, Point][]
  /** Two currents through leads that are joined at one point. */
  short: [Point, Point]
}

/** What the points say; `residual_V` is how far the worst of them lies from it. */
export interface Solution {
  voltage: Line
  commonMode_ohm: number
  current: Line[]
  residual_V: number
  /** The points that it was found from, the meter's own offset taken out. */
  points: Points
}

/** The points of any sound bench lie this close to the solution on any sound bench: nonlinearity and noise are a tenth of it. */
const MAX_RESIDUAL_V = 0.5e-3

/**
 * Works out one channel's gains, offsets and common mode.
 *
 * The meter's own offset comes first: on the short its readings at two opposite currents lie on a line that
 * must pass through 0 V at 0 A. Left in, 20 µV of it would shift every current by 0.2 µA, which makes 0.02 %
 * of Coulombic efficiency at 2 mA.
 * Then currents, I = V / standard: each range's line through its two points. The widest range's points are not
 * alike on both sides, and its line is bent by the shunt's own heat: through both it would be 1 µA off at 0 A. So its
 * line goes through the offset of the next range and its larger point. Voltages then obey
 * meter − board = gain × board + offset + commonMode × I. On the standard V and I are proportional, so that
 * gain and common mode cannot be told apart there; the short moves the current alone, and so gives the common
 * mode. Four equations, three unknowns: least squares, and what is left over shows a loose lead.
 * @throws BoardError when the points contradict each other
 */
export function solve(measured: Points, standard_ohm: number): Solution {
  const points = withoutMeterOffset(measured)
  const { standard, short } = points
  const at = (point: Point) => ({ read: point.board_A, actual: point.meter_V / standard_ohm })
  const current = standard.map(([a, b]) => line(at(a), at(b)))
  current[0] = line({ read: 0, actual: current[1].offset }, at(largest(standard[0])))
  const rows = [
    ...standard[0].map((point) => ({ ...point, true_A: point.meter_V / standard_ohm })),
    ...short.map((point) => ({
      ...point,
      true_A: point.board_A * (1 + current[0].gain) + current[0].offset,
    })),
  ]
  // The current counts as the voltage that it would have on the standard, so that all columns are of a size.
  const columns = rows.map(({ board_V, true_A }) => [board_V, 1, true_A * standard_ohm])
  const wanted = rows.map(({ board_V, meter_V }) => meter_V - board_V)
  const [gain, offset, share] = leastSquares(columns, wanted)
  const residual_V = Math.max(
    ...columns.map(([v, , i], k) => Math.abs(wanted[k] - gain * v - offset - share * i)),
  )
  if (!(residual_V <= MAX_RESIDUAL_V))
    throw new BoardError(
      `The meter's readings on the standard and on the short contradict each other by ` +
        `${(1e3 * residual_V).toFixed(2)} mV: is a lead loose, or was the meter's sign turned?`,
    )
  const voltage = { gain, offset }
  return { voltage, commonMode_ohm: share * standard_ohm, current, residual_V, points }
}

function largest([a, b]: [Point, Point]): Point {
  return Math.abs(a.meter_V) > Math.abs(b.meter_V) ? a : b
}

function withoutMeterOffset({ standard, short: [a, b] }: Points): Points {
  const offset_V = a.meter_V - (a.board_A * (b.meter_V - a.meter_V)) / (b.board_A - a.board_A)
  const zeroed = (pair: [Point, Point]) =>
    pair.map((point) => ({ ...point, meter_V: point.meter_V - offset_V })) as [Point, Point]
  return { standard: standard.map(zeroed), short: zeroed([a, b]) }
}

/** The line through two points: actual = read × (1 + gain) + offset. */
export function line(
  a: { read: number; actual: number },
  b: { read: number; actual: number },
): Line {
  const slope = (b.actual - a.actual) / (b.read - a.read)
  return { gain: slope - 1, offset: a.actual - slope * a.read }
}

/** Solves rows · x ≈ wanted for three unknowns, by the normal equations and Cramer's rule. */
function leastSquares(rows: number[][], wanted: number[]): number[] {
  const sum = (of: (row: number[], k: number) => number) =>
    rows.reduce((total, row, k) => total + of(row, k), 0)
  const matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum((row) => row[i] * row[j])))
  const right = [0, 1, 2].map((i) => sum((row, k) => row[i] * wanted[k]))
  const whole = determinant(matrix)
  return [0, 1, 2].map(
    (unknown) =>
      determinant(
        matrix.map((row, i) => row.map((value, j) => (j === unknown ? right[i] : value))),
      ) / whole,
  )
}

function determinant([[a, b, c], [d, e, f], [g, h, i]]: number[][]): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}
