import type { Lab } from "../live/lab"
import { boardRow } from "./boardRows"
import type { Row, Table } from "./catalogue"
import type { Keeper } from "./keeper"
import { storeRows } from "./storeRows"

/** A calibration is due again after so many, unless somebody says otherwise. */
export const CALIBRATION_DAYS = 365

/** Tells the catalogue what a host knows: its boards that are there, its tests and their cells. @throws CatalogueError */
export async function keepLab(
  keeper: Keeper,
  live: Lab,
  { lab, host, calibrationDays }: { lab: string; host: string; calibrationDays: number },
): Promise<void> {
  const rows: { table: Table; row: Row }[] = []
  for (const board of live.boards)
    if (board.isThere) {
      const session = live.session(board.id)
      const row = await boardRow(lab, host, board, session, calibrationDays)
      rows.push({ table: "boards", row })
    }
  await keeper.keep([...rows, ...storeRows(lab, host, live.store)])
}
