import type { TopLevelSpec } from "vega-lite"
import type { VoltageUnit } from "./voltageUnit"

export type ConcatSpec = Extract<TopLevelSpec, { concat: unknown }>
export type PanelSpec = ConcatSpec["concat"][number]
export type LayerSpec = Extract<PanelSpec, { layer: unknown }>["layer"][number]

/** Pixels between the curves and the frame. */
const HEADROOM = 6

/** @param title absent: the panel below has it */
export function xAxis(title: string | undefined, domain: [number, number]) {
  return {
    field: "x",
    type: "quantitative" as const,
    scale: { domain, nice: false },
    axis: { title: title ?? null, tickCount: 6 },
  }
}

/** @param domain as far as the curves go unless given */
export function voltageAxis(unit: VoltageUnit, domain?: [number, number]) {
  return {
    field: "y",
    type: "quantitative" as const,
    scale: domain ? { domain, nice: false } : { zero: false, nice: false, padding: HEADROOM },
    axis: { title: `Voltage / ${unit.symbol}`, tickCount: 4 },
  }
}
