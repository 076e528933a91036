// What host and package know of the simulator's cells: the part of the seam that needs no board.
import { cellCatalogue } from "../../sim/cells/catalogue"
import type { CatalogueEntry } from "../../sim/cells/catalogue/entry"
import { TesterError } from "../errors"

export type { AnalogErrorName, AnalogErrorSwitches } from "../../sim/analogErrors"
export type { FullCell, FullCellParameters } from "../../sim/cells/fullCell"
export { type CellModel, CellModelError } from "../../sim/cells/guardedCell"
export type { LithiumCopper, LithiumCopperParameters } from "../../sim/cells/lithiumCopper"
export type { LithiumSymmetric, LithiumSymmetricParameters } from "../../sim/cells/lithiumSymmetric"
export * from "../../sim/cells/typical"

/** Names of the cells that a simulated board can be given. */
export const simulatedCells: readonly string[] = Object.keys(cellCatalogue)

/**
 * What the catalogue says of a simulated cell.
 * @throws TesterError when there is none of that name
 */
export function simulatedCell(name: string): CatalogueEntry {
  const entry = cellCatalogue[name]
  if (entry !== undefined) return entry
  throw new TesterError(`No simulated cell '${name}'. There are: ${simulatedCells.join("; ")}.`)
}
