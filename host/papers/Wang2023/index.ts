import type { Paper } from "../paper"
import { conditioningRows } from "./rowsConditioning"
import { foilRows } from "./rowsFoil"
import { fullRows } from "./rowsFull"
import { nucleationRows } from "./rowsNucleation"
import { pouchRows } from "./rowsPouch"
import { symmetricRows } from "./rowsSymmetric"
import { runs } from "./runs"

/** The rows in the order of their ids, which sort as text. */
const rows = [
  ...symmetricRows,
  ...nucleationRows,
  ...foilRows,
  ...conditioningRows,
  ...fullRows,
  ...pouchRows,
].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Solid solutions of lithium with silver or magnesium: 24 tests. */
export const wang2023: Paper = {
  key: "Wang2023",
  citation: "Wang et al., Adv. Funct. Mater. 2023",
  doi: "10.1002/adfm.202307281",
  runs: Object.values(runs),
  rows,
}
