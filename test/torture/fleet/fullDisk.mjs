// Loaded before a program: while the file FULL_DISK names is there, nothing more goes onto the disk.
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const { FULL_DISK = "" } = process.env
const { existsSync } = fs

function refusing(name, isMeant = () => true) {
  const call = fs[name]
  fs[name] = (...args) => {
    if (!isMeant(...args) || !existsSync(FULL_DISK)) return call(...args)
    throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), {
      code: "ENOSPC",
      syscall: name,
    })
  }
}

for (const name of ["writeSync", "writeFileSync", "appendFileSync", "mkdirSync", "linkSync"])
  refusing(name)
refusing("openSync", (_path, flags) => flags !== undefined && flags !== "r")
syncBuiltinESMExports()
