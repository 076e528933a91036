import type { Paper } from "../paper"
import { fullRows } from "./rowsFull"
import { harshRows } from "./rowsHarsh"
import { lithiumRows } from "./rowsLithium"
import { mildRows } from "./rowsMild"
import { runs } from "./runs"

/** The rows in the order of their ids, which sort as text. */
const rows = [...mildRows, ...harshRows, ...lithiumRows, ...fullRows].sort((a, b) =>
  a.id < b.id ? -1 : 1,
)

/** Lithium kneaded with AlN: 17 tests. */
export const ma2024: Paper = {
  key: "Ma2024",
  citation: "Ma et al., Adv. Energy Mater. 2024",
  doi: "10.1002/aenm.202400202",
  runs: Object.values(runs),
  rows,
}
