// Appends batches of ten pages to a board's log until the disk takes no more, and says why that is.
import { Store } from "../../host/store/store"
import { pagesAt } from "./logOf"

const [folder, id] = process.argv.slice(2)
const log = Store.open(folder).board(id)
try {
  for (let first = 0; first < 1000; first += 10) log.append(first, pagesAt(first, first + 10))
} catch (error) {
  console.error((error as Error).message)
}
