/** How the boards are routed: widths, the places of what no router may choose, and the fab's limits. Millimetres. */
import type { Rules } from "./tools/grid"
import type { Track } from "./tools/router"

export interface Layout {
  /** Of nets that `widths` does not name. */
  width: number
  widths: Record<string, number>
  /** The net that is poured on the bottom. */
  pour: string
  tracks: Track[]
  rules: Rules
}

/** Two layers, 0.15 mm tracks and gaps, 0.3 mm drills: what the cheapest fabs do without a surcharge. */
const RULES: Rules = { step: 0.1, clearance: 0.17, edge: 0.4, viaDiameter: 0.6 }

/** A track on the top, by its corners. */
function top(net: string, width: number, ...corners: [x: number, y: number][]): Track {
  return { net, width, points: corners.map(([x, y]) => ({ x, y, layer: 0 })) }
}

export const cardLayout: Layout = {
  width: 0.25,
  widths: {
    VP: 0.6,
    VN: 0.6,
    PGND: 1,
    CELL_N: 0.8,
    CELL_P: 0.8,
    FORCE: 0.8,
    OUT: 0.8,
    EMIT_N: 0.6,
    EMIT_P: 0.6,
    DUMMY: 0.6,
    RELAY_5V: 0.4,
    COIL: 0.4,
  },
  pour: "GND",
  tracks: [
    // The shunt's voltage, as a pair from its inner pads to the converter's filter.
    top(
      "CELL_N_SENSE",
      0.25,
      [-10.55, -13.6],
      [-10.55, -15.2],
      [-7.4, -15.2],
      [-6.6, -14.4],
      [-6.6, -7.8],
      [-5.2, -6.4],
      [-4.225, -6.4],
    ),
    top(
      "SHUNT_LO",
      0.25,
      [-12.45, -13.6],
      [-12.45, -15.7],
      [-7.2, -15.7],
      [-6.1, -14.6],
      [-6.1, -9.8],
      [-5, -8.7],
      [-4.225, -8.7],
    ),
  ],
  rules: RULES,
}

export const baseLayout: Layout = {
  width: 0.25,
  widths: { VP: 0.6, VN: 0.6, PGND: 1, V5: 0.8, V5_USB: 0.8, RELAY_5V: 0.5, V3V3: 0.4 },
  pour: "GND",
  tracks: [],
  rules: RULES,
}
