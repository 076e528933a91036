import { testPad } from "../footprints"
import { type Placed, Reference, to, usePlace } from "./place"

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
