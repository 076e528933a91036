import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { readYaml, type TestFile, testFileSchema, yamlText } from "./documents"
import { writeFolder } from "./files"

export interface TestFolder {
  readonly folder: string
  readonly about: TestFile
}

/** The folders of tests: what people wrote about each, and what makes it that one. */
export class TestFolders {
  /** What was read before, by folder: whoever follows boards for months asks again and again. */
  private readonly read = new Map<string, { mark: string; about: TestFile }>()

  /** @param folder with a folder for each test; it need not be there */
  constructor(readonly folder: string) {}

  /** @throws StoreError when a `test.yaml` is not to be understood */
  all(): TestFolder[] {
    if (!existsSync(this.folder)) return []
    return readdirSync(this.folder)
      .filter((name) => !name.endsWith(".draft"))
      .map((name) => join(this.folder, name))
      .flatMap((folder) => this.one(folder) ?? [])
  }

  private one(folder: string): TestFolder | undefined {
    const path = join(folder, "test.yaml")
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return undefined
    const mark = `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    const known = this.read.get(folder)
    if (known?.mark === mark) return { folder, about: known.about }
    const about = readYaml(path, testFileSchema)
    this.read.set(folder, { mark, about })
    return { folder, about }
  }

  /**
   * Writes a test's folder, durably and at once, named by the first id that is free.
   * @param others file names and what is in them
   */
  write(about: TestFile, others: Record<string, string | Uint8Array>): TestFolder {
    const id = `${about.board_name}-${about.channel}-${about.test}`
    for (let use = 1; ; use++) {
      const name = use === 1 ? id : `${id}.${use}`
      const folder = join(this.folder, name)
      const files = { "test.yaml": yamlText(about, `Test ${name}.`), ...others }
      if (writeFolder(folder, files)) return { folder, about }
    }
  }
}

/** Which began first. */
export function byBeginning(a: TestFile, b: TestFile): number {
  return a.log - b.log || a.boot - b.boot || a.board_time_ms - b.board_time_ms
}
