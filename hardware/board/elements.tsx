/** The parts of a board as they stand in a drawing: what, where on the board, where in the schematic, which nets. */
import { createContext, Fragment, type ReactNode, useContext } from "react"
import type { Component } from "../components"
import {
  chip0805,
  coil4,
  led0603,
  pinRow,
  sod123,
  sod323,
  sot23,
  sot89,
  testPad,
} from "./footprints"

/** Board: millimetres from its centre, y up. Schematic: its units. Rotation in degrees, counter-clockwise. */
export type Place = readonly [x: number, y: number, rotation?: number]

interface Placed {
  name: string
  at: Place
  sch: Place
  /** From the part's centre to its reference on the silkscreen, millimetres; turned by degrees. */
  label?: Place
}
interface OfPart extends Placed {
  /** Maker's part number. */
  part: string
}

const LABEL_mm = 0.7

const SheetContext = createContext("")
/** All parts inside stand on one sheet of the schematic. */
export function Sheet({ name, children }: { name: string; children: ReactNode }) {
  return <SheetContext.Provider value={name}>{children}</SheetContext.Provider>
}

/** Of a part inside a `Sheet`. */
function usePlace({ name, at, sch }: Placed) {
  const sheet = useContext(SheetContext)
  return {
    name,
    pcbX: at[0],
    pcbY: at[1],
    pcbRotation: at[2] ?? 0,
    schX: sch[0],
    schY: sch[1],
    schRotation: sch[2] ?? 0,
    schSheetName: sheet,
    pcbStyle: { silkscreenTextVisibility: "hidden" as const },
  }
}

/** Drawn by us, because the footprints' own references cannot be moved out of each other's way. */
function Reference({ name, at, label }: Pick<Placed, "name" | "at"> & { label: Place }) {
  return (
    <silkscreentext
      text={name}
      pcbX={at[0] + label[0]}
      pcbY={at[1] + label[1]}
      pcbRotation={label[2] ?? 0}
      fontSize={LABEL_mm}
      anchorAlignment="center"
    />
  )
}

/** Above a part that lies, left of one that stands. */
function beside(size: string, at: Place): Place {
  const away = { "0603": 1.1, "0805": 1.35, "1206": 1.55 }[size] ?? 1.7
  return (at[2] ?? 0) % 180 === 0 ? [0, away] : [-away, 0, 90]
}

const to = (net: string) => `net.${net}`

interface Passive extends Placed {
  of: Component
  /** Of pin 1 and pin 2. */
  nets: readonly [string, string]
  footprint?: ReactNode
}

export function R({ of, nets, footprint, ...placed }: Passive) {
  return (
    <>
      <resistor
        {...usePlace(placed)}
        resistance={of.value}
        footprint={(footprint as string) ?? `res${of.package}`}
        manufacturerPartNumber={of.parts[0]}
        connections={{ pin1: to(nets[0]), pin2: to(nets[1]) }}
      />
      <Reference
        name={placed.name}
        at={placed.at}
        label={placed.label ?? beside(of.package, placed.at)}
      />
    </>
  )
}

export function C({ of, nets, footprint, ...placed }: Passive) {
  return (
    <>
      <capacitor
        {...usePlace(placed)}
        capacitance={of.value}
        footprint={(footprint as string) ?? `res${of.package}`}
        manufacturerPartNumber={of.parts[0]}
        connections={{ pin1: to(nets[0]), pin2: to(nets[1]) }}
      />
      <Reference
        name={placed.name}
        at={placed.at}
        label={placed.label ?? beside(of.package, placed.at)}
      />
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

/** One box of the schematic for some of a chip's pins, by their names. */
export interface Section {
  title: string
  sch: readonly [x: number, y: number]
  left: string[]
  right: string[]
  width?: number
  sheet?: string
}

export function Chip({
  part,
  footprint,
  pins,
  nets,
  left,
  right,
  width,
  sections,
  value,
  ...placed
}: OfPart & {
  footprint: ReactNode
  /** Names of the pins in order, no two alike. */
  pins: readonly string[]
  /** By the pin's name. What is not here is not connected. */
  nets: Record<string, string>
  left?: string[]
  right?: string[]
  width?: number
  sections?: Section[]
  /** Shown instead of the part's number. */
  value?: string
}) {
  const pinLabels: Record<string, string> = {}
  const connections: Record<string, string> = {}
  pins.forEach((label, i) => {
    pinLabels[`pin${i + 1}`] = label
    if (nets[label] !== undefined) connections[`pin${i + 1}`] = to(nets[label])
  })
  const unknown = Object.keys(nets).filter((label) => !pins.includes(label))
  if (unknown.length > 0) throw new Error(`${placed.name} has no pin ${unknown.join(", ")}`)
  const free = pins.filter((label) => nets[label] === undefined)
  const sheet = useContext(SheetContext)
  const number = (label: string) => `pin${pins.indexOf(label) + 1}`
  return (
    <>
      <chip
        {...usePlace(placed)}
        manufacturerPartNumber={part}
        footprint={footprint as never}
        pinLabels={pinLabels}
        connections={connections}
        noConnect={free}
        displayName={value}
        noSchematicRepresentation={sections !== undefined}
        schPinArrangement={
          left &&
          right && {
            leftSide: { direction: "top-to-bottom", pins: left },
            rightSide: { direction: "top-to-bottom", pins: right },
          }
        }
        schWidth={width}
      />
      <Reference name={placed.name} at={placed.at} label={placed.label ?? [0, 0]} />
      {sections?.map((section) => (
        <Fragment key={section.title}>
          <schematicbox
            name={section.title}
            chipRef={`.${placed.name}`}
            schX={section.sch[0]}
            schY={section.sch[1]}
            schSheetName={section.sheet ?? sheet}
            width={section.width ?? 1.6}
            height={Math.max(section.left.length, section.right.length) * 0.2 + 0.2}
            pinLabels={Object.fromEntries(
              [...section.left, ...section.right].map((label) => [number(label), label]),
            )}
            schPinArrangement={{
              leftSide: section.left.map(number),
              rightSide: section.right.map(number),
            }}
          />
        </Fragment>
      ))}
    </>
  )
}

/** A row of pins 2.54 mm apart. */
export function Row({
  names,
  nets,
  footprint,
  facing,
  ...placed
}: OfPart & {
  names: readonly string[]
  nets: Record<string, string>
  footprint?: ReactNode
  facing: "left" | "right"
}) {
  const labels = [...names]
  return (
    <Chip
      {...placed}
      footprint={footprint ?? pinRow(names.length)}
      pins={labels}
      nets={nets}
      left={facing === "left" ? labels : []}
      right={facing === "right" ? labels : []}
    />
  )
}

/** Its net's name stands beside it instead of a reference. */
export function TestPoint({ net, label, ...placed }: Placed & { net: string }) {
  return (
    <>
      <testpoint
        {...usePlace(placed)}
        footprint={testPad()}
        connections={{ pin1: to(net) }}
        doNotPlace
      />
      <Reference name={net} at={placed.at} label={label ?? [0, 1.4]} />
    </>
  )
}

export function Text({
  at,
  children,
  size = 1,
  turn = 0,
}: {
  at: readonly [number, number]
  children: string
  size?: number
  turn?: number
}) {
  return (
    <silkscreentext
      text={children}
      pcbX={at[0]}
      pcbY={at[1]}
      fontSize={size}
      pcbRotation={turn}
      anchorAlignment="center"
    />
  )
}
