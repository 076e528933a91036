import type { Paper } from "../paper"
import { depositRows } from "./rowsDeposits"
import { fullRows } from "./rowsFull"
import { harshRows } from "./rowsHarsh"
import { mildRows } from "./rowsMild"
import { nucleationRow } from "./rowsNucleation"
import { otherRows } from "./rowsOther"
import { fullRuns } from "./runsFull"
import { shortRuns } from "./runsShort"
import { symmetricRuns } from "./runsSymmetric"

/** In the order of their ids, which sort as text. */
const rows = [
  nucleationRow,
  ...mildRows,
  ...harshRows,
  ...otherRows,
  ...depositRows,
  ...fullRows,
].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Lithium with a dendritic skeleton of Li₃Mg₇: 32 tests. */
export const zhang2021: Paper = {
  key: "Zhang2021",
  citation: "Zhang, Ju, Xia, Sun, Yu, Adv. Funct. Mater. 2021",
  doi: "10.1002/adfm.202009712",
  runs: [...symmetricRuns, ...shortRuns, ...fullRuns],
  rows,
}
