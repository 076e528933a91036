import type { ReactNode } from "react"
import type { Component } from "../../components"
import { chip0805, coil4 } from "../footprints"
import { Chip } from "./chip"
import { beside, type OfPart, type Placed, Reference, to, usePlace } from "./place"

interface Passive extends Placed {
  of: Component
  /** Of pin 1 and pin 2. */
  nets: readonly [string, string]
  footprint?: ReactNode
}

/** What resistors and capacitors have alike. */
function usePassive({ of, nets, footprint, ...placed }: Passive) {
  return {
    ...usePlace(placed),
    footprint: (footprint as string) ?? `res${of.package}`,
    manufacturerPartNumber: of.parts[0],
    connections: { pin1: to(nets[0]), pin2: to(nets[1]) },
  }
}

function PassiveReference({ of, name, at, label }: Passive) {
  return <Reference name={name} at={at} label={label ?? beside(of.package, at)} />
}

export function R(passive: Passive) {
  return (
    <>
      <resistor {...usePassive(passive)} resistance={passive.of.value} />
      <PassiveReference {...passive} />
    </>
  )
}

export function C(passive: Passive) {
  return (
    <>
      <capacitor {...usePassive(passive)} capacitance={passive.of.value} />
      <PassiveReference {...passive} />
    </>
  )
}

interface Inline extends OfPart {
  nets: readonly [string, string]
}

/** In 1206; `hold` is what it carries for ever. */
export function Fuse({ part, nets, hold, ...placed }: Inline & { hold: string }) {
  return (
    <>
      <fuse
        {...usePlace(placed)}
        currentRating={hold}
        footprint="res1206"
        manufacturerPartNumber={part}
        connections={{ pin1: to(nets[0]), pin2: to(nets[1]) }}
      />
      <Reference
        name={placed.name}
        at={placed.at}
        label={placed.label ?? beside("1206", placed.at)}
      />
    </>
  )
}

/** A ferrite bead, in 0805. */
export function Bead({ part, nets, ...placed }: Inline) {
  return (
    <Chip
      {...placed}
      part={part}
      footprint={chip0805()}
      pins={["A", "B"]}
      nets={{ A: nets[0], B: nets[1] }}
      left={["A"]}
      right={["B"]}
      width={0.8}
      label={placed.label ?? beside("0805", placed.at)}
    />
  )
}

export function Coil({ of, nets, ...placed }: Passive) {
  return (
    <>
      <inductor
        {...usePlace(placed)}
        inductance={of.value}
        footprint={coil4()}
        manufacturerPartNumber={of.parts[0]}
        connections={{ pin1: to(nets[0]), pin2: to(nets[1]) }}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 2.8]} />
    </>
  )
}
