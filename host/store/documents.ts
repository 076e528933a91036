import { readFileSync } from "node:fs"
import { stringify } from "yaml"
import { z } from "zod"
import { pathText, problemsOf, readDocument } from "../document"
import { writeFile } from "./files"
import { diskError, StoreError } from "./storeError"

const firmware = z.strictObject({
  version: z.string(),
  /** What it was built for, by its key in devicescript.json. */
  board: z.string(),
  /** Hash of its sources; absent where the board did not tell. */
  build: z.string().optional(),
})

const boardId = z.string().regex(/^[0-9a-f]{16}$/, "16 hexadecimal digits")
/** It becomes a part of folders' names. */
const boardName = z.string().regex(/^[A-Za-z0-9_-]{1,16}$/, "letters and digits, such as KX42")

/** `board.yaml`: what is known of a board. */
export const boardFileSchema = z.strictObject({
  format: z.literal(1),
  id: boardId,
  name: boardName,
  /** As of the last download. */
  firmware: firmware.optional(),
  simulated: z.boolean().optional(),
})
export type BoardFile = z.infer<typeof boardFileSchema>

/** `test.yaml`: what makes a test this one, and what is known of its start. */
export const testFileSchema = z.strictObject({
  format: z.literal(1),
  /** The board's id. */
  board: boardId,
  board_name: boardName,
  channel: z.int().min(0).max(14),
  test: z.int().min(0).max(65535),
  /** Which of the board's logs was being written: 1, or more after its flash was replaced. */
  log: z.int().min(1),
  /** Start of the board, and its time in that, just before the test began; or when its first page was opened. */
  boot: z.int().min(0),
  board_time_ms: z.number().min(0),
  /** UTC, by the host that started it; by the board's clock for a test of another host; absent if unknown. */
  started: z.iso.datetime().optional(),
  /** Absent when another host started it. */
  host_version: z.string().optional(),
  firmware: firmware.optional(),
  simulated: z.boolean().optional(),
  /** Resistor and meter of the calibration in force; absent without one. */
  calibration_standard: z.string().optional(),
  /** The protocol's file as it was given. */
  protocol_file: z.string().optional(),
})
export type TestFile = z.infer<typeof testFileSchema>

/** @throws StoreError naming file, line and key of all that is wrong */
export function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  const document = readDocument(readText(path), path)
  const result = schema.safeParse(document.value)
  if (result.success) return result.data
  const problems = problemsOf(result.error).map(({ path: key, message }) => {
    const line = document.lineOf(key)
    return `${line === undefined ? "" : `line ${line}, `}${pathText(key, "the whole file")}: ${message}`
  })
  throw new StoreError(path, `${problems.join(" ")} Mend the file, or restore it from a backup.`)
}

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new StoreError(path, "is missing. Restore it from a backup, or write it anew.")
    throw diskError(error, path)
  }
}

export function yamlText(value: BoardFile | TestFile, comment: string): string {
  return `# ${comment}\n${stringify(value)}`
}

export function writeYaml(path: string, value: BoardFile | TestFile, comment: string): void {
  writeFile(path, yamlText(value, comment))
}
