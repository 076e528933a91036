import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { writeFile } from "../store/files"
import type { S3Bucket } from "./s3Bucket"

/** Which version of each object the folder has: key → ETag. */
const INDEX = "_mirror.json"

/** While files come and go at every look, that of the last one must do. */
const MOST_LOOKS = 10

/**
 * Makes a folder the same as a bucket, fetching only what is new in it: files of a dataset hardly ever change, and
 * DuckDB reads a folder without the extension, a download, that it needs for a bucket. It looks until nothing is new,
 * so that the files are there that the rows of tests list.
 * @param prefixes of the keys that are wanted; what else is in the folder stays
 */
export async function mirror(
  bucket: S3Bucket,
  folder: string,
  prefixes: readonly string[] = [""],
): Promise<void> {
  const index = join(folder, INDEX)
  mkdirSync(folder, { recursive: true })
  const have: Record<string, string> = existsSync(index)
    ? JSON.parse(readFileSync(index, "utf8"))
    : {}
  const isWanted = (key: string) => prefixes.some((prefix) => key.startsWith(prefix))
  try {
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const there = await versionsOf(bucket, prefixes)
      const fresh = [...there].filter(([key, version]) => have[key] !== version)
      const gone = Object.keys(have).filter((key) => isWanted(key) && !there.has(key))
      if (fresh.length === 0 && gone.length === 0) return
      // What was removed since it was listed is not there at the next look.
      for (const [key, version] of fresh)
        if (await fetched(bucket, key, join(folder, ...key.split("/")))) have[key] = version
      for (const key of gone) {
        rmSync(join(folder, ...key.split("/")), { force: true })
        delete have[key]
      }
    }
  } finally {
    writeFile(index, JSON.stringify(have))
  }
}

async function versionsOf(
  bucket: S3Bucket,
  prefixes: readonly string[],
): Promise<Map<string, string>> {
  const there = new Map<string, string>()
  for (const prefix of prefixes)
    for (const [key, version] of await bucket.versions(prefix)) there.set(key, version)
  return there
}

async function fetched(bucket: S3Bucket, key: string, path: string): Promise<boolean> {
  mkdirSync(dirname(path), { recursive: true })
  if (!(await bucket.fetch(key, `${path}.part`))) return false
  renameSync(`${path}.part`, path)
  return true
}
