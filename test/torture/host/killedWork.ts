// Does one of the host's works, and ends itself by SIGKILL at the file-system call of a given number, after a
// share of what that was to write. Without a number it says how many calls there are.
import { writeSync } from "node:fs"
import { breakDisk } from "./brittleDisk"
import { WORKS, type WorkName } from "./works"

const [work, folder, at, share] = process.argv.slice(2)
const write = writeSync
const { calls } = breakDisk({
  at: Number(at),
  isLasting: false,
  share: Number(share),
  happen() {
    process.kill(process.pid, "SIGKILL")
    // The signal may come a moment later.
    for (;;);
  },
})
await WORKS[work as WorkName].run(folder, (what) => write(1, `${what}\n`))
write(2, `${calls()}`)
