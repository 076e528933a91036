import { type CycleRow, cycleRows } from "../analysis/cycles"
import type { Cell } from "../cell"
import type { TestAbout } from "../log/testAbout"
import type { Records } from "../records"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { readDone } from "./done"
import type { Run, RunResult } from "./paper"
import { fingerprint } from "./planRun"

/** A run as its folder holds it; undefined when it was not done as it stands now. */
export function storedResult(run: Run, folder: string): RunResult | undefined {
  const done = readDone(folder)
  if (done === undefined || done.fingerprint !== fingerprint(run)) return undefined
  return new StoredResult(run, Store.open(folder).test(done.test))
}

/** Reads the test's pages whenever its records are asked for: hundreds of runs do not fit into memory. */
class StoredResult implements RunResult {
  readonly cell: Cell
  private read: { about: TestAbout; cycles: CycleRow[] } | undefined

  constructor(
    readonly run: Run,
    private readonly test: StoredTest,
  ) {
    this.cell = test.cell
  }

  get about(): TestAbout {
    return this.readOnce().about
  }

  records(): Iterable<Records> {
    return this.test.reader()
  }

  cycles(): readonly CycleRow[] {
    return this.readOnce().cycles
  }

  private readOnce() {
    if (this.read === undefined) {
      const reader = this.test.reader()
      const cycles = [...cycleRows(reader, { area_cm2: this.cell.area_cm2 })]
      this.read = { about: reader.about, cycles }
    }
    return this.read
  }
}
