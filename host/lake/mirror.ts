import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { writeFile } from "../store/files"
import type { S3Bucket } from "./s3Bucket"

/** Which version of each object the folder has: key → ETag. */
const INDEX = "_mirror.json"

/**
 * Makes a folder the same as a bucket, fetching only what is new in it: files of a dataset hardly ever change, and
 * DuckDB reads a folder without the extension, a download, that it needs for a bucket.
 */
export async function mirror(bucket: S3Bucket, folder: string): Promise<void> {
  const index = join(folder, INDEX)
  mkdirSync(folder, { recursive: true })
  const have: Record<string, string> = existsSync(index)
    ? JSON.parse(readFileSync(index, "utf8"))
    : {}
  const there = await bucket.versions()
  for (const key of Object.keys(have))
    if (!there.has(key)) {
      rmSync(join(folder, ...key.split("/")), { force: true })
      delete have[key]
    }
  try {
    for (const [key, version] of there) {
      if (have[key] === version) continue
      const path = join(folder, ...key.split("/"))
      mkdirSync(dirname(path), { recursive: true })
      await bucket.fetch(key, `${path}.part`)
      renameSync(`${path}.part`, path)
      have[key] = version
    }
  } finally {
    writeFile(index, JSON.stringify(have))
  }
}
