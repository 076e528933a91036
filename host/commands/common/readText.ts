import { readFileSync } from "node:fs"
import { TesterError } from "../../errors"

/** @throws TesterError when the file cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ENOENT") throw new TesterError(`There is no file ${path}.`)
    throw new TesterError(`${path} cannot be read: ${message}.`)
  }
}
