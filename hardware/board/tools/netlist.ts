/** A board as its parts and what their pins join: what tests, the parts list and reviewers read. */

// biome-ignore lint/suspicious/noExplicitAny: circuit JSON is a union of two hundred shapes.
export type Json = any

export interface NetlistPart {
  reference: string
  part: string
  /** As on the schematic, for resistors and capacitors: ohm or farad. */
  value?: number
  /** By the pin's name; what is not here is not connected. */
  pins: Record<string, string>
  /** Of the pins, by name, as numbered on the package. */
  numbers: Record<string, number>
  at: { x: number; y: number; rotation: number }
  isPlaced: boolean
}

/** Net by source port. */
export function netNames(json: Json[]): Map<string, string> {
  const byKey = new Map<string, string>()
  for (const e of json)
    if (e.type === "source_net") byKey.set(e.subcircuit_connectivity_map_key, e.name)
  const names = new Map<string, string>()
  for (const e of json)
    if (e.type === "source_port") {
      const name = byKey.get(e.subcircuit_connectivity_map_key)
      if (name !== undefined) names.set(e.source_port_id, name)
    }
  return names
}

export function netlistOf(json: Json[]): NetlistPart[] {
  const nets = netNames(json)
  const boardParts = new Map(
    json.filter((e) => e.type === "pcb_component").map((e) => [e.source_component_id, e]),
  )
  const parts: NetlistPart[] = []
  for (const source of json) {
    if (source.type !== "source_component" || !boardParts.has(source.source_component_id)) continue
    const placed = boardParts.get(source.source_component_id)
    const pins: Record<string, string> = {}
    const numbers: Record<string, number> = {}
    for (const port of json) {
      if (port.type !== "source_port") continue
      if (port.source_component_id !== source.source_component_id) continue
      numbers[port.name] = port.pin_number
      const net = nets.get(port.source_port_id)
      if (net !== undefined) pins[port.name] = net
    }
    const value = source.resistance ?? source.capacitance
    parts.push({
      reference: source.name,
      part: source.manufacturer_part_number ?? "",
      ...(value !== undefined && { value }),
      pins,
      numbers,
      at: {
        x: round(placed.center.x),
        y: round(placed.center.y),
        rotation: placed.rotation ?? 0,
      },
      isPlaced: placed.do_not_place !== true,
    })
  }
  return parts.sort((a, b) => byReference(a.reference, b.reference))
}

const round = (mm: number) => Number(mm.toFixed(3))

export function byReference(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true })
}
