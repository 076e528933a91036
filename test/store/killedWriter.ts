// Appends pages to a board's log in batches of a few, telling of each once it is durable, and ends itself by
// SIGKILL in the middle of the file-system call of a given number: after the call, or before a write is whole.
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const [folder, id, killAt, share] = process.argv.slice(2)

let calls = 0
const die = () => process.kill(process.pid, "SIGKILL")

type Call = (...args: never[]) => unknown
const patch = (
  name: "openSync" | "fsyncSync" | "ftruncateSync" | "closeSync" | "writeFileSync",
) => {
  const real = fs[name] as Call
  ;(fs as Record<string, unknown>)[name] = (...args: never[]) => {
    const result = real(...args)
    if (++calls >= Number(killAt)) die()
    return result
  }
}
for (const name of [
  "openSync",
  "fsyncSync",
  "ftruncateSync",
  "closeSync",
  "writeFileSync",
] as const)
  patch(name)
const write = fs.writeSync
fs.writeSync = ((fd: number, bytes: Buffer, offset: number, length: number, at: number) => {
  if (++calls < Number(killAt)) return write(fd, bytes, offset, length, at)
  write(fd, bytes, offset, Math.floor(length * Number(share)), at)
  return die()
}) as typeof fs.writeSync
syncBuiltinESMExports()

const { Store } = await import("../../host/store/store")
const { pagesAt } = await import("./logOf")
const log = Store.open(folder).board(id)
const writer = log.writer()
for (let batch = 0; batch < 40; batch++) {
  const { next } = writer
  const first = batch % 5 === 4 ? next + 3 : next
  const count = 1 + (next % 4)
  writer.append(first, pagesAt(first, first + count))
  write(1, `${first + count}\n`)
}
writer.close()
