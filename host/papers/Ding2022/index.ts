import type { Paper } from "../paper"
import { fullRows } from "./rowsFull"
import { resistanceRows } from "./rowsResistance"
import { symmetricRows } from "./rowsSymmetric"
import { fullRuns } from "./runsFull"
import { symmetricRuns } from "./runsSymmetric"

/** The rows in the order of their ids, which sort as text. */
const rows = [...symmetricRows, ...fullRows, ...resistanceRows].sort((a, b) =>
  a.id < b.id ? -1 : 1,
)

/** Lithium in hollow carbon with WN/Mo₂N, and full cells of it with NCM811. */
export const ding2022: Paper = {
  key: "Ding2022",
  citation: "Ding, An, Yu, Lv, Kang, He; Energy Mater. 2022, 2, 200039",
  doi: "10.20517/energymater.2022.53",
  runs: [...symmetricRuns, ...fullRuns],
  rows,
}
