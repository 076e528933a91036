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

/** 3.83 V at 92.15 and 3.87 V at 105.7 mAh g⁻¹ are fitted to Wang 2023's mid-value voltages. */
export const NCM622: Table = [
  [0, 2.86],
  [2, 3.3],
  [5, 3.52],
  [10, 3.6],
  [20, 3.655],
  [40, 3.71],
  [60, 3.755],
  [80, 3.8],
  [92.15, 3.83],
  [105.7, 3.87],
  [120, 3.92],
  [135, 3.985],
  [150, 4.055],
  [165, 4.13],
  [175, 4.185],
  [184.3, 4.24],
  [195, 4.33],
  [205, 4.425],
  [211.4, 4.49],
]

export const LCO: Table = [
  [0, 2.6],
  [2, 3.5],
  [5, 3.8],
  [15, 3.87],
  [40, 3.9],
  [70, 3.91],
  [90, 3.93],
  [110, 3.99],
  [125, 4.06],
  [137.5, 4.13],
  [143.2, 4.17],
]

/** Of sulfurised polyacrylonitrile, by what it has taken up since it was charged. */
const SPAN_LITHIATED: Table = [
  [0, 2.9],
  [30, 2.4],
  [100, 2.22],
  [200, 2.1],
  [330, 2.0],
  [450, 1.9],
  [560, 1.75],
  [620, 1.55],
  [650, 1.25],
  [660, 1.0],
]

/** Of sulfur, likewise. */
const SULFUR_LITHIATED: Table = [
  [0, 2.6],
  [20, 2.4],
  [200, 2.36],
  [400, 2.28],
  [430, 2.14],
  [800, 2.12],
  [1200, 2.1],
  [1500, 2.05],
  [1650, 1.8],
]

/** SPAN and sulfur as what they have given up, stretched to what a cathode can give in all. */
export const span = (whole_mAh_per_g: number) => delithiated(SPAN_LITHIATED, whole_mAh_per_g)
export const sulfur = (whole_mAh_per_g: number) => delithiated(SULFUR_LITHIATED, whole_mAh_per_g)

function delithiated(table: Table, whole_mAh_per_g: number): Table {
  const [end_mAh_per_g] = table[table.length - 1]
  return table
    .map(
      ([lithiated, voltage_V]) =>
        [whole_mAh_per_g * (1 - lithiated / end_mAh_per_g), voltage_V] as const,
    )
    .reverse()
}

/** Rows for `Thevenin`: capacity as state of charge, 1 at the table's end. */
export function openCircuit(table: Table): [stateOfCharge: number, voltage_V: number][] {
  const whole_mAh_per_g = table[table.length - 1][0]
  return table.map(([capacity_mAh_per_g, voltage_V]) => [
    capacity_mAh_per_g / whole_mAh_per_g,
    voltage_V,
  ])
}
