/**
 * What an ohmmeter finds between two nets of a board without power, as far as resistors tell: chips and junctions count
 * as open, fuses, beads and coils as wires, the relay is at rest.
 */
import { channel, channelParts } from "../components"
import type { Part } from "./netlist"

const WIRE_ohm = 1e-3
/** Leaves every net in the system of equations; far above what counts as open. */
const LEAK_S = 1e-12
const OPEN_ohm = 1e8

interface Branch {
  nets: readonly [string, string]
  ohm: number
}

/** Ohms; undefined when no resistor joins them. */
export function resistanceBetween(parts: Part[], a: string, b: string): number | undefined {
  const branches = parts.flatMap(branchesOf)
  const nets = [...new Set(branches.flatMap((one) => [...one.nets]))].filter((net) => net !== b)
  if (!nets.includes(a)) return undefined
  // Conductances between all nets but b, and an ampere into a: its voltage is the resistance.
  const matrix = nets.map((_, i) => nets.map((_, j) => (i === j ? LEAK_S : 0)))
  for (const {
    nets: [from, to],
    ohm,
  } of branches) {
    const [i, j] = [nets.indexOf(from), nets.indexOf(to)]
    if (i >= 0) matrix[i][i] += 1 / ohm
    if (j >= 0) matrix[j][j] += 1 / ohm
    if (i < 0 || j < 0) continue
    matrix[i][j] -= 1 / ohm
    matrix[j][i] -= 1 / ohm
  }
  const found = solve(
    matrix,
    nets.map((net) => (net === a ? 1 : 0)),
  )[nets.indexOf(a)]
  return found < OPEN_ohm ? found : undefined
}

function branchesOf({ reference, part, value, pins }: Part): Branch[] {
  const join = (a: string, b: string, ohm: number): Branch => ({ nets: [pins[a], pins[b]], ohm })
  if (reference === "K1")
    return [
      join("COM1", "REST1", WIRE_ohm),
      join("COM2", "REST2", WIRE_ohm),
      join("COIL_P", "COIL_N", channelParts.relay.coil_ohm),
    ]
  const [first, second] = Object.keys(pins)
  if (/^[FL]\d/.test(reference)) return [join(first, second, WIRE_ohm)]
  if (!/^R\d/.test(reference)) return []
  // Shunt and dummy: two terminals, each with a pad for the current and one for the voltage.
  if (pins.S1 !== undefined)
    return [
      join("F1", "S1", WIRE_ohm),
      join("F2", "S2", WIRE_ohm),
      join("F1", "F2", KELVIN_ohm[part] ?? Number.NaN),
    ]
  return [join(first, second, Math.max(value ?? Number.NaN, WIRE_ohm))]
}

const KELVIN_ohm: Record<string, number> = Object.fromEntries(
  [channel.shunt_ohm, channel.dummy_ohm].map(({ parts, value }) => [parts[0], value]),
)

/** Gauss, with the largest pivot; conductances are symmetric and never singular. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]])
  const size = rows.length
  for (let k = 0; k < size; k++) {
    const best = rows.reduce(
      (at, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(rows[at][k]) ? i : at),
      k,
    )
    ;[rows[k], rows[best]] = [rows[best], rows[k]]
    for (let i = k + 1; i < size; i++) {
      const factor = rows[i][k] / rows[k][k]
      if (factor !== 0) for (let j = k; j <= size; j++) rows[i][j] -= factor * rows[k][j]
    }
  }
  const found = new Array<number>(size).fill(0)
  for (let k = size - 1; k >= 0; k--) {
    const rest = rows[k].slice(k + 1, size).reduce((sum, g, j) => sum + g * found[k + 1 + j], 0)
    found[k] = (rows[k][size] - rest) / rows[k][k]
  }
  return found
}
