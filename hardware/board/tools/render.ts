/** From a board's element to its circuit JSON, routed by our router. */
import type { ReactElement } from "react"
import { RootCircuit } from "tscircuit"
import type { Layout } from "../layout"
import type { Pad } from "./grid"
import { type Json, netNames } from "./netlist"
import { type Net, type Pin, route } from "./router"

/** tscircuit calls the router as an event source. */
class Routing {
  private readonly listeners: Record<string, ((event: Json) => void)[]> = {}
  constructor(private readonly solve: () => Json[]) {}
  on(event: string, listener: (event: Json) => void) {
    this.listeners[event] = [...(this.listeners[event] ?? []), listener]
  }
  start() {
    setTimeout(() => {
      try {
        const traces = this.solve()
        for (const listener of this.listeners.complete ?? []) listener({ type: "complete", traces })
      } catch (error) {
        for (const listener of this.listeners.error ?? []) listener({ type: "error", error })
      }
    })
  }
  stop() {}
  solveSync() {
    return this.solve()
  }
}

/** `make` gets what it hands to its `<board autorouter>`. */
export async function render(
  make: (autorouter: { algorithmFn: (problem: Json) => Promise<Routing> }) => ReactElement,
  layout: Layout,
  report?: (line: string) => void,
): Promise<Json[]> {
  const circuit = new RootCircuit({ platform: { partsEngineDisabled: true } } as Json)
  const algorithmFn = async (problem: Json) =>
    new Routing(() => solve(circuit.db.toArray() as Json[], problem, layout, report))
  circuit.add(make({ algorithmFn }))
  await circuit.renderUntilSettled()
  return circuit.getCircuitJson() as Json[]
}

function solve(json: Json[], problem: Json, layout: Layout, report?: (line: string) => void) {
  const names = netNames(json)
  const pads = padsOf(json, names)
  const ports = new Map(json.filter((e) => e.type === "pcb_port").map((e) => [e.pcb_port_id, e]))
  const nets: Net[] = problem.connections.map((connection: Json) => {
    const ids = new Set<string>(connection.pointsToConnect.map((p: Json) => p.pcb_port_id))
    const name = names.get(ports.get([...ids][0]).source_port_id) ?? connection.name
    const pins: Pin[] = pads.filter((pad) => pad.net === name && pad.isPin)
    return {
      name,
      width: layout.widths[name] ?? layout.width,
      isPoured: name === layout.pour,
      pins,
    }
  })
  const tracks = route({
    bounds: problem.bounds,
    rules: layout.rules,
    pads,
    nets,
    tracks: layout.tracks,
    report,
  })
  const connectionOf = new Map(nets.map((net, i) => [net.name, problem.connections[i].name]))
  return [...layout.tracks, ...tracks].map((track, i) => ({
    type: "pcb_trace",
    pcb_trace_id: `track_${i}`,
    connection_name: connectionOf.get(track.net),
    route: track.points.flatMap((p, at) => {
      const wire = {
        route_type: "wire",
        x: p.x,
        y: p.y,
        width: track.width,
        layer: p.layer === 0 ? "top" : "bottom",
      }
      const before = track.points[at - 1]
      if (!before || before.layer === p.layer) return [wire]
      const via = {
        route_type: "via",
        x: p.x,
        y: p.y,
        from_layer: before.layer === 0 ? "top" : "bottom",
        to_layer: wire.layer,
      }
      return [via, wire]
    }),
  }))
}

type BoardPad = Pad & { isPin: boolean }

function padsOf(json: Json[], names: Map<string, string>): BoardPad[] {
  const sourceOf = new Map(
    json.filter((e) => e.type === "pcb_port").map((e) => [e.pcb_port_id, e.source_port_id]),
  )
  const net = (e: Json) => names.get(sourceOf.get(e.pcb_port_id) ?? "") ?? ""
  return json.flatMap((e): BoardPad[] => {
    if (e.type === "pcb_smtpad") {
      const turned = Math.abs((e.ccw_rotation ?? 0) % 180) === 90
      const [width, height] = turned ? [e.height, e.width] : [e.width, e.height]
      const layers = [e.layer === "top" ? 0 : 1]
      if (e.shape === "circle")
        return [
          {
            x: e.x,
            y: e.y,
            width: 2 * e.radius,
            height: 2 * e.radius,
            net: net(e),
            layers,
            isRound: true,
            isPin: true,
          },
        ]
      return [{ x: e.x, y: e.y, width, height, net: net(e), layers, isPin: true }]
    }
    if (e.type === "pcb_plated_hole") {
      const width = e.outer_diameter ?? e.rect_pad_width ?? e.outer_width
      const height = e.outer_diameter ?? e.rect_pad_height ?? e.outer_height
      const isRound = e.shape === "circle"
      return [{ x: e.x, y: e.y, width, height, net: net(e), layers: [0, 1], isRound, isPin: true }]
    }
    if (e.type === "pcb_hole") {
      // No copper of its own: tracks keep away from its edge as KiCad wants, 0.2 mm.
      const size = e.hole_diameter + 0.1
      return [
        {
          x: e.x,
          y: e.y,
          width: size,
          height: size,
          net: "",
          layers: [0, 1],
          isRound: true,
          isPin: false,
        },
      ]
    }
    if (e.type === "pcb_keepout") {
      const layers = e.layers.map((layer: string) => (layer === "top" ? 0 : 1))
      const width = e.width ?? 2 * e.radius
      const height = e.height ?? 2 * e.radius
      return [{ x: e.center.x, y: e.center.y, width, height, net: "", layers, isPin: false }]
    }
    return []
  })
}
