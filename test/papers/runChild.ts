// Does one tiny run in a process of its own, telling of its progress, so that a test can kill it in the middle.
import { runTest } from "../../host/papers/runTest"
import { tinyPaper } from "./tinyPaper"

// jacdac-ts tells every step of its connections there.
console.debug = () => {}
const [key, folder] = process.argv.slice(2)
const run = tinyPaper.runs.find((one) => one.key === key)
if (run === undefined) throw new Error(key)
const onProgress = ({ time_s }: { time_s: number }) => process.stdout.write(`${time_s}\n`)
await runTest(run, { engine: "native", folder, onProgress })
