import { Fragment, type ReactNode, useContext } from "react"
import { pinRow } from "../footprints"
import { type OfPart, Reference, SheetContext, to, usePlace } from "./place"

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
