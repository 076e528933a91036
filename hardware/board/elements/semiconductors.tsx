import { led0603, sod123, sod323, sot23, sot89 } from "../footprints"
import { beside, type OfPart, Reference, to, usePlace } from "./place"

interface Diode extends OfPart {
  anode: string
  cathode: string
}

export function D({ part, anode, cathode, ...placed }: Diode) {
  return (
    <>
      <diode
        {...usePlace(placed)}
        footprint={sod123()}
        manufacturerPartNumber={part}
        connections={{ pin1: to(anode), pin2: to(cathode) }}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 1.6]} />
    </>
  )
}

/** Clamps either way. */
export function Clamp({ part, nets, ...placed }: OfPart & { nets: readonly [string, string] }) {
  return (
    <>
      <diode
        {...usePlace(placed)}
        variant="tvs"
        footprint={sod323()}
        manufacturerPartNumber={part}
        connections={{ pin1: to(nets[0]), pin2: to(nets[1]) }}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 1.3]} />
    </>
  )
}

export function Led({ part, anode, cathode, color, ...placed }: Diode & { color: string }) {
  return (
    <>
      <led
        {...usePlace(placed)}
        color={color}
        footprint={led0603()}
        manufacturerPartNumber={part}
        connections={{ pin1: to(anode), pin2: to(cathode) }}
      />
      <Reference
        name={placed.name}
        at={placed.at}
        label={placed.label ?? beside("0603", placed.at)}
      />
    </>
  )
}

export function Fet({
  part,
  channel,
  gate,
  drain,
  source,
  ...placed
}: OfPart & { channel: "n" | "p"; gate: string; drain: string; source: string }) {
  return (
    <>
      <mosfet
        {...usePlace(placed)}
        channelType={channel}
        mosfetMode="enhancement"
        footprint={sot23([3, 2, 1])}
        manufacturerPartNumber={part}
        connections={{ gate: to(gate), drain: to(drain), source: to(source) }}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 2.2]} />
    </>
  )
}

/** In SOT-89. */
export function Bjt({
  part,
  type,
  base,
  collector,
  emitter,
  ...placed
}: OfPart & { type: "npn" | "pnp"; base: string; collector: string; emitter: string }) {
  return (
    <>
      <transistor
        {...usePlace(placed)}
        type={type}
        footprint={sot89()}
        manufacturerPartNumber={part}
        connections={{ base: to(base), collector: to(collector), emitter: to(emitter) }}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 3]} />
    </>
  )
}
