/** Where a part stands, on the board and in the schematic, and what it is called there. */
import { createContext, type ReactNode, useContext } from "react"

/** Board: millimetres from its centre, y up. Schematic: its units. Rotation in degrees, counter-clockwise. */
export type Place = readonly [x: number, y: number, rotation?: number]

export interface Placed {
  name: string
  at: Place
  sch: Place
  /** From the part's centre to its reference on the silkscreen, millimetres; turned by degrees. */
  label?: Place
}
export interface OfPart extends Placed {
  /** Maker's part number. */
  part: string
}

const LABEL_mm = 0.7

/** Which sheet of the schematic a part stands on. */
export const SheetContext = createContext("")
/** All parts inside stand on one sheet of the schematic. */
export function Sheet({ name, children }: { name: string; children: ReactNode }) {
  return <SheetContext.Provider value={name}>{children}</SheetContext.Provider>
}

/** Of a part inside a `Sheet`. */
export function usePlace({ name, at, sch }: Placed) {
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
export function Reference({ name, at, label }: Pick<Placed, "name" | "at"> & { label: Place }) {
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
export function beside(size: string, at: Place): Place {
  const away = { "0603": 1.1, "0805": 1.35, "1206": 1.55 }[size] ?? 1.7
  return (at[2] ?? 0) % 180 === 0 ? [0, away] : [-away, 0, 90]
}

export const to = (net: string) => `net.${net}`
