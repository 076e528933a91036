/** What is in the holder, between nodes `plus` and `minus`; `k` keeps the names of several apart. */
export interface Load {
  name: string
  lines(k: string, plus: string, minus: string): string
}

function resistor(value_ohm: number, name: string): Load {
  return { name, lines: (k, plus, minus) => `rload${k} ${plus} ${minus} ${value_ohm}` }
}

/** A resistance, then pairs of R ∥ C, then a voltage. */
function cell(
  name: string,
  series_ohm: number,
  pairs: [number, number][],
  voltage_V: number,
): Load {
  return {
    name,
    lines(k, plus, minus) {
      const lines = [`rcell${k} ${plus} cell${k}n0 ${series_ohm}`]
      pairs.forEach(([ohm, farad], i) => {
        lines.push(`rcell${k}p${i} cell${k}n${i} cell${k}n${i + 1} ${ohm}`)
        lines.push(`ccell${k}p${i} cell${k}n${i} cell${k}n${i + 1} ${farad}`)
      })
      lines.push(`vcell${k} cell${k}n${pairs.length} ${minus} ${voltage_V}`)
      return lines.join("\n")
    },
  }
}

/** 20 µF cm⁻² on a 14 mm disc, each electrode. */
const DOUBLE_LAYER_F = 31e-6

export const LITHIUM_SYMMETRIC = cell(
  "Li‖Li",
  5,
  [
    [15, DOUBLE_LAYER_F],
    [15, DOUBLE_LAYER_F],
  ],
  0,
)

/** A cell without double layer at a voltage of its own. */
export function stiffCell(voltage_V: number, series_ohm = 1): Load {
  return cell(`${voltage_V} V, ${series_ohm} Ω`, series_ohm, [], voltage_V)
}

export const LOADS: readonly Load[] = [
  resistor(0.1, "0.1 Ω"),
  resistor(1, "1 Ω"),
  resistor(10, "10 Ω"),
  resistor(100, "100 Ω"),
  resistor(1000, "1 kΩ"),
  LITHIUM_SYMMETRIC,
  cell("full cell at 3.7 V", 2, [[5, 1e-3]], 3.7),
  {
    name: "10 µH and 0.2 Ω",
    lines: (k, plus, minus) => `lload${k} ${plus} coil${k} 10u\nrload${k} coil${k} ${minus} 0.2`,
  },
]

/** The way from FORCE to the holder: inductance, and capacitance at one place. */
export interface Cable {
  inductance_H: number
  capacitance_F: number
  /** At the holder or at the board, to ground; or from wire to wire at the holder. */
  place: "holder" | "board" | "across"
}

export function cableName(cable: Cable): string {
  const { inductance_H, capacitance_F, place } = cable
  return `${+(inductance_H * 1e6).toFixed(2)} µH, ${+(capacitance_F * 1e9).toFixed(2)} nF ${place}`
}

/** From `force` to a node `plus${k}` at the holder. */
export function cableLines(k: string, cable: Cable, force: string, minus: string): string {
  const from = cable.place === "board" ? force : `plus${k}`
  const to = cable.place === "across" ? minus : "0"
  return `lcable${k} ${force} plus${k} ${cable.inductance_H}\nccable${k} ${from} ${to} ${cable.capacitance_F}`
}
