import { type Cable, cableLines, cableName, type Load } from "./cells"
import { channelModel, LOOP, type Probe, setPoint_V, surroundings } from "./channel"
import type { Corner } from "./corner"
import { loopGainOf, type Margins, marginsOf } from "./margins"
import type { Ngspice } from "./ngspice"

/** One working point of one loop. */
export interface LoopPoint extends Margins {
  load: string
  cable: string
  current_A: number
  corner: string
}

/** All loads on all cables, each with a channel of its own, in one deck. */
export function loopDeck(
  at: Corner,
  probe: Exclude<Probe, "none">,
  current_A: number,
  loads: readonly Load[],
  cables: readonly Cable[],
): string {
  const { returned, injected } = LOOP[probe]
  const lines: string[] = []
  const saved: string[] = []
  for (const [i, load] of loads.entries())
    for (const [j, cable] of cables.entries()) {
      const k = `${i}c${j}`
      lines.push(`xchannel${k} set vp vn force${k} minus${k} channel`)
      lines.push(cableLines(k, cable, `force${k}`, `minus${k}`))
      lines.push(load.lines(k, `plus${k}`, `minus${k}`))
      saved.push(returnedNode(k, returned), `v(xchannel${k}.${injected})`)
    }
  return `loop at ${current_A} A, ${at.name}
${channelModel(at, probe)}
${surroundings(at)}vset set 0 ${setPoint_V(current_A)}
${lines.join("\n")}
.save ${saved.join(" ")}
.options noopiter
.ac dec 20 100 60meg`
}

/** The margins of one deck, load by load and cable by cable. */
export async function loopMargins(
  spice: Ngspice,
  at: Corner,
  probe: Exclude<Probe, "none">,
  current_A: number,
  loads: readonly Load[],
  cables: readonly Cable[],
): Promise<LoopPoint[]> {
  const waves = await spice.run(loopDeck(at, probe, current_A, loads, cables))
  const { returned, injected } = LOOP[probe]
  return loads.flatMap((load, i) =>
    cables.map((cable, j) => {
      const k = `${i}c${j}`
      const loopGain = loopGainOf(
        waves.complex(returnedNode(k, returned)),
        waves.complex(`v(xchannel${k}.${injected})`),
      )
      const where = { load: load.name, cable: cableName(cable), current_A, corner: at.name }
      return { ...where, ...marginsOf(waves.x, loopGain) }
    }),
  )
}

/** The shunt's top is a pin of the channel; the other nodes lie inside. */
function returnedNode(k: string, name: string): string {
  return name === "cellMinus" ? `v(minus${k})` : `v(xchannel${k}.${name})`
}
