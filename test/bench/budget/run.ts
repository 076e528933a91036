// `npm run budget`: adds the error budget up, draws boards from it, and writes hardware/ERROR_BUDGET.md.
import { writeFileSync } from "node:fs"
import { PAGE, sourcesPage, termsPage } from "../../../hardware/errorBudget/page"
import { ALL_ppm, boardsPage, drawBoards, MOST_ppm, quantile, worstCurrent } from "./boardsPage"

const BOARDS = 3000
const AS_BUILT = 300

const calibrated = drawBoards(BOARDS, true)
const boards = boardsPage(calibrated, drawBoards(AS_BUILT, false))
const page = [termsPage(), boards, sourcesPage()].join("\n")
console.log(page)
writeFileSync(PAGE, page)
for (const values of [calibrated.map((board) => board.voltage), calibrated.map(worstCurrent)])
  if (quantile(values, 0.95) > MOST_ppm || quantile(values, 1) > ALL_ppm) {
    console.error("Not reached: 0.05 % by 95 % of all boards, and 0.1 % by all.")
    process.exitCode = 1
  }
