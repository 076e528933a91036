// Downloads 4 MB of log, and prints how many bytes of it were in memory at most. A process of its own, that
// nothing else uses memory in.
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { download } from "../../host/store/download"
import { FakeBoard, logIn, sessionWith } from "./fakeBoard"
import { pageAt } from "./logOf"

const PAGES = 16_384
const EVERY = PAGES / 4

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void
const inUse = () => {
  collectGarbage()
  // What the first found is given back in the background, and surely before the second.
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}
const board = new FakeBoard(PAGES, (sequence) => pageAt(sequence))
const before = inUse()
let most = 0
await download(sessionWith(board), logIn(process.argv[2], board), {
  onProgress: ({ done }) => {
    if (done % EVERY === 0) most = Math.max(most, inUse() - before)
  },
})
console.log(most)
