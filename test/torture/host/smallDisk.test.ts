import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { TesterError } from "../../../host/errors"
import { memoryFolder } from "../memoryFolder"
import { WORKS, type WorkName } from "./works"

const root = memoryFolder("disk")
const disk = join(root, "mounted")
mkdirSync(disk)
/** Only root may mount, and not in every container. */
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", disk]).status === 0
afterAll(() => {
  // A file that was left open would keep it from that.
  if (isMounted) expect(spawnSync("umount", [disk]).status).toBe(0)
  rmSync(root, { recursive: true })
})

test.runIf(isMounted).each(Object.keys(WORKS) as WorkName[])(
  "%s on a real disk with room for 0 to 60 kB: told in words, nothing half written, and it goes on when there is room",
  async (work) => {
    let refused = 0
    for (let free_kB = 0; free_kB <= 60; free_kB += 10) {
      const folder = join(disk, "data")
      mkdirSync(folder)
      const stuffing = join(disk, "stuffing")
      writeFileSync(stuffing, "")
      fill(stuffing, free_kB)
      const told: string[] = []
      const tell = (what: string) => told.push(what)
      try {
        await WORKS[work].run(folder, tell)
      } catch (error) {
        refused++
        expect(error).toBeInstanceOf(TesterError)
      }
      WORKS[work].check(folder, told)
      rmSync(stuffing)
      await WORKS[work].run(folder, tell)
      WORKS[work].check(folder, told)
      rmSync(folder, { recursive: true })
    }
    expect(refused).toBeGreaterThan(0)
  },
)

/** Leaves so much free. */
function fill(path: string, free_kB: number): void {
  for (let size_kB = 512; size_kB > 0; size_kB -= 4) {
    try {
      writeFileSync(path, Buffer.alloc(1024 * size_kB))
    } catch {
      continue
    }
    writeFileSync(path, Buffer.alloc(1024 * Math.max(0, size_kB - free_kB)))
    return
  }
}
