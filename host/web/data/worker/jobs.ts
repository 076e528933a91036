import { statSync } from "node:fs"
import type { Store } from "../../../store/store"
import type { StoredTest } from "../../../store/storedTest"
import { repairsPath } from "../../../store/repairs"
import type { Cycles, DifferentialCapacities, Overlay, TestLine, TestPage, Trace } from "../../api"
import { cycleTable } from "../cycles/cycleTable"
import { differentialCapacitiesOf } from "../cycles/differentialCapacities"
import { overlayOf } from "../cycles/overlay"
import { Indexes } from "../index/indexes"
import { Pages } from "../index/pages"
import { TestIndex } from "../index/testIndex"
import { Catalogue, type CataloguedTest } from "../tests/catalogue"
import { testLines } from "../tests/testLine"
import { testPage } from "../tests/testPage"
import { type TraceWindow, traceOf } from "../trace/trace"

/** A trace, and where the test may be running: there may be readings of it that are not stored yet. */
export interface PlacedTrace {
  trace: Omit<Trace, "live">
  /** Absent when its number was given to another test since. */
  place: { board: string; channel: number; test: number } | undefined
}

/** Tables of cycles that are kept, those last asked for. */
const KEPT_TABLES = 16

/** What can be asked of a store. Ids are looked up among the tests that there are. */
export class Jobs {
  private readonly catalogue: Catalogue
  private readonly indexes = new Indexes()
  private readonly tables = new Map<string, { stamp: string; table: Cycles }>()

  /** @param check called now and then; throws when nobody waits for the answer any more */
  constructor(
    private readonly store: Store,
    private readonly check: () => void,
  ) {
    this.catalogue = new Catalogue(store)
  }

  tests(): TestLine[] {
    return testLines(this.catalogue)
  }

  test(id: string): TestPage {
    return testPage(this.catalogue, this.catalogue.test(id))
  }

  /** @throws NotFoundError when there is no such test */
  find(id: string): void {
    this.catalogue.test(id)
  }

  trace(id: string, window: TraceWindow): PlacedTrace {
    const { test, isLast } = this.catalogue.test(id)
    const index = this.indexOf(test)
    const trace = traceOf(
      index,
      window,
      () => this.catalogue.clock(test),
      () => this.pagesOf(test),
    )
    const { board, channel, test: number } = test
    return { trace, place: isLast ? { board, channel, test: number } : undefined }
  }

  overlay(id: string, cycles: number[]): Overlay {
    const { test } = this.catalogue.test(id)
    return overlayOf(this.indexOf(test), cycles, this.pagesOf(test), this.check)
  }

  differentialCapacities(id: string, cycles: number[]): DifferentialCapacities {
    const { test } = this.catalogue.test(id)
    return differentialCapacitiesOf(this.indexOf(test), cycles, this.pagesOf(test), this.check)
  }

  /** Worked out anew only when there are more pages, or something else that it tells has changed. */
  cycles(id: string): Cycles {
    const one = this.catalogue.test(id)
    const stamp = this.stampOf(one)
    const known = this.tables.get(id)
    this.tables.delete(id)
    const table =
      known?.stamp === stamp ? known.table : cycleTable(one.test, one.folder.cell, this.check)
    this.tables.set(id, { stamp, table })
    const [oldest] = this.tables.keys()
    if (this.tables.size > KEPT_TABLES) this.tables.delete(oldest)
    return table
  }

  private indexOf(test: StoredTest): TestIndex {
    const { run } = test
    if (run === undefined) return new TestIndex()
    return this.indexes.of(test.id, run, this.logOf(test), this.check)
  }

  private pagesOf(test: StoredTest): Pages {
    return new Pages(this.logOf(test))
  }

  private logOf({ board, run, about }: StoredTest) {
    return this.store.board(board).log(run?.log ?? about.log)
  }

  private stampOf({ test, folder }: CataloguedTest): string {
    const { run } = test
    const began_ms = run && this.catalogue.clock(test).unix_ms(run.boot, run.boardTime_ms)
    const repairs = statSync(repairsPath(this.logOf(test).folder), { throwIfNoEntry: false })?.size
    return JSON.stringify([run, began_ms, repairs, test.gaps(), folder.cellStamp])
  }
}

type Job = { [Name in keyof Jobs]: Jobs[Name] }
export type JobName = keyof Job
export type JobArgs<Name extends JobName> = Parameters<Jobs[Name]>
export type JobResult<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>
