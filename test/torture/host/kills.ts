import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { memoryFolder } from "../memoryFolder"
import { WORKS, type WorkName } from "./works"

/** A program that does the host's works and can be killed in them: one file, which starts in a tenth of a second. */
export class Killer {
  private readonly folder = memoryFolder("kills")
  private readonly program = join(this.folder, "killedWork.mjs")
  private made = 0

  async make(): Promise<this> {
    await build({
      entryPoints: [fileURLToPath(new URL("killedWork.ts", import.meta.url))],
      outfile: this.program,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["serialport", "@devicescript/*"],
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)',
      },
      logLevel: "error",
    })
    return this
  }

  /** How many calls of the file system a work makes. */
  calls(work: WorkName): number {
    return Number(this.run(work, this.newFolder(), 0, 0).stderr)
  }

  /**
   * Kills a work at a call, perhaps a second time where it goes on, and then lets it come to its end.
   * @param at numbers of calls, and shares of what they were to write
   * @returns how often it was killed
   * @throws what was lost or half written
   */
  async kill(work: WorkName, at: readonly { call: number; share: number }[]): Promise<number> {
    const folder = this.newFolder()
    const told: string[] = []
    let kills = 0
    for (const { call, share } of at) {
      const run = this.run(work, folder, call, share)
      if (run.signal === "SIGKILL") kills++
      else if (run.status !== 0) throw new Error(run.stderr)
      told.push(...run.stdout.split("\n").filter((line) => line !== ""))
      WORKS[work].check(folder, told)
    }
    const before = told.length
    await WORKS[work].run(folder, (what) => told.push(what))
    if (told.length === before) throw new Error("it came to its end and told of nothing")
    WORKS[work].check(folder, told)
    rmSync(folder, { recursive: true })
    return kills
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }

  private newFolder(): string {
    const folder = join(this.folder, String(++this.made))
    mkdirSync(folder)
    return folder
  }

  private run(work: WorkName, folder: string, call: number, share: number) {
    const args = [this.program, work, folder, String(call), String(share)]
    return spawnSync(process.execPath, args, { encoding: "utf8" })
  }
}
