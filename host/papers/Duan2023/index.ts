import type { Paper } from "../paper"
import { fullRows } from "./rowsFull"
import { lithiumRows } from "./rowsLithium"
import { pelletRows } from "./rowsPellets"
import { fullRuns } from "./runsFull"
import { lithiumRuns } from "./runsLithium"
import { pelletRuns } from "./runsPellets"

/** The rows in the order of their ids, which sort as text. */
const rows = [...pelletRows, ...lithiumRows, ...fullRows].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Lithium that grows into a reacting layer, and all-solid-state cells of it with LCO. */
export const duan2023: Paper = {
  key: "Duan2023",
  citation: "Duan, Wang, Yu, Li, …, Sun; Adv. Energy Mater. 2023, 2300815",
  doi: "10.1002/aenm.202300815",
  runs: [...pelletRuns, ...lithiumRuns, ...fullRuns],
  rows,
}
