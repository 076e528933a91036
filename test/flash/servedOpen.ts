import { SimulatedBoard } from "../../sim/board"
import type { Cell } from "../../sim/cells/cell"
import { type Served, serveBoard } from "../transport/served"

/**
 * Serves a board with jumper J6 open, as flashing wants it: virtual time runs so fast here that the watchdog would
 * bite before the host has written all.
 */
export function serveOpen(seed: number, firmware: Uint8Array, cells: Cell[] = []): Promise<Served> {
  const board = new SimulatedBoard({ seed, firmware, cells, watchdog: false })
  board.powerOn()
  return serveBoard(board, Number.POSITIVE_INFINITY)
}
