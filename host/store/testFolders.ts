import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { TesterError } from "../errors"
import { readYaml, type TestFile, testFileSchema, yamlText } from "./documents"
import { writeFolder } from "./files"

export interface TestFolder {
  readonly folder: string
  readonly about: TestFile
}

/** A test's folder whose `test.yaml` is not to be understood, and why. */
export interface BrokenFolder {
  readonly folder: string
  readonly problem: TesterError
}

/** The folders of tests: what people wrote about each, and what makes it that one. */
export class TestFolders {
  /** What was read before, by folder: whoever follows boards for months asks again and again. */
  private readonly read = new Map<string, { mark: string; found: TestFile | TesterError }>()

  /** @param folder with a folder for each test; it need not be there */
  constructor(readonly folder: string) {}

  /** Those whose `test.yaml` tells which test it is. */
  all(): TestFolder[] {
    return this.look().flatMap(({ folder, found }) =>
      found instanceof TesterError ? [] : [{ folder, about: found }],
    )
  }

  /** Those of one board, without looking again at those that are known for another's. @param board its id */
  of(board: string): TestFolder[] {
    return this.look((known) => known.board === board).flatMap(({ folder, found }) =>
      found instanceof TesterError || found.board !== board ? [] : [{ folder, about: found }],
    )
  }

  /** The others: nobody knows of which board, channel and number they are until somebody mends them. */
  broken(): BrokenFolder[] {
    return this.look().flatMap(({ folder, found }) =>
      found instanceof TesterError ? [{ folder, problem: found }] : [],
    )
  }

  /** @param isWanted tells of a test that is known whether its folder is to be looked at */
  private look(
    isWanted: (known: TestFile) => boolean = () => true,
  ): { folder: string; found: TestFile | TesterError }[] {
    if (!existsSync(this.folder)) return []
    return readdirSync(this.folder)
      .filter((name) => !name.endsWith(".draft"))
      .map((name) => join(this.folder, name))
      .flatMap((folder) => {
        const known = this.read.get(folder)?.found
        if (known !== undefined && !(known instanceof TesterError) && !isWanted(known)) return []
        const found = this.one(folder)
        return found === undefined ? [] : [{ folder, found }]
      })
  }

  private one(folder: string): TestFile | TesterError | undefined {
    const path = join(folder, "test.yaml")
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return undefined
    const mark = `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    const known = this.read.get(folder)
    if (known?.mark === mark) return known.found
    const found = readOrProblem(path)
    this.read.set(folder, { mark, found })
    return found
  }

  /**
   * Writes a test's folder, durably and at once, named by the first id that is free.
   * @param others file names and what is in them
   */
  write(about: TestFile, others: Record<string, string | Uint8Array>): TestFolder {
    const id = testId(about.board_name, about)
    for (let use = 1; ; use++) {
      const name = use === 1 ? id : `${id}.${use}`
      const folder = join(this.folder, name)
      const files = { "test.yaml": yamlText(about, `Test ${name}.`), ...others }
      if (writeFolder(folder, files)) return { folder, about }
    }
  }
}

/** What the first folder of a test is called. */
export function testId(
  board: string,
  { channel, test }: { channel: number; test: number },
): string {
  return `${board}-${channel}-${test}`
}

function readOrProblem(path: string): TestFile | TesterError {
  try {
    return readYaml(path, testFileSchema)
  } catch (error) {
    if (error instanceof TesterError) return error
    throw error
  }
}

/** Which began first. */
export function byBeginning(a: TestFile, b: TestFile): number {
  return a.log - b.log || a.boot - b.boot || a.board_time_ms - b.board_time_ms
}
