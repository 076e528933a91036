import { createWriteStream, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Sample } from "../sample"
import { type BdfTest, bdfFileName, bdfMetadata, bdfMetadataFileName, writeBdf } from "./bdf"

/** Writes a test's BDF file and its sidecar into a folder. Gives the BDF file's path. */
export async function exportBdf(
  test: BdfTest,
  samples: Iterable<Sample>,
  folder: string,
): Promise<string> {
  const name = bdfFileName(test)
  const path = join(folder, name)
  await writeBdf(samples, createWriteStream(path))
  const metadata = `${JSON.stringify(bdfMetadata(test), null, 2)}\n`
  writeFileSync(join(folder, bdfMetadataFileName(name)), metadata)
  return path
}
