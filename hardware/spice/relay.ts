import { channel, channelParts } from "../components"

/** Contacts as switches of ngspice, and when they move. */
const CONTACT_MODEL = `.model contact sw(vt=0.5 vh=0.2 ron=${channelParts.relay.contact_ohm} roff=1e12)`
const EDGE_s = 1e-7

/** Closed from each first instant to each second; open outside. */
export type Closed = readonly (readonly [from_s: number, to_s: number])[]

/**
 * The force pole between `force${k}` and the dummy, and between `force${k}` and `closed${k}`; the dummy's lower
 * end is `minus${k}`.
 */
export function relayLines(k: string, atRest: Closed, energised: Closed): string {
  return `${CONTACT_MODEL.replace("contact", `contact${k}`)}
vrest${k} rest${k} 0 pwl(${levels(atRest)})
vclose${k} close${k} 0 pwl(${levels(energised)})
srest${k} force${k} dummy${k} rest${k} 0 contact${k}
sclose${k} force${k} closed${k} close${k} 0 contact${k}
rdummy${k} dummy${k} minus${k} ${channel.dummy_ohm.value}`
}

function levels(closed: Closed): string {
  const points: number[] = [0, closed[0]?.[0] === 0 ? 1 : 0]
  for (const [from_s, to_s] of closed) {
    if (from_s > 0) points.push(from_s, 0, from_s + EDGE_s, 1)
    if (Number.isFinite(to_s)) points.push(to_s, 1, to_s + EDGE_s, 0)
  }
  return points.join(" ")
}
