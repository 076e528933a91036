import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { writeFile } from "../store/files"

const doneSchema = z.strictObject({
  format: z.literal(1),
  /** Of the run as it was done. */
  fingerprint: z.string(),
  run: z.string(),
  /** Id of its test in the store beside. */
  test: z.string(),
  /** How it ended, as the board names that. */
  end: z.string(),
  test_time_s: z.number(),
  /** Which one ran it; the records do not depend on that. */
  engine: z.enum(["vm", "native"]),
  wall_s: z.number(),
})
/** `done.json`: this folder holds all of a run. */
export type Done = z.infer<typeof doneSchema>

/** Undefined when the folder holds no run that came to its end. */
export function readDone(folder: string): Done | undefined {
  const path = pathIn(folder)
  if (!existsSync(path)) return undefined
  try {
    return doneSchema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data
  } catch {
    return undefined
  }
}

export function writeDone(folder: string, done: Done): void {
  writeFile(pathIn(folder), `${JSON.stringify(done, null, 2)}\n`)
}

function pathIn(folder: string): string {
  return join(folder, "done.json")
}
