/**
 * Open-circuit voltage against lithium: what a cathode has given up since it was discharged, in
 * mAh g⁻¹, and V. Assumed throughout, drawn after the usual shape of such curves; no paper behind
 * these cells prints a table.
 */
type Table = readonly (readonly [capacity_mAh_per_g: number, voltage_V: number])[]

export const LFP: Table = [
  [0, 2.5],
  [1, 3.0],
  [3, 3.3],
  [8, 3.39],
  [15, 3.415],
  [30, 3.42],
  [80, 3.424],
  [130, 3.428],
  [150, 3.435],
  [157, 3.46],
  [160, 3.55],
  [162, 3.75],
]

export const NCM811: Table = [
  [0, 2.85],
  [3, 3.35],
  [8, 3.52],
  [20, 3.6],
  [40, 3.66],
  [70, 3.74],
  [100, 3.83],
  [125, 3.93],
  [150, 4.03],
  [170, 4.12],
  [190, 4.19],
  [203.2, 4.24],
  [210, 4.27],
]

/** Rows for `Thevenin`: capacity as state of charge, 1 at the table's end. */
export function openCircuit(table: Table): [stateOfCharge: number, voltage_V: number][] {
  const whole_mAh_per_g = table[table.length - 1][0]
  return table.map(([capacity_mAh_per_g, voltage_V]) => [
    capacity_mAh_per_g / whole_mAh_per_g,
    voltage_V,
  ])
}
