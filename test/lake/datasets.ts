import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { FolderBucket } from "../../host/lake/folderBucket"
import type { LakeTest } from "../../host/lake/publishTest"
import type { Records } from "../../host/records"
import { aStep, type Step, testOf } from "../formats/batches"

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

export function newLake(): { folder: string; bucket: FolderBucket } {
  const folder = mkdtempSync(join(tmpdir(), "coincell-lake-"))
  folders.push(folder)
  return { folder, bucket: new FolderBucket(folder) }
}

const HOUR_s = 3600

/** A record an hour: a charge and a discharge of 20 h in turn, two in a cycle. */
export function hourly(steps: number): Step[] {
  return Array.from({ length: steps }, (_, i) => ({
    ...aStep,
    cycle: 1 + (i >> 1),
    current_A: i % 2 === 0 ? 1e-3 : -0.9e-3,
    times_s: Array.from({ length: 20 }, (_, i) => (i + 1) * HOUR_s),
  }))
}

export function lakeTest(batches: Records[], more: Partial<LakeTest> = {}): LakeTest {
  const test = testOf(batches, { id: "AB12-0-7", channel: 0 })
  return { ...test, isOver: true, mark: `${batches.length}`, ...more }
}

/** Of all files the bytes, by path. */
export function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
  return new Map(paths.map((path) => [path, readFileSync(path, "base64")]))
}

/** Ends after so many writes, as a process that is killed. */
export class FailingBucket extends FolderBucket {
  constructor(
    folder: string,
    private left: number,
  ) {
    super(folder)
  }

  override async put(key: string, bytes: Uint8Array): Promise<void> {
    this.count()
    await super.put(key, bytes)
  }

  override async putDraft(key: string, path: string): Promise<void> {
    this.count()
    await super.putDraft(key, path)
  }

  override async remove(key: string): Promise<void> {
    this.count()
    await super.remove(key)
  }

  private count(): void {
    if (this.left-- === 0) throw new Error("no more")
  }
}
